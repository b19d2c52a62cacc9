/**
 * The report of a self-assessment: a document of its own, fit to be printed and handed in.
 *
 * @typedef {import("./data.js").ReportInput} ReportInput
 * @typedef {import("./data.js").Report} Report
 */

import { breakable, make, wholeDays } from "../page.js";
import { adviceOf, first } from "./agenda.js";
import { dayIn, prepare } from "./data.js";
import { checks, court, notes, plan } from "./plan.js";
import { evidence, filledTable } from "./table.js";
import { gaps, score, sections, strengths } from "./score.js";

/**
 * @param {ReportInput} input
 * @returns {HTMLElement} the report, not yet part of a page; its headings begin at h2
 */
export function renderReport(input) {
  const report = prepare(input);
  const parts = [
    adviceOf(report),
    plan(report),
    checks(report),
    gaps(report),
    strengths(report),
    court(report),
    evidence(report),
    filledTable(report),
    notes(report),
  ].filter((one) => one !== null);
  return make(
    "article",
    { class: "report" },
    header(report),
    make("div", { class: "report-front" }, score(report), sections(report), first(report), contents(report, parts)),
    ...parts,
    footer(report),
  );
}

/**
 * The way to each part behind page one.
 *
 * @param {Report} report
 * @param {HTMLElement[]} parts
 */
function contents({ t }, parts) {
  const links = parts.map((one) => make("li", {}, make("a", { href: `#${one.id}` }, one.querySelector("h3")?.textContent ?? "")));
  return make("nav", { class: "report-contents", "aria-label": t("head.contents") }, make("p", {}, t("head.contents")), make("ol", {}, ...links));
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
    particulars.splice(1, 0, [t("head.draft"), ...wholeDays(name)]);
  }
  return make(
    "header",
    { class: "report-head" },
    make("h2", { tabindex: "-1" }, ...breakable(t(result.scored ? "head.title" : "head.title_checklist"))),
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
  return make("time", { datetime: iso }, dayIn(iso, lang));
}
