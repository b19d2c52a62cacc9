// The list: entries whose title or name holds what is typed.

const find = /** @type {HTMLInputElement} */ (document.querySelector("[data-find]"));
const none = /** @type {HTMLElement} */ (document.querySelector("[data-none]"));

find.addEventListener("input", () => {
  const wanted = find.value.trim().toLowerCase();
  let shown = 0;
  for (const section of document.querySelectorAll("section[data-kind]")) {
    let here = 0;
    for (const row of section.querySelectorAll("tr[data-entry]")) {
      const fits = (row.textContent ?? "").toLowerCase().includes(wanted);
      /** @type {HTMLElement} */ (row).hidden = !fits;
      here += Number(fits);
    }
    /** @type {HTMLElement} */ (section).hidden = here === 0;
    shown += here;
  }
  none.hidden = shown > 0;
});
