/**
 * The report of a self-assessment: a document of its own, fit to be printed and handed in.
 *
 * @typedef {import("./data.js").ReportInput} ReportInput
 * @typedef {import("./data.js").Report} Report
 */

import { make } from "../page.js";
import { prepare } from "./data.js";
import { adviceOf, court, plan, warnings } from "./plan.js";
import { evidence, filledTable } from "./table.js";
import { gaps, score, sections, strengths } from "./score.js";

/**
 * @param {ReportInput} input
 * @returns {HTMLElement} the report, not yet part of a page; its headings begin at h2
 */
export function renderReport(input) {
  const report = prepare(input);
  return make(
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
  const { t, result, answers, standard, lang, today, name } = report;
  const translated = lang === "en" && standard.title_en;
  /** @type {[string, ...(Node | string)[]][]} */
  const particulars = [
    [t("head.unit"), answers.unit || t("head.no_unit")],
    [t("head.date"), day(today, lang)],
    [t("head.standard"), ...(translated ? [standard.title_en ?? "", make("span", { class: "report-gloss", lang: "zh-CN" }, standard.title)] : [standard.title])],
    [t("head.document"), make("span", { lang: "zh-CN" }, standard.source.document)],
    [t("head.id"), result.standard.id],
    [t("head.hash"), make("code", { title: result.standard.sha256 }, `${result.standard.sha256.slice(0, 12)}…`)],
  ];
  if (name && name !== answers.unit) {
    particulars.splice(1, 0, [t("head.draft"), name]);
  }
  return make(
    "header",
    { class: "report-head" },
    make("h2", {}, t(result.scored ? "head.title" : "head.title_checklist")),
    make("p", { class: "report-unofficial" }, ...unofficial(report)),
    make("dl", { class: "report-particulars" }, ...particulars.map(([term, ...text]) => make("div", {}, make("dt", {}, term), make("dd", {}, ...text)))),
  );
}

/** @param {Report} report */
function footer(report) {
  const { t, result, lang, today } = report;
  return make(
    "footer",
    { class: "report-foot" },
    make("p", {}, day(today, lang), t("marks.stop"), result.standard.id, t("marks.stop"), "SHA-256 ", make("code", {}, result.standard.sha256)),
    make("p", {}, ...unofficial(report)),
  );
}

/** That this is no official result: in English with the Chinese words beside it. @param {Report} report */
function unofficial({ t }) {
  const original = t("head.unofficial_zh");
  return [t("head.unofficial"), original ? " " : "", original ? make("span", { lang: "zh-CN" }, original) : null];
}

/**
 * @param {string} iso
 * @param {string} lang
 */
function day(iso, lang) {
  const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long", timeZone: "UTC" });
  return make("time", { datetime: iso }, format.format(new Date(iso)));
}
