// Lists in the form: rows that are added and taken away, and lines that are chosen.

let made = 0;

/**
 * @param {HTMLFormElement} form
 * @param {() => void} typed
 */
export function useRows(form, typed) {
  form.addEventListener("click", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (target?.matches("[data-remove]")) target.closest("[data-row]")?.remove();
    else if (target?.dataset["add"]) addRow(form, target.dataset["add"]);
    else return;
    typed();
  });
  form.addEventListener("change", (event) => {
    const adder = event.target;
    if (!(adder instanceof HTMLSelectElement) || !adder.dataset["addTo"] || !adder.value) return;
    const lines = /** @type {HTMLTextAreaElement} */ (form.querySelector(`[data-field="${adder.dataset["addTo"]}"]`));
    lines.value = [...lines.value.split("\n").filter((line) => line.trim()), adder.value].join("\n");
    adder.value = "";
    typed();
  });
}

/**
 * Adds an empty row to a list.
 * @param {HTMLFormElement} form
 * @param {string} list the name of its field
 * @returns {string} the beginning of the names of the row's controls
 */
export function addRow(form, list) {
  const group = /** @type {HTMLElement} */ (form.querySelector(`[data-group="${list}"]`));
  const template = /** @type {HTMLTemplateElement} */ (group.querySelector(":scope > template"));
  const place = `new${(made += 1)}`;
  const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const part of row.querySelectorAll("*")) {
    for (const attribute of [...part.attributes]) {
      if (attribute.value.includes("__new__")) part.setAttribute(attribute.name, attribute.value.replace(/__new__/g, place));
    }
  }
  group.querySelector(":scope > [data-rows]")?.append(row);
  return `${list}.${place}`;
}
