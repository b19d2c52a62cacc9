/**
 * One item of the form: its tick with the level or the count that goes with it, and its mark "to be checked".
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {import("./sheet.js").Answer} Answer
 * @typedef {(use: (answer: Answer) => void, field?: HTMLElement) => void} Change changes the item's answer; `field`: where the visitor types
 *
 * @typedef {object} ItemView
 * @property {string} id
 * @property {HTMLInputElement} box
 */

import { find } from "../page.js";
import { mountDetails } from "./item-details.js";
import { answerTo } from "./sheet.js";

/**
 * @param {HTMLElement} row
 * @param {Assessment} assessment
 * @returns {ItemView}
 */
export function mountItem(row, assessment) {
  const { store } = assessment;
  const id = row.dataset.row ?? "";
  /** @type {Change} */
  const change = (use, field) => store.change((sheet) => use(answerTo(sheet, id)), field);
  const box = /** @type {HTMLInputElement} */ (find(row, "input[data-item]"));
  const levels = levelsOf(row);
  const count = /** @type {HTMLInputElement | null} */ (row.querySelector("input[data-count]"));
  const flag = find(row, "button[data-flag]");

  box.addEventListener("change", () => change((answer) => setMet(row, answer, box.checked)));
  mountLevels(levels, change);
  if (count) mountCount(count, change);
  flag.addEventListener("click", () =>
    change((answer) => {
      answer.check = !answer.check;
    }),
  );
  store.subscribe((sheet) => {
    const answer = sheet.answers[id] ?? { met: false };
    box.checked = answer.met;
    for (const level of levels) {
      level.checked = answer.level === level.dataset.level;
    }
    if (count) {
      count.value = answer.count === undefined ? "" : String(answer.count);
    }
    flag.setAttribute("aria-pressed", String(answer.check === true));
    row.classList.toggle("to-check", answer.check === true);
  });
  mountDetails(row, change, assessment);
  return { id, box };
}

/**
 * A tick takes the least level that earns anything, or a count of one, where none was given; without it, neither stands.
 *
 * @param {HTMLElement} row
 * @param {Answer} answer
 * @param {boolean} isMet
 */
export function setMet(row, answer, isMet) {
  const levels = levelsOf(row);
  answer.met = isMet;
  if (levels.length) {
    answer.level = isMet ? answer.level || least(levels) : "";
  }
  if (row.querySelector("input[data-count]")) {
    if (isMet) answer.count = answer.count ?? 1;
    else delete answer.count;
  }
}

/** @param {HTMLElement} row */
function levelsOf(row) {
  return Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("input[data-level]")));
}

/** @param {HTMLInputElement[]} levels */
function least(levels) {
  const points = (/** @type {HTMLInputElement} */ level) => Number(level.dataset.points);
  const earning = levels.filter((level) => points(level) > 0).sort((one, other) => points(one) - points(other));
  return (earning[0] ?? levels[0])?.dataset.level ?? "";
}

/**
 * @param {HTMLInputElement[]} levels
 * @param {Change} change
 */
function mountLevels(levels, change) {
  for (const level of levels) {
    level.addEventListener("change", () => change((answer) => Object.assign(answer, { met: true, level: level.dataset.level })));
  }
}

/**
 * @param {HTMLInputElement} count
 * @param {Change} change
 */
function mountCount(count, change) {
  count.addEventListener("input", () =>
    change((answer) => {
      const number = Math.min(Math.floor(Number(count.value)), Number(count.max));
      answer.met = number >= 1;
      if (answer.met) answer.count = number;
      else delete answer.count;
    }, count),
  );
}
