/**
 * What is handed in: the evidence, and the standard's own table filled in, with places for stamp and signature.
 *
 * @typedef {import("./report-data.js").Report} Report
 * @typedef {import("./report-data.js").Section} Section
 * @typedef {import("./report-data.js").Item} Item
 */

import { wording } from "./report-data.js";
import { h, head, part, scrollable } from "./report-dom.js";

/** @param {Report} report */
export function evidence(report) {
  const { say, answers } = report;
  const bodies = Array.from(report.items.values()).flatMap((item) => {
    const { met = false, evidence: proofs = [], note = "", owner = "", due = "" } = answers.answers[item.id] ?? {};
    const rows = proofs.map((proof) => [
      h("td", {}, proof.name ?? ""),
      h("td", { class: "report-day" }, proof.date ?? ""),
      h("td", {}, proof.holder ?? ""),
    ]);
    // Of open items the plan says it.
    const remarks = [["note", note], ...(met ? [["owner", owner], ["due", due]] : [])].filter(([, text]) => text);
    if (remarks.length) {
      const cells = remarks.map(([name, text]) => h("span", { class: "report-remark" }, h("span", { class: "report-note" }, say(`evidence.${name}`)), text));
      rows.push([h("td", { colspan: "3" }, ...cells)]);
    }
    const [first, ...rest] = rows;
    if (!first) {
      return [];
    }
    const heading = h("th", { scope: "rowgroup", rowspan: String(rows.length) }, item.id);
    const text = h("td", { rowspan: String(rows.length) }, ...wording(report, item));
    return [h("tbody", {}, h("tr", {}, heading, text, ...first), ...rest.map((cells) => h("tr", {}, ...cells)))];
  });
  if (bodies.length === 0) {
    return part("evidence", say("evidence.title"), h("p", {}, say("evidence.none")));
  }
  const caption = say("evidence.caption");
  const columns = ["id", "text_head", "name", "date", "holder"].map((name) => ({ text: say(`evidence.${name}`) }));
  return part(
    "evidence",
    say("evidence.title"),
    h("p", {}, say("evidence.text")),
    scrollable(caption, h("table", { class: "report-table" }, h("caption", {}, caption), head(columns), ...bodies)),
  );
}

/** @param {Report} report */
export function filledTable(report) {
  const { say, lang, standard, result, answers } = report;
  const wide = Boolean(standard.columns) || standard.sections.some((section) => section.standard || section.merged_cell);
  const names = ["number", "section", ...(wide ? ["standard"] : []), "group", "item"];
  const columns = standard.columns ?? names.map((name) => say(`table.${name}`));
  const heads = columns.map((column, index) =>
    h("th", { scope: "col", ...(standard.columns ? {} : { lang }), ...(index === columns.length - 1 ? { colspan: "2" } : {}) }, column));
  const filled = h(
    "table",
    { class: "report-standard", lang: "zh-CN" },
    h("caption", {}, standard.title),
    h("thead", {}, h("tr", {}, ...heads)),
    ...standard.sections.map((section) => sectionRows(report, section, wide)),
  );
  const reached = result.scored
    ? say("sign.points", { total: result.total ?? "", max: result.max?.total ?? "" })
    : say("sign.covered", { met: result.coverage.met, of: result.coverage.of });
  const places = [["result", reached], ["stamp", answers.unit ?? ""], ["signature", ""], ["date", say("sign.blank_date")]];
  return part(
    "filled",
    say("table.title"),
    h("p", {}, say("table.text")),
    scrollable(standard.title, filled),
    h("dl", { class: "report-sign" }, ...places.map(([name, text]) => h("div", { class: `report-sign-${name}` }, h("dt", {}, say(`sign.${name}`)), h("dd", {}, text)))),
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
      const row = h("tr", {});
      if (index === 0 && !section.merged_cell) {
        row.append(h("td", { rowspan: String(group.items.length) }, group.title ?? ""));
      }
      row.append(h("td", {}, item.text, ...details(report, item)), h("td", { class: "report-box-cell" }, ...box(report, item)));
      return row;
    }));
  rows[0]?.prepend(
    h("th", { scope: "rowgroup", rowspan }, section.number || section.id),
    h("td", { rowspan }, section.title),
    ...(section.merged_cell ? [h("td", { rowspan, colspan: "2" }, section.merged_cell)] : wide ? [h("td", { rowspan }, section.standard ?? "")] : []),
  );
  return h("tbody", {}, ...rows);
}

/**
 * What was chosen of an item with levels, or counted of a counted one.
 *
 * @param {Report} report
 * @param {Item} item
 */
function details({ say, lang, answers }, item) {
  const { level, count } = answers.answers[item.id] ?? {};
  const chosen = item.levels?.find((one) => one.id === level);
  return [
    chosen ? h("span", { class: "report-gloss" }, chosen.text) : null,
    count === undefined ? null : h("span", { class: "report-gloss", lang }, say("table.count", { count })),
  ];
}

/**
 * The points with the box behind them, as the annex has it.
 *
 * @param {Report} report
 * @param {Item} item
 */
function box({ say, lang, result }, item) {
  const { met = false, points = "", max = "" } = result.items[item.id] ?? {};
  return [
    met && points !== max ? `${points} / ${max}` : max,
    h("span", { class: "report-box", "aria-hidden": "true" }, met ? "☑" : "☐"),
    h("span", { class: "visually-hidden", lang }, say(met ? "table.met" : "table.open")),
  ];
}
