/**
 * The numbers of the form. Ticks are counted in the same frame by the tally, then the core confirms the count and explains it. A
 * number shown is never stale: an answer of the core is shown only while the sheet it was given still stands.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {import("./sheet.js").Sheet} Sheet
 */

import { faultsInWords, fill, find, make, put } from "../page.js";
import { isFilled, quantities } from "./sheet.js";
import { tally } from "./tally.js";
import { readTree } from "./tree.js";

/** @param {Assessment} assessment */
export function mountScores(assessment) {
  const { form, store, core, words } = assessment;
  const tree = readTree(form);
  const label = find(form, "[data-total-label]");
  store.subscribe((sheet, cause) => {
    const scores = tally(tree, quantities(sheet));
    showScores(form, (part) => scores.get(part), "tally");
    label.textContent = words.states[cause === "reset" && !isFilled(sheet) ? "idle" : "tally"];
    showProgress(form, sheet, words);
    if (cause !== "reset" && form.dataset.way !== "first") sayTotal(form, scores.get("total"), words);
    if (core.isReady) void confirm();
  });
  core.subscribe(() => core.isReady && void confirm());

  async function confirm() {
    const result = await confirmed(assessment);
    if (!result) return;
    showScores(form, (part) => scoreIn(result, part), "python");
    label.textContent = words.states.python;
    showHints(form, result.warnings, words);
  }
}

/**
 * What the core says of the sheet; null if it says nothing, refuses it, or the sheet has changed meanwhile.
 *
 * @param {Assessment} assessment
 */
async function confirmed({ store, core, words, tell }) {
  const asked = store.edition;
  const answer = await core.ask({ op: "score", answers: store.file() });
  if (!answer || asked !== store.edition) return null;
  if (!answer.ok) {
    tell([words.told.refused, ...faultsInWords(answer.faults, words)].join(" "));
    return null;
  }
  return answer.result;
}

/**
 * @param {any} result
 * @param {string} part
 * @returns {string | undefined}
 */
function scoreIn(result, part) {
  if (!result.scored) return undefined;
  return (part.startsWith("section-") ? result.sections[part.slice("section-".length)] : result[part]) ?? undefined;
}

/**
 * @param {HTMLFormElement} form
 * @param {(part: string) => string | undefined} scoreOf
 * @param {"tally" | "python"} by
 */
function showScores(form, scoreOf, by) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-score]"))) {
    const score = scoreOf(element.dataset.score ?? "");
    if (score !== undefined && element.textContent !== score) {
      element.textContent = score;
    }
    const echo = form.querySelector(`[data-echo="${element.dataset.score}"]`);
    if (echo) echo.textContent = element.textContent;
  }
  form.querySelector('[data-score="total"]')?.setAttribute("data-score-by", by);
}

/**
 * How many items are met, in each section and of a checklist as a whole.
 *
 * @param {HTMLFormElement} form
 * @param {Readonly<Sheet>} sheet
 * @param {Record<string, any>} words
 */
function showProgress(form, sheet, words) {
  const progress = (/** @type {Element} */ part) => {
    const rows = Array.from(/** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-row]")));
    return fill(words.progress, { met: rows.filter((row) => isMet(row, sheet)).length, of: rows.length });
  };
  for (const section of form.querySelectorAll(".step")) {
    find(section, "[data-progress]").textContent = progress(section);
  }
  const coverage = form.querySelector("[data-coverage]");
  if (coverage) coverage.textContent = progress(form);
}

/**
 * Whether an item is met; a level that earns nothing, such as “none”, meets nothing.
 *
 * @param {HTMLElement} row
 * @param {Readonly<Sheet>} sheet
 */
function isMet(row, sheet) {
  const { met = false, level } = sheet.answers[row.dataset.row ?? ""] ?? {};
  const chosen = /** @type {HTMLElement | null} */ (row.querySelector(`[data-level="${level}"]`));
  return met && Number(chosen?.dataset.points) !== 0;
}

/**
 * @param {HTMLFormElement} form
 * @param {{ kind: string, text: string, items: string[] }[]} warnings
 * @param {Record<string, any>} words
 */
function showHints(form, warnings, words) {
  const hints = warnings.filter(({ kind }) => kind !== "evidence");
  showBesideItems(form, hints, words);
  const box = find(form, "[data-hints]");
  box.hidden = !hints.length;
  put(find(box, "ul"), ...hints.map(({ items, text }) => make("li", {}, `${items.join(words.marks.comma)} ${text}`)));
}

/**
 * Each hint stands below the items that it is about, too, and what is new is said.
 *
 * @param {HTMLFormElement} form
 * @param {{ text: string, items: string[] }[]} hints
 * @param {Record<string, any>} words
 */
function showBesideItems(form, hints, words) {
  const before = new Set(Array.from(form.querySelectorAll("[data-item-hint] li"), (line) => line.textContent));
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-row]"))) {
    const box = /** @type {HTMLInputElement} */ (find(row, "input[data-item]"));
    const mine = box.checked ? hints.filter(({ items }) => items.includes(row.dataset.row ?? "")) : [];
    row.querySelector("[data-item-hint]")?.remove();
    box.removeAttribute("aria-describedby");
    if (!mine.length) continue;
    const id = `hint-${row.dataset.row}`;
    row.append(make("ul", { class: "item-hint", id, "data-item-hint": "" }, ...mine.map(({ text }) => make("li", {}, fill(words.heard.hint, { text })))));
    box.setAttribute("aria-describedby", id);
  }
  const fresh = hints.map(({ text }) => fill(words.heard.hint, { text })).filter((text) => !before.has(text));
  find(form, "[data-heard-hint]").textContent = fresh.join(" ");
}

/**
 * The total, or how much of a checklist is covered, in words for the ear.
 *
 * @param {HTMLFormElement} form
 * @param {string | undefined} total
 * @param {Record<string, any>} words
 */
function sayTotal(form, total, words) {
  const heard = find(form, "[data-heard]");
  const coverage = form.querySelector("[data-coverage]");
  const text = coverage ? (coverage.textContent ?? "") : fill(words.heard.total, { total: total ?? "", of: form.dataset.cap ?? "" });
  if (heard.textContent !== text) heard.textContent = text;
}
