/**
 * The answers of now beside earlier ones, from a draft or a file.
 *
 * @typedef {import("./drafts-panel.js").Panel} Panel
 * @typedef {Record<string, any>} Words
 */

import { fill, find, make, scrollable } from "../page.js";
import { askAbout, migrated, mountChooser } from "./file-exchange.js";

const LISTS = ["gained", "lost", "changed", "noted"];

/** @param {Panel} panel */
export function mountComparison(panel) {
  const { element, notice, assessment } = panel;
  const compareWith = /** @type {HTMLSelectElement} */ (find(element, "[data-compare-with]"));
  find(element, "[data-compare]").addEventListener("click", () => {
    const draft = assessment.drafts.list().find(({ id }) => id === compareWith.value);
    if (draft) void compare(panel, draft.file, draft.name);
  });
  mountChooser(panel, "[data-compare-import]", "[data-compare-file]", (text, name) => compare(panel, text, name));
  // What is shown must not outlive the answers it was made from.
  assessment.store.subscribe(() => {
    if (notice.place.querySelector(".comparison")) {
      notice.place.replaceChildren();
      notice.tell("stale");
    }
  });
}

/**
 * @param {Panel} panel
 * @param {string} text the earlier answers
 * @param {string} title what they are called: the draft or the file
 */
async function compare(panel, text, title) {
  const { notice, assessment } = panel;
  const { words } = assessment;
  const migration = await migrated(panel, text);
  if (!migration) return;
  const before = migration.answers;
  if (!migration.same_version) {
    // That all is to be checked again is the migration's doing and no difference to show.
    for (const [id, answer] of Object.entries(before.answers)) {
      if (!JSON.parse(text).answers[id].check) delete answer.check;
    }
  }
  const comparison = await askAbout(panel, { op: "compare", before, after: assessment.store.file() });
  if (!comparison) return;
  notice.clear();
  if (!migration.same_version) {
    const list = (/** @type {string[]} */ items) => items.join(words.marks.comma) || words.told.none;
    notice.place.append(make("p", {}, fill(words.comparison.older, { dropped: list(migration.dropped), fresh: list(migration.new) })));
  }
  notice.place.append(comparisonOf(comparison, title, words.comparison));
  notice.place.scrollIntoView({ block: "nearest" });
}

/**
 * @param {any} comparison the core's answer to "compare"
 * @param {string} title what the earlier answers are called
 * @param {Words} words
 */
function comparisonOf(comparison, title, words) {
  const heads = [
    words.part,
    [words.before, title, comparison.before.created].filter(Boolean).join(" "),
    [words.after, comparison.after.name || comparison.after.unit, comparison.after.created].filter(Boolean).join(" "),
    words.change,
  ];
  const rows = amounts(comparison, words).map(([head, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, head), ...rest.map((text) => make("td", {}, text))),
  );
  const table = make(
    "table",
    {},
    make("caption", {}, words.caption),
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...rows),
  );
  const lists = LISTS.filter((key) => comparison[key].length).flatMap((key) => [
    make("h3", {}, fill(words[key], { count: comparison[key].length })),
    make("ul", {}, ...comparison[key].map((/** @type {string} */ id) => make("li", {}, `${id} `, ...wordingOf(id)))),
  ]);
  return make("div", { class: "comparison" }, scrollable(words.caption, table), ...(lists.length ? lists : [make("p", {}, words.same)]));
}

/**
 * The rows of the table: a part, its points before and after, and the change; none of a checklist.
 *
 * @param {any} comparison
 * @param {Words} words
 * @returns {string[][]}
 */
function amounts({ change, before, after }, words) {
  if (!change) return [];
  const parts = ["total", "base", "bonus"].filter((part) => change[part] !== undefined && change[part] !== null);
  return [
    ...parts.map((part) => [words[part], before[part], after[part], signed(change[part])]),
    ...Object.entries(change.sections).map(([id, points]) => [
      document.getElementById(`section-${id}-title`)?.textContent ?? id,
      before.sections[id],
      after.sections[id],
      signed(String(points)),
    ]),
  ];
}

/** @param {string} change */
function signed(change) {
  return change.startsWith("-") || change === "0" ? change : `+${change}`;
}

/** The wording of an item as the form has it. @param {string} id */
function wordingOf(id) {
  const text = document.querySelector(`[data-row="${CSS.escape(id)}"] .item-text`);
  return text ? Array.from(text.cloneNode(true).childNodes) : [];
}
