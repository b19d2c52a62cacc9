/**
 * Several results of one unit side by side: what changed in a sentence, each section from the first to the last, the line of totals,
 * and the numbers as a table. No points where the standard has none: then items are counted.
 *
 * @typedef {import("./data.js").Result} Result
 * @typedef {import("./data.js").Standard} Standard
 * @typedef {import("./words.js").Words} Words
 * @typedef {{ name: string, day: string, result: Result }} Side a result, named so that no two are alike
 * @typedef {{ gained: string[], lost: string[], changed: string[], noted: string[] }} Change from the first to the last
 * @typedef {{ label: string, max: number, values: number[] }} Row
 */

import { make, scrollable, wholeDays } from "../page.js";
import { dumbbells, totals } from "./change-charts.js";
import { prepare, sectionName, sectionShare } from "./data.js";
import { translator } from "./words.js";

const LISTS = /** @type {const} */ (["gained", "lost", "changed", "noted"]);

/**
 * @param {Side[]} sides in the order of time, at least two
 * @param {Change} change
 * @param {{ standard: Standard, words: Words, lang: "zh" | "en" }} how
 * @param {(id: string) => Node[]} wordingOf the words of an item as the form has them
 * @returns {HTMLElement} its headings begin at h3
 */
export function renderComparison(sides, change, how, wordingOf) {
  const t = translator(how.words);
  const rows = rowsOf(sides, how);
  const kind = isScored(sides) ? "points" : "coverage";
  const named = sides.map(({ name, day }) => [name, day].filter(Boolean).join(" "));
  const lists = LISTS.filter((key) => change[key].length).flatMap((key) => [
    make("h4", {}, t(`comparison.${key}`, { count: change[key].length })),
    make("ul", {}, ...change[key].map((id) => make("li", {}, `${id} `, ...wordingOf(id)))),
  ]);
  return make(
    "div",
    { class: "comparison" },
    make("p", { class: "comparison-sentence" }, ...wholeDays(sentence(sides, change, how.words))),
    make("h3", {}, t(`comparison.sections_${kind}`)),
    dumbbells(t(`comparison.sections_${kind}`), t("comparison.dumbbells_text", { first: named[0] ?? "", last: named[named.length - 1] ?? "" }), rows.slice(1), t),
    make("h3", {}, t(`comparison.totals_${kind}`)),
    totals(t(`comparison.totals_${kind}`), t("comparison.line_text"), rows[0]?.values ?? [], named),
    table(rows, sides, how.words, kind),
    ...(lists.length ? lists : [make("p", {}, t("comparison.same"))]),
  );
}

/** @param {Side[]} sides */
function isScored(sides) {
  return sides.every(({ result }) => result.scored);
}

/**
 * The total first, then base and bonus where there are both, then the sections.
 *
 * @param {Side[]} sides
 * @param {{ standard: Standard, words: Words, lang: "zh" | "en" }} how
 * @returns {Row[]}
 */
function rowsOf(sides, { standard, words, lang }) {
  const t = translator(words);
  const reports = sides.map(({ result }) => prepare({ result, standard, words, lang, guidance: null, today: "", answers: { answers: {} } }));
  const sections = standard.sections.map((section) => {
    const shares = reports.map((report) => sectionShare(report, section));
    return { label: reports[0] ? sectionName(reports[0], section) : section.id, max: shares[0]?.max ?? 0, values: shares.map(({ earned }) => earned) };
  });
  const total = isScored(sides)
    ? { max: Number(sides[0]?.result.max?.total ?? 0), values: sides.map(({ result }) => Number(result.total)) }
    : { max: sides[0]?.result.coverage.of ?? 0, values: sides.map(({ result }) => result.coverage.met) };
  return [{ label: t("comparison.total"), ...total }, ...sections];
}

/**
 * @param {Side[]} sides
 * @param {Change} change
 * @param {Words} words
 */
export function sentence(sides, change, words) {
  const t = translator(words);
  const [first, last] = [sides[0], sides[sides.length - 1]];
  const name = (/** @type {Side | undefined} */ side) => t("marks.quote", { text: side?.name ?? "" }) + (side?.day ? t("comparison.on", { day: side.day }) : "");
  const parts = [];
  if (isScored(sides)) {
    const more = difference(Number(last?.result.total), Number(first?.result.total));
    parts.push(t(`comparison.${more > 0 ? "more" : more < 0 ? "fewer" : "equal"}`, { points: Math.abs(more) }));
  }
  for (const key of /** @type {const} */ (["gained", "lost"])) {
    if (change[key].length) parts.push(t(`comparison.${key}`, { count: change[key].length }));
  }
  const said = parts.length ? parts.join(t("comparison.and")) : t("comparison.nothing");
  return t("comparison.sentence", { first: name(first), last: name(last), said });
}

/**
 * On phones and tablets the rows are cards below the numbered names of the sides, as many as there may be.
 *
 * @param {Row[]} rows
 * @param {Side[]} sides
 * @param {Words} words
 * @param {"points" | "coverage"} kind
 */
function table(rows, sides, words, kind) {
  const t = translator(words);
  const caption = t(`comparison.caption_${kind}`);
  const heads = [t("comparison.part"), ...sides.map(({ name, day }, index) => `${index + 1} ${name} ${day}`), t("comparison.change")];
  const labels = [...sides.map((_, index) => String(index + 1)), t("comparison.change")];
  const body = rows.map(({ label, values }, index) => {
    const change = difference(values[values.length - 1] ?? 0, values[0] ?? 0);
    const cells = [...values.map(String), change > 0 ? `+${change}` : String(change)];
    return make("tr", index === 0 ? { class: "comparison-total" } : {}, make("th", { scope: "row" }, label), ...cells.map((text, at) => make("td", { class: "report-number", "data-label": labels[at] ?? "" }, text)));
  });
  return scrollable(caption, make(
    "table",
    { class: "report-table report-cards" },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...heads.map((text, index) => make("th", { scope: "col", ...(index ? { class: "report-number" } : {}) }, ...wholeDays(text))))),
    make("tbody", {}, ...body),
  ));
}

/**
 * Exactly, in thousandths.
 *
 * @param {number} one
 * @param {number} other
 */
function difference(one, other) {
  return (Math.round(one * 1000) - Math.round(other * 1000)) / 1000;
}

/**
 * Names of which no two are alike: those that are get numbers.
 *
 * @param {string[]} names
 * @returns {string[]}
 */
export function distinct(names) {
  /** @type {Set<string>} */
  const taken = new Set();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number += 1) {
      free = `${name} ${number}`;
    }
    taken.add(free);
    return free;
  });
}
