/**
 * What is handed in: the evidence, and the standard's own table filled in, with places for stamp and signature.
 *
 * @typedef {import("./data.js").Report} Report
 * @typedef {import("./data.js").Section} Section
 * @typedef {import("./data.js").Item} Item
 */

import { make, scrollable, wholeDays } from "../page.js";
import { head, labelled, part } from "./blocks.js";
import { wordingOf } from "./agenda.js";
import { tableColumns, wording } from "./data.js";

/** @param {Report} report */
export function evidence(report) {
  const { t, answers } = report;
  const columns = ["id", "text_head", "name", "date", "holder"].map((name) => ({ text: t(`evidence.${name}`) }));
  const bodies = Array.from(report.items.values()).flatMap((item) => {
    const { met = false, evidence: proofs = [], note = "", owner = "", due = "" } = answers.answers[item.id] ?? {};
    const rows = proofs.map((proof) => [
      make("td", labelled(columns[2]), proof.name ?? ""),
      make("td", { class: "report-day", ...labelled(columns[3]) }, proof.date ?? ""),
      make("td", labelled(columns[4]), proof.holder ?? ""),
    ]);
    // Of open items the plan says it.
    const remarks = [["note", note], ...(met ? [["owner", owner], ["due", due]] : [])].filter(([, text]) => text);
    if (remarks.length) {
      const cells = remarks.map(([name, text]) => make("span", { class: "report-remark" }, make("span", { class: "report-note" }, t(`evidence.${name}`)), ...wholeDays(text ?? "")));
      rows.push([make("td", { colspan: "3" }, ...cells)]);
    }
    const [first, ...rest] = rows;
    if (!first) {
      return [];
    }
    const heading = make("th", { scope: "rowgroup", rowspan: String(rows.length) }, item.id);
    const text = make("td", { rowspan: String(rows.length) }, ...wordingOf(report, item.id));
    return [make("tbody", {}, make("tr", {}, heading, text, ...first), ...rest.map((cells) => make("tr", {}, ...cells)))];
  });
  if (bodies.length === 0) {
    return part("evidence", t("evidence.title"), make("p", {}, t("evidence.none")));
  }
  const caption = t("evidence.caption");
  return part(
    "evidence",
    t("evidence.title"),
    make("p", {}, t("evidence.text")),
    scrollable(caption, make("table", { class: "report-table report-cards" }, make("caption", {}, caption), head(columns), ...bodies)),
  );
}

/** @param {Report} report */
export function filledTable(report) {
  const { t, lang, standard, result, answers } = report;
  const { columns, official, wide } = tableColumns(report);
  const heads = columns.map((column, index) =>
    make("th", { scope: "col", ...(official ? {} : { lang }), ...(index === columns.length - 1 ? { colspan: "2" } : {}) }, column));
  const filled = make(
    "table",
    { class: "report-standard", lang: "zh-CN" },
    make("caption", {}, standard.title),
    make("thead", {}, make("tr", {}, ...heads)),
    ...standard.sections.map((section) => sectionRows(report, section, wide)),
  );
  const reached = result.scored
    ? t("sign.points", { total: result.total ?? "", max: result.max?.total ?? "" })
    : t("sign.covered", { met: result.coverage.met, of: result.coverage.of });
  const places = [["result", reached], ["stamp", answers.unit ?? ""], ["signature", ""], ["date", t("sign.blank_date")]];
  return part(
    "filled",
    t("table.title"),
    make("p", {}, t(official ? "table.text" : "table.text_unofficial")),
    scrollable(standard.title, filled),
    make("dl", { class: "report-sign" }, ...places.map(([name, text]) => make("div", { class: `report-sign-${name}` }, make("dt", {}, t(`sign.${name}`)), make("dd", {}, text)))),
  );
}

/**
 * The rows of a section in the layout of the official annex: its first cells span all its rows.
 *
 * @param {Report} report
 * @param {Section} section
 * @param {boolean} wide whether there is a column for the section's standard
 */
function sectionRows(report, section, wide) {
  const rowspan = String(section.groups.reduce((sum, group) => sum + group.items.length, 0));
  const rows = section.groups.flatMap((group) =>
    group.items.map((item, index) => {
      const row = make("tr", {});
      if (index === 0 && !section.merged_cell) {
        row.append(make("td", { rowspan: String(group.items.length) }, group.title ?? ""));
      }
      row.append(make("td", {}, item.text, ...details(report, item)), make("td", { class: "report-box-cell" }, ...box(report, item)));
      return row;
    }));
  rows[0]?.prepend(
    make("th", { scope: "rowgroup", rowspan }, section.number || section.id),
    make("td", { rowspan }, section.title),
    ...(section.merged_cell ? [make("td", { rowspan, colspan: "2" }, section.merged_cell)] : wide ? [make("td", { rowspan }, section.standard ?? "")] : []),
  );
  return make("tbody", {}, ...rows);
}

/**
 * What was chosen of an item with levels, or counted of a counted one.
 *
 * @param {Report} report
 * @param {Item} item
 */
function details(report, item) {
  const { t, lang, answers } = report;
  const { level, count } = answers.answers[item.id] ?? {};
  const chosen = item.levels?.find((one) => one.id === level);
  return [
    chosen ? make("span", { class: "report-gloss" }, ...wording(report, chosen)) : null,
    count === undefined ? null : make("span", { class: "report-gloss", lang }, t("table.count", { count })),
  ];
}

/**
 * The points with the box behind them, as the annex has it.
 *
 * @param {Report} report
 * @param {Item} item
 */
function box({ t, lang, result }, item) {
  const { met = false, points = "", max = "" } = result.items[item.id] ?? {};
  return [
    met && points !== max ? `${points} / ${max}` : max,
    make("span", { class: "report-box", "aria-hidden": "true" }, met ? "☑" : "☐"),
    make("span", { class: "visually-hidden", lang }, t(met ? "table.met" : "table.open")),
  ];
}
