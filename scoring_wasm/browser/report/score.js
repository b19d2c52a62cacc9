/**
 * What is reached: the total, the sections as sentence, chart and table, what is strong and what is missing.
 *
 * @typedef {import("./report-data.js").Report} Report
 * @typedef {import("./report-data.js").Section} Section
 * @typedef {import("./report-data.js").Share} Share
 */

import { barChart } from "./report-chart.js";
import { groupName, groupShare, isFull, listed, missing, sectionName, sectionShare } from "./report-data.js";
import { h, list, part, table } from "./report-dom.js";

/** @param {Report} report */
export function score(report) {
  const { say, result } = report;
  if (!result.scored) {
    const { met, of } = result.coverage;
    return part("score", say("score.title_checklist"), h("p", { class: "report-total" }, figure(String(met)), h("span", {}, say("score.covered", { of }))), h("p", {}, say("score.unscored")));
  }
  /** @param {"total" | "base" | "bonus"} name */
  const amount = (name) => [figure(result[name] ?? "0"), h("span", { class: "report-of" }, say("score.of", { max: result.max?.[name] ?? "" }))];
  const parts = /** @type {("base" | "bonus")[]} */ (["base", "bonus"]).filter((name) => result.max?.[name]);
  return part(
    "score",
    say("score.title"),
    h("p", { class: "report-total" }, h("span", { class: "report-total-label" }, say("score.total")), ...amount("total")),
    parts.length > 1 && h("dl", { class: "report-parts" }, ...parts.map((name) => h("div", {}, h("dt", {}, say(`score.${name}`)), h("dd", {}, ...amount(name))))),
    ...Object.entries(result.cuts ?? {}).map(([id, cut]) => h("p", {}, say("score.cut", { cut, ...capped(report, id) }))),
    result.pass_mark ? h("p", {}, say("score.pass_mark", { mark: result.pass_mark })) : null,
  );
}

/**
 * The name and the cap of a node of the standard's tree.
 *
 * @param {Report} report
 * @param {string} id
 * @returns {{ part: string, cap: string }}
 */
function capped(report, id) {
  const { say, result, standard } = report;
  if (id === "total" || id === "base" || id === "bonus") {
    return { part: say(`score.${id}`), cap: result.max?.[id] ?? "" };
  }
  for (const section of standard.sections) {
    const group = section.groups.find((one) => one.id === id);
    if (section.id === id || group) {
      return { part: group ? groupName(report, group) || sectionName(report, section) : sectionName(report, section), cap: String((group ?? section).max) };
    }
  }
  return { part: id, cap: result.items[id]?.max ?? "" };
}

/** @param {string} text */
function figure(text) {
  return h("span", { class: "report-figure" }, text);
}

/** @param {Report} report */
export function sections(report) {
  const { say, result, standard } = report;
  const kind = result.scored ? "points" : "coverage";
  const rows = standard.sections.map((section) => ({ section, name: marked(report, section), share: sectionShare(report, section) }));
  const caption = say(`sections.caption_${kind}`);
  const chart = barChart(
    say(`sections.chart_${kind}`),
    say("sections.chart_text"),
    rows.map(({ name, share }) => ({
      label: name,
      value: share.earned,
      max: share.max,
      figures: say(`sections.figures_${kind}`, { earned: share.earned, max: share.max }),
    })),
  );
  const columns = [{ text: say("sections.part") }, ...["earned", "max", "missing"].map((name) => ({ text: say(`sections.${name}_${kind}`), number: true }))];
  const cells = rows.map(({ name, share }) => [name, ...[share.earned, share.max, missing(share)].map(String)]);
  return part(
    "sections",
    say(`sections.title_${kind}`),
    h("p", {}, sentence(report)),
    h("div", { class: "report-figures" }, chart, table(caption, columns, cells)),
  );
}

/**
 * What is to be seen in chart and table: how many sections are full, and which lacks most. The bonus is no lack.
 *
 * @param {Report} report
 */
function sentence(report) {
  const { say, result, standard } = report;
  const base = standard.sections.filter((section) => !section.bonus);
  const lacks = base.map((section) => missing(sectionShare(report, section)));
  const full = lacks.filter((lack) => lack <= 0).length;
  if (full === base.length) {
    return say("sections.all_full", { count: base.length });
  }
  const most = Math.max(...lacks);
  const names = base.filter((_, index) => lacks[index] === most).map((section) => say("marks.quote", { text: sectionName(report, section) }));
  const kind = result.scored ? "points" : "coverage";
  return say(`sections.sentence_${kind}${names.length > 1 ? "_each" : ""}`, { count: base.length, full, names: listed(report, names), most });
}

/**
 * The name of a section, which says that it is a bonus if it is one.
 *
 * @param {Report} report
 * @param {Section} section
 */
function marked(report, section) {
  const name = sectionName(report, section);
  const said = name.toLowerCase().includes(report.say("sections.bonus_word"));
  return section.bonus && !said ? report.say("sections.bonus", { name }) : name;
}

/** @param {Report} report */
export function strengths(report) {
  const { say, result, standard } = report;
  const kind = result.scored ? "points" : "coverage";
  const entries = standard.sections.flatMap((section) => {
    const share = sectionShare(report, section);
    if (isFull(share)) {
      return [line(h("strong", {}, marked(report, section)), say(`strengths.whole_${kind}`, { max: share.max }))];
    }
    return section.groups
      .filter((group) => isFull(groupShare(report, group)))
      .map((group) => line(groupName(report, group) || sectionName(report, section), say(`strengths.full_${kind}`, { max: groupShare(report, group).max })));
  });
  return part(
    "strengths",
    say("strengths.title"),
    entries.length ? h("p", {}, say(`strengths.text_${kind}`)) : h("p", {}, say(`strengths.none_${kind}`)),
    entries.length > 0 && list("report-lines", entries),
  );
}

/** @param {Report} report */
export function gaps(report) {
  const { say, result, standard } = report;
  const kind = result.scored ? "points" : "coverage";
  const open = new Set(result.open.map((item) => item.id));
  const lacking = standard.sections.filter((section) => !isFull(sectionShare(report, section)));
  return part(
    "gaps",
    say("gaps.title"),
    lacking.length === 0 && h("p", {}, say(`gaps.none_${kind}`)),
    ...lacking.flatMap((section) => [
      h("h4", {}, ...line(marked(report, section), lack(section, sectionShare(report, section)))),
      list(
        "report-lines",
        section.groups
          .filter((group) => !isFull(groupShare(report, group)))
          .map((group) => {
            const items = group.items.map((item) => item.id).filter((id) => open.has(id));
            const name = groupName(report, group);
            const ids = h("span", { class: "report-ids" }, say(name ? "gaps.ids" : "gaps.only_ids", { items: listed(report, items) }));
            return line(h("span", {}, name, " ", ids), lack(section, groupShare(report, group)));
          }),
      ),
    ]),
  );

  /**
   * @param {Section} section
   * @param {Share} share
   */
  function lack(section, share) {
    return say(section.bonus ? "gaps.missing_bonus" : `gaps.missing_${kind}`, { missing: missing(share) });
  }
}

/**
 * Words with a figure at the end of their line.
 *
 * @param {Node | string} text
 * @param {string} end
 */
function line(text, end) {
  return [h("span", { class: "report-line-text" }, text), " ", h("span", { class: "report-line-end" }, end)];
}
