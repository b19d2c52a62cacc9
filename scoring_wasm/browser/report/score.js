/**
 * What is reached: the total, the sections as sentence, chart and table, what is strong and what is missing.
 *
 * @typedef {import("./data.js").Report} Report
 * @typedef {import("./data.js").Section} Section
 * @typedef {import("./data.js").Share} Share
 */

import { make } from "../page.js";
import { list, part, table } from "./blocks.js";
import { barChart } from "./chart.js";
import { groupName, groupShare, isFull, listed, missing, sectionName, sectionShare } from "./data.js";

/** @param {Report} report */
export function score(report) {
  const { t, result } = report;
  if (!result.scored) {
    const { met, of } = result.coverage;
    return part("score", t("score.title_checklist"), make("p", { class: "report-total" }, figure(String(met)), make("span", {}, t("score.covered", { of }))), make("p", {}, t("score.unscored")));
  }
  /** @param {"total" | "base" | "bonus"} name */
  const amount = (name) => [figure(result[name] ?? "0"), make("span", { class: "report-of" }, t("score.of", { max: result.max?.[name] ?? "" }))];
  const parts = /** @type {("base" | "bonus")[]} */ (["base", "bonus"]).filter((name) => result.max?.[name]);
  return part(
    "score",
    t("score.title"),
    make("p", { class: "report-total" }, make("span", { class: "report-total-label" }, t("score.total")), ...amount("total")),
    parts.length > 1 && make("dl", { class: "report-parts" }, ...parts.map((name) => make("div", {}, make("dt", {}, t(`score.${name}`)), make("dd", {}, ...amount(name))))),
    ...Object.entries(result.cuts ?? {}).map(([id, cut]) => make("p", {}, t("score.cut", { cut, ...capped(report, id) }))),
    result.pass_mark ? make("p", {}, t("score.pass_mark", { mark: result.pass_mark })) : null,
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
  const { t, result, standard } = report;
  if (id === "total" || id === "base" || id === "bonus") {
    return { part: t(`score.${id}`), cap: result.max?.[id] ?? "" };
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
  return make("span", { class: "report-figure" }, text);
}

/** @param {Report} report */
export function sections(report) {
  const { t, result, standard } = report;
  const kind = result.scored ? "points" : "coverage";
  const rows = standard.sections.map((section) => ({ section, name: marked(report, section), share: sectionShare(report, section) }));
  const caption = t(`sections.caption_${kind}`);
  const chart = barChart(
    t(`sections.chart_${kind}`),
    t("sections.chart_text"),
    rows.map(({ name, share }) => ({
      label: name,
      value: share.earned,
      max: share.max,
      figures: t(`sections.figures_${kind}`, { earned: share.earned, max: share.max }),
    })),
  );
  const columns = [{ text: t("sections.part") }, ...["earned", "max", "missing"].map((name) => ({ text: t(`sections.${name}_${kind}`), number: true }))];
  const cells = rows.map(({ name, share }) => [name, ...[share.earned, share.max, missing(share)].map(String)]);
  return part(
    "sections",
    t(`sections.title_${kind}`),
    make("p", {}, sentence(report)),
    make("div", { class: "report-figures" }, chart, table(caption, columns, cells, "report-table")),
  );
}

/**
 * What is to be seen in chart and table: how many sections are full, and which lacks most. The bonus is no lack.
 *
 * @param {Report} report
 */
function sentence(report) {
  const { t, result, standard } = report;
  const base = standard.sections.filter((section) => !section.bonus);
  const lacks = base.map((section) => missing(sectionShare(report, section)));
  const full = lacks.filter((lack) => lack <= 0).length;
  const which = t(base.length < standard.sections.length ? "sections.which_base" : "sections.which");
  if (full === base.length) {
    return t("sections.all_full", { which, count: base.length });
  }
  const most = Math.max(...lacks);
  const names = base.filter((_, index) => lacks[index] === most).map((section) => t("marks.quote", { text: sectionName(report, section) }));
  const kind = result.scored ? "points" : "coverage";
  return t(`sections.sentence_${kind}${names.length > 1 ? "_each" : ""}`, { which, count: base.length, full, names: listed(report, names), most });
}

/**
 * The name of a section, which says that it is a bonus if it is one.
 *
 * @param {Report} report
 * @param {Section} section
 */
function marked(report, section) {
  const name = sectionName(report, section);
  const said = name.toLowerCase().includes(report.t("sections.bonus_word"));
  return section.bonus && !said ? report.t("sections.bonus", { name }) : name;
}

/** @param {Report} report */
export function strengths(report) {
  const { t, result, standard } = report;
  const kind = result.scored ? "points" : "coverage";
  const entries = standard.sections.flatMap((section) => {
    const share = sectionShare(report, section);
    if (isFull(share)) {
      return [line(make("strong", {}, marked(report, section)), t(`strengths.whole_${kind}`, { max: share.max }))];
    }
    return section.groups
      .filter((group) => isFull(groupShare(report, group)))
      .map((group) => line(nameOf(report, section, group), t(`strengths.full_${kind}`, { max: groupShare(report, group).max })));
  });
  return part(
    "strengths",
    t("strengths.title"),
    entries.length ? make("p", {}, t(`strengths.text_${kind}`)) : make("p", {}, t(`strengths.none_${kind}`)),
    entries.length > 0 && list("report-lines", entries),
  );
}

/**
 * The name of a group by itself; with that of its section where others are called alike, or where it has none.
 *
 * @param {Report} report
 * @param {Section} section
 * @param {import("./data.js").Group} group
 */
function nameOf(report, section, group) {
  const { t, standard } = report;
  const isShared = standard.sections.some(({ groups }) => groups.some((other) => other !== group && other.title === group.title));
  const parts = [(isShared || !group.title) && sectionName(report, section), groupName(report, group)];
  return parts.filter(Boolean).join(t("marks.colon"));
}

/** @param {Report} report */
export function gaps(report) {
  const { t, result, standard } = report;
  const kind = result.scored ? "points" : "coverage";
  const open = new Set(result.open.map((item) => item.id));
  const lacking = standard.sections.filter((section) => !isFull(sectionShare(report, section)));
  return part(
    "gaps",
    t("gaps.title"),
    lacking.length === 0 && make("p", {}, t(`gaps.none_${kind}`)),
    ...lacking.flatMap((section) => [
      make("h4", {}, ...line(marked(report, section), lack(section, sectionShare(report, section)))),
      list(
        "report-lines",
        section.groups
          .filter((group) => !isFull(groupShare(report, group)))
          .map((group) => {
            const items = group.items.map((item) => item.id).filter((id) => open.has(id));
            const name = groupName(report, group);
            const ids = make("span", { class: "report-ids" }, t(name ? "gaps.ids" : "gaps.only_ids", { items: listed(report, items) }));
            return line(make("span", {}, name, " ", ids), lack(section, groupShare(report, group)));
          }),
      ),
    ]),
  );

  /**
   * @param {Section} section
   * @param {Share} share
   */
  function lack(section, share) {
    return t(section.bonus ? "gaps.missing_bonus" : `gaps.missing_${kind}`, { missing: missing(share) });
  }
}

/**
 * Words with a figure at the end of their line.
 *
 * @param {Node | string} text
 * @param {string} end
 */
function line(text, end) {
  return [make("span", { class: "report-line-text" }, text), " ", make("span", { class: "report-line-end" }, end)];
}
