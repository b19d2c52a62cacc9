/**
 * One item of the form: its tick, its mark "to be checked", and what is folded away below it.
 *
 * @typedef {import("./sheet.js").Answer} Answer
 * @typedef {import("./sheet.js").Evidence} Evidence
 * @typedef {object} Guidance what we suggest for an item, in the page's language
 * @property {string[]} ideas
 * @property {string[]} notes
 *
 * @typedef {object} ItemView
 * @property {string} id
 * @property {HTMLInputElement} box
 * @property {(answer: Answer | undefined) => void} show
 */

import { fill, find } from "./page.js";

/**
 * @param {HTMLElement} row
 * @param {(change: (answer: Answer) => void, isText?: boolean) => void} change tells what the visitor did; `isText`: while typing
 * @param {() => Promise<Guidance>} guidance
 * @param {Record<string, any>} words
 * @returns {ItemView}
 */
export function mountItem(row, change, guidance, words) {
  const id = row.dataset.row ?? "";
  const box = /** @type {HTMLInputElement} */ (find(row, "input[data-item]"));
  const levels = Array.from(row.querySelectorAll("input[data-level]"), (one) => /** @type {HTMLInputElement} */ (one));
  const count = /** @type {HTMLInputElement | null} */ (row.querySelector("input[data-count]"));
  const flag = find(row, "button[data-flag]");
  const more = find(row, "button[data-more]");
  const panel = find(row, ".more");
  const said = find(row, "[data-said]");
  /** @type {Answer} */
  let current = { met: false };

  /** @param {Answer | undefined} answer */
  function show(answer) {
    current = answer ?? { met: false };
    box.checked = current.met;
    for (const level of levels) {
      level.checked = current.level === level.dataset.level;
    }
    if (count) {
      count.value = current.count === undefined ? "" : String(current.count);
    }
    flag.setAttribute("aria-pressed", String(current.check === true));
    row.classList.toggle("to-check", current.check === true);
    row.classList.toggle("has-more", Boolean(current.note || current.owner || current.due || current.evidence?.length));
    said.textContent = inWords(current, words);
    if (isFilled() && !panel.contains(document.activeElement)) {
      fillPanel();
    }
  }

  /** The fields come from the template when they are first wanted. */
  function isFilled() {
    return panel.querySelector("[data-field]") !== null;
  }

  function openPanel() {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("item-more"));
    panel.append(template.content.cloneNode(true));
    for (const field of fields()) {
      field.addEventListener("input", () =>
        change((answer) => {
          answer[/** @type {"note" | "owner" | "due"} */ (field.dataset.field)] = field.value;
        }, true),
      );
    }
    find(panel, "[data-evidence-add]").addEventListener("click", () => {
      if (isFull()) return;
      change((answer) => (answer.evidence ??= []).push({ name: "", date: "", holder: "" }));
      fillPanel();
      /** @type {HTMLElement | null} */ (panel.querySelector("[data-evidence] li:last-child input"))?.focus();
    });
    void guidance().then(({ ideas, notes }) => {
      const line = find(panel, "[data-ideas]");
      line.hidden = !ideas.length;
      find(line, "span").textContent = ideas.join("；");
      find(panel, "[data-item-notes]").replaceChildren(
        ...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })),
      );
    });
    fillPanel();
  }

  /** @returns {(HTMLInputElement | HTMLTextAreaElement)[]} */
  function fields() {
    return Array.from(panel.querySelectorAll("[data-field]"), (one) => /** @type {HTMLInputElement} */ (one));
  }

  function fillPanel() {
    for (const field of fields()) {
      field.value = current[/** @type {"note" | "owner" | "due"} */ (field.dataset.field)] ?? "";
    }
    find(panel, "[data-evidence]").replaceChildren(...(current.evidence ?? []).map(evidenceRow));
    find(panel, "[data-evidence-add]").setAttribute("aria-disabled", String(isFull())); // not `disabled`, which would drop the focus
    find(panel, "[data-evidence-full]").textContent = isFull() ? fill(words.evidence_full, { most: most() }) : "";
  }

  /** How many documents a file may name for an item; the core refuses more. */
  function most() {
    return Number(find(panel, "[data-evidence]").dataset.most);
  }

  function isFull() {
    return (current.evidence ?? []).length >= most();
  }

  /**
   * @param {Evidence} evidence
   * @param {number} index
   */
  function evidenceRow(evidence, index) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("evidence-row"));
    const element = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
    for (const found of element.querySelectorAll("[data-part]")) {
      const field = /** @type {HTMLInputElement} */ (found);
      const part = /** @type {keyof Evidence} */ (field.dataset.part);
      field.value = evidence[part] ?? "";
      field.addEventListener("input", () =>
        change((answer) => {
          const one = answer.evidence?.[index];
          if (one) one[part] = field.value;
        }, true),
      );
    }
    find(element, "[data-evidence-remove]").addEventListener("click", () => {
      change((answer) => answer.evidence?.splice(index, 1));
      fillPanel();
      find(panel, "[data-evidence-add]").focus();
    });
    return element;
  }

  box.addEventListener("change", () =>
    change((answer) => {
      answer.met = box.checked;
      if (levels.length) {
        answer.level = box.checked ? (answer.level ?? levels[0]?.dataset.level ?? "") : "";
      }
      if (count) {
        if (box.checked) answer.count ??= 1;
        else delete answer.count;
      }
    }),
  );
  for (const level of levels) {
    level.addEventListener("change", () => change((answer) => Object.assign(answer, { met: true, level: level.dataset.level })));
  }
  count?.addEventListener("input", () =>
    change((answer) => {
      const number = Math.min(Math.floor(Number(count.value)), Number(count.max));
      answer.met = number >= 1;
      if (answer.met) answer.count = number;
      else delete answer.count;
    }, true),
  );
  flag.addEventListener("click", () =>
    change((answer) => {
      answer.check = !answer.check;
    }),
  );
  more.addEventListener("click", () => {
    const isOpen = more.getAttribute("aria-expanded") === "true";
    more.setAttribute("aria-expanded", String(!isOpen));
    panel.hidden = isOpen;
    if (!isOpen && !isFilled()) {
      openPanel();
    }
  });
  return { id, box, show };
}

/**
 * What was written about an item, as a line for the printed form, where fields would be cut off.
 *
 * @param {Answer} answer
 * @param {Record<string, any>} words
 */
function inWords({ check, note, evidence = [], owner, due }, words) {
  const proofs = evidence.map(({ name, date, holder }) => [name, date, holder].filter(Boolean).join(" ")).filter(Boolean);
  const parts = [
    check ? words.flag : "",
    ...[[words.note, note], [words.evidence, proofs.join(words.marks.semicolon)], [words.owner, owner], [words.due, due]].map(([label, text]) =>
      text ? `${label}${words.marks.colon}${text}` : "",
    ),
  ];
  return parts.filter(Boolean).join(words.marks.semicolon);
}
