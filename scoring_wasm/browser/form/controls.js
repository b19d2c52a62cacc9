/**
 * What acts on the sheet as a whole: its unit and name, undo, unticking all, the next open item, print.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {import("./item.js").ItemView} ItemView
 */

import { fill, find, printAs } from "../page.js";
import { isFilled } from "./sheet.js";

/**
 * @param {Assessment} assessment
 * @param {ItemView[]} items
 */
export function mountControls(assessment, items) {
  const { form } = assessment;
  form.addEventListener("submit", (event) => event.preventDefault());
  find(form, "[data-print]").addEventListener("click", () => printAs("printing-form"));
  find(form, "[data-clear]").addEventListener("click", () => clear(assessment));
  mountNames(assessment);
  mountUndo(assessment);
  mountNext(assessment, items);
  mountReport(assessment);
}

/** Untick all, and say so: for the eye far from the ticks, and for the ear. @param {Assessment} assessment */
function clear({ store, words, tell }) {
  const count = Object.values(store.get().answers).filter(({ met }) => met).length;
  store.change(({ answers }) => {
    for (const answer of Object.values(answers)) {
      answer.met = false;
      delete answer.level;
      delete answer.count;
    }
  });
  tell(fill(words.told.cleared, { count }));
}

/** @param {Assessment} assessment */
function mountNames({ form, store }) {
  const unit = /** @type {HTMLInputElement} */ (find(form, "[data-unit]"));
  const name = /** @type {HTMLInputElement} */ (find(document, "[data-draft-name]"));
  unit.addEventListener("input", () => store.change((sheet) => (sheet.unit = unit.value), unit));
  name.addEventListener("input", () => store.change((sheet) => (sheet.name = name.value), name));
  store.subscribe((sheet) => {
    unit.value = sheet.unit;
    name.value = sheet.name;
    find(form, "[data-paper-unit]").textContent = sheet.unit;
  });
}

/** @param {Assessment} assessment */
function mountUndo({ form, store, words, tell }) {
  const button = find(form, "[data-undo]");
  button.addEventListener("click", () => store.undo());
  form.addEventListener("keydown", (event) => {
    const isText = event.target instanceof Element && event.target.matches("textarea, input:not([type=checkbox]):not([type=radio])");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !isText) {
      event.preventDefault();
      store.undo();
    }
  });
  store.subscribe((_sheet, cause) => {
    // It comes with the first change and stays: what goes under the finger or the focus would be missed.
    if (store.canUndo) button.hidden = false;
    if (cause === "reset") button.hidden = true;
    button.setAttribute("aria-disabled", String(!store.canUndo)); // not `disabled`, which would drop the focus
    if (cause === "change") tell("");
    if (cause === "undo") tell(words.undone);
  });
}

/**
 * @param {Assessment} assessment
 * @param {ItemView[]} items
 */
function mountNext({ form, store, words, tell, reveal }, items) {
  let lastTouched = "";
  form.addEventListener("focusin", ({ target }) => {
    const row = target instanceof Element ? target.closest("[data-row]") : null;
    lastTouched = row instanceof HTMLElement ? (row.dataset.row ?? "") : lastTouched;
  });
  find(form, "[data-next]").addEventListener("click", () => {
    const here = items.findIndex(({ id }) => id === lastTouched);
    const next = [...items.slice(here + 1), ...items.slice(0, here + 1)].find(({ id }) => !store.get().answers[id]?.met);
    tell(next ? "" : words.none_open);
    if (next) {
      lastTouched = next.id;
      reveal(next.box);
      next.box.focus();
    }
  });
}

/** A way to the report from beside the total, once there is something to report. @param {Assessment} assessment */
function mountReport({ form, store }) {
  const button = find(form, "[data-report-go]");
  store.subscribe((sheet) => (button.hidden = !isFilled(sheet)));
  button.addEventListener("click", () => find(document, "[data-report-make]").click());
}
