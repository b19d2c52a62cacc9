/**
 * The results over time: those kept on this device, those in files, and what is filled in now.
 *
 * @typedef {import("../form/form.js").Assessment} Assessment
 * @typedef {import("../form/drafts-panel.js").Panel} Panel
 * @typedef {{ text: string, name: string }} Source an exported file and what it is called
 */

import { unlessRefused } from "../form/drafts.js";
import { askAbout, migrated, textOf } from "../form/file-exchange.js";
import { Notice } from "../form/notice.js";
import { isFilled } from "../form/sheet.js";
import { fill, find, make, put, wholeDays } from "../page.js";

/**
 * @param {HTMLElement} element
 * @param {Assessment} assessment
 * @param {Record<string, any>} reportWords
 */
export function mountComparePanel(element, assessment, reportWords) {
  const panel = { element, notice: new Notice(element, assessment.words, "compare"), assessment };
  /** Read from files, as long as the page stays open. @type {Source[]} */
  const files = [];
  const input = /** @type {HTMLInputElement} */ (find(element, "[data-compare-file]"));
  showSources(panel, files);
  document.addEventListener("draftschange", () => showSources(panel, files));
  find(element, "[data-compare]").addEventListener("click", () => void compare(panel, chosen(panel, files), reportWords));
  find(element, "[data-compare-import]").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const read = await Promise.all(Array.from(input.files ?? [], (file) => sourceOf(panel, file)));
    input.value = ""; // so that the same file can be chosen again
    const sound = read.filter((source) => source !== null);
    if (sound.length < read.length) return;
    const before = files.length;
    files.push(...sound);
    showSources(panel, files);
    if (!(await compare(panel, chosen(panel, files), reportWords))) {
      files.length = before; // what cannot be compared is not offered again
      showSources(panel, files);
    }
  });
  // What is shown must not outlive the answers it was made from.
  assessment.store.subscribe(() => {
    if (panel.notice.place.querySelector(".comparison")) {
      put(panel.notice.place);
      panel.notice.tell("stale");
    }
  });
}

/** The drafts, the first kept first, as their ids tell. @param {Panel} panel */
function sourcesOf({ assessment }) {
  const drafts = unlessRefused(() => assessment.drafts.list(), () => []);
  return drafts.sort((one, other) => one.id.localeCompare(other.id)).map(({ name, file }) => ({ name, text: file }));
}

/**
 * Offer what there is, each with a box; those that were not unticked are compared.
 *
 * @param {Panel} panel
 * @param {Source[]} files
 */
function showSources(panel, files) {
  const { element, assessment } = panel;
  const place = find(element, "[data-compare-with]");
  const off = new Set(Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input:not(:checked)")), ({ value }) => value));
  const rows = [...sourcesOf(panel), ...files].map(({ name, text }, index) => {
    const box = make("input", { type: "checkbox", value: `${index} ${name}` });
    box.checked = !off.has(box.value);
    const day = /"created": ?"([^"]{10})/.exec(text)?.[1] ?? "";
    return make("li", {}, make("label", {}, box, make("span", {}, ...wholeDays(day ? fill(assessment.words.comparison.source, { name, date: day }) : name))));
  });
  put(place, ...(rows.length ? rows : [make("li", {}, assessment.words.comparison.none)]));
  /** @type {HTMLButtonElement} */ (find(element, "[data-compare]")).disabled = rows.length === 0;
}

/**
 * @param {Panel} panel
 * @param {Source[]} files
 * @returns {Source[]}
 */
function chosen(panel, files) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (find(panel.element, "[data-compare-with]").querySelectorAll("input"));
  return [...sourcesOf(panel), ...files].filter((_, index) => boxes[index]?.checked);
}

/**
 * @param {Panel} panel
 * @param {Source[]} sources
 * @param {Record<string, any>} reportWords
 * @returns {Promise<boolean>} whether the files could be compared
 */
async function compare(panel, sources, reportWords) {
  const { notice, assessment } = panel;
  notice.clear();
  const { words, store, core, language } = assessment;
  const asked = store.edition;
  const now = store.file();
  /** @type {{ name: string, answers: any, older: HTMLElement | null }[]} */
  const sides = [];
  for (const source of sources) {
    const migration = await migrated(panel, source.text, source.name);
    if (!migration) return false;
    sides.push({ name: source.name, answers: cleaned(migration, source.text), older: migration.same_version ? null : olderNote(panel, migration, source.name) });
  }
  if (sides.length === 0) {
    notice.tell("none_chosen");
    return true;
  }
  sides.sort((one, other) => String(one.answers.created ?? "").localeCompare(String(other.answers.created ?? "")));
  // Who only compares what was kept has nothing filled in, and did not lose it all.
  if (sides.length === 1 || isFilled(store.get())) sides.push({ name: words.comparison.now, answers: now, older: null });
  // What is filled in now may be an older draft, opened again; on the same day it is the latest.
  sides.sort((one, other) => dayOf(one.answers).localeCompare(dayOf(other.answers)));
  /** @type {import("./data.js").Result[]} */
  const results = [];
  for (const side of sides) {
    const result = await askAbout(panel, { op: "score", answers: side.answers });
    if (!result) return false;
    results.push(result);
  }
  const change = await askAbout(panel, { op: "compare", before: sides[0]?.answers, after: sides[sides.length - 1]?.answers });
  const [{ standard }, { distinct, renderComparison }] = await Promise.all([core.standardData(), import("./comparison.js")]);
  if (!change || asked !== store.edition) return Boolean(change);
  const names = distinct(sides.map(({ name }) => name));
  const rows = sides.map(({ answers }, index) => ({ name: names[index] ?? "", day: dayOf(answers), result: /** @type {import("./data.js").Result} */ (results[index]) }));
  notice.clear();
  notice.place.append(
    ...sides.flatMap(({ older }) => (older ? [older] : [])),
    renderComparison(rows, change, { standard, words: reportWords, lang: language }, wordingOf),
  );
  notice.place.scrollIntoView({ block: "nearest" });
  return true;
}

/** @param {{ created?: string }} answers */
function dayOf({ created = "" }) {
  return created.slice(0, 10);
}

/**
 * That all answers to another version are to be checked again is the migration's doing and no difference to show.
 *
 * @param {any} migration
 * @param {string} text
 */
function cleaned({ answers, same_version: isSame }, text) {
  if (!isSame) {
    const before = JSON.parse(text).answers;
    for (const [id, answer] of Object.entries(answers.answers)) {
      if (!before[id].check) delete answer.check;
    }
  }
  return answers;
}

/**
 * @param {Panel} panel
 * @param {any} migration
 * @param {string} name
 */
function olderNote({ assessment }, migration, name) {
  const { words } = assessment;
  const list = (/** @type {string[]} */ items) => items.join(words.marks.comma) || words.told.none;
  return make("p", {}, ...wholeDays(fill(words.comparison.older, { name, dropped: list(migration.dropped), fresh: list(migration.new) })));
}

/**
 * A file as a source, under its name without the ending; null after a refusal.
 *
 * @param {Panel} panel
 * @param {File} file
 * @returns {Promise<Source | null>}
 */
async function sourceOf(panel, file) {
  const text = await textOf(panel, file);
  return text === null ? null : { name: file.name.replace(/\.json$/i, ""), text };
}

/** The wording of an item as the form has it; with the name of its group where another item has the same words. @param {string} id */
function wordingOf(id) {
  const text = document.querySelector(`[data-row="${CSS.escape(id)}"] .item-text`);
  if (!text) return [];
  const same = Array.from(document.querySelectorAll("[data-row] .item-text")).filter(({ textContent }) => textContent === text.textContent);
  const group = same.length > 1 ? text.closest("fieldset")?.querySelector("legend") : null;
  const named = group ? [make("span", { class: "gloss" }, ...Array.from(group.cloneNode(true).childNodes))] : [];
  return [...Array.from(text.cloneNode(true).childNodes), ...named];
}
