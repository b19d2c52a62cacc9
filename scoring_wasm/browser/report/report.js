/**
 * The report of a self-assessment: a document of its own, fit to be printed and handed in.
 *
 * @typedef {import("./report-data.js").ReportInput} ReportInput
 * @typedef {import("./report-data.js").Report} Report
 */

import { prepare } from "./report-data.js";
import { h } from "./report-dom.js";
import { adviceOf, court, plan, warnings } from "./report-plan.js";
import { evidence, filledTable } from "./report-table.js";
import { gaps, score, sections, strengths } from "./report-score.js";

/**
 * @param {ReportInput} input
 * @returns {HTMLElement} the report, not yet part of a page; its headings begin at h2
 */
export function renderReport(input) {
  const report = prepare(input);
  return h(
    "article",
    { class: "report" },
    header(report),
    score(report),
    sections(report),
    strengths(report),
    gaps(report),
    warnings(report),
    plan(report),
    adviceOf(report),
    court(report),
    evidence(report),
    filledTable(report),
    footer(report),
  );
}

/** @param {Report} report */
function header(report) {
  const { say, result, answers, standard, lang, today, name } = report;
  const translated = lang === "en" && standard.title_en;
  /** @type {[string, ...(Node | string)[]][]} */
  const particulars = [
    [say("head.unit"), answers.unit || say("head.no_unit")],
    [say("head.date"), day(today, lang)],
    [say("head.standard"), ...(translated ? [standard.title_en ?? "", h("span", { class: "report-gloss", lang: "zh-CN" }, standard.title)] : [standard.title])],
    [say("head.document"), h("span", { lang: "zh-CN" }, standard.source.document)],
    [say("head.id"), result.standard.id],
    [say("head.hash"), h("code", { title: result.standard.sha256 }, `${result.standard.sha256.slice(0, 12)}…`)],
  ];
  if (name && name !== answers.unit) {
    particulars.splice(1, 0, [say("head.draft"), name]);
  }
  return h(
    "header",
    { class: "report-head" },
    h("h2", {}, say(result.scored ? "head.title" : "head.title_checklist")),
    h("p", { class: "report-unofficial" }, ...unofficial(report)),
    h("dl", { class: "report-particulars" }, ...particulars.map(([term, ...text]) => h("div", {}, h("dt", {}, term), h("dd", {}, ...text)))),
  );
}

/** @param {Report} report */
function footer(report) {
  const { say, result, lang, today } = report;
  return h(
    "footer",
    { class: "report-foot" },
    h("p", {}, day(today, lang), say("marks.stop"), result.standard.id, say("marks.stop"), "SHA-256 ", h("code", {}, result.standard.sha256)),
    h("p", {}, ...unofficial(report)),
  );
}

/** That this is no official result: in English with the Chinese words beside it. @param {Report} report */
function unofficial({ say }) {
  const original = say("head.unofficial_zh");
  return [say("head.unofficial"), original ? " " : "", original ? h("span", { lang: "zh-CN" }, original) : null];
}

/**
 * @param {string} iso
 * @param {string} lang
 */
function day(iso, lang) {
  const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long", timeZone: "UTC" });
  return h("time", { datetime: iso }, format.format(new Date(iso)));
}
