/**
 * What to look at and what to do: warnings and notes, the plan, the view of a court.
 *
 * @typedef {import("./data.js").Report} Report
 * @typedef {import("./data.js").Warning} Warning
 */

import { make } from "../page.js";
import { byOf, calendar, dayOf, firstWords, leftOut, ownerOf, pointsOf, wordingOf } from "./agenda.js";
import { list, part, table } from "./blocks.js";
import { listed, planOrder } from "./data.js";

/** Links that stand open beside an item; templates come first. */
const MOST_OFFERS = 3;

/** What to look at before anything is handed in; nothing where the site has nothing to say. @param {Report} report */
export function checks(report) {
  const { t, result } = report;
  if (!result.ours && result.to_check.length === 0) {
    return null;
  }
  const found = result.warnings.map((warning) => [
    make("strong", {}, t(`warnings.${warning.kind}`)),
    warning.text,
    " ",
    make("span", { class: "report-ids" }, concerned(report, warning)),
  ]);
  if (result.to_check.length) {
    found.push([make("strong", {}, t("warnings.check")), t("warnings.check_text"), " ", make("span", { class: "report-ids" }, t("warnings.ids", { items: listed(report, result.to_check) }))]);
  }
  return part("checks", t("warnings.look"), found.length ? list("report-list", found) : make("p", {}, t("warnings.none")));
}

/** What to know about the standard. @param {Report} report */
export function notes(report) {
  const { t, result } = report;
  if (!result.ours) {
    return null;
  }
  const rows = result.notes.map(({ text, items }) => [text, " ", items.length ? make("span", { class: "report-ids" }, t("warnings.ids", { items: listed(report, items) })) : null]);
  return part("notes", t("warnings.notes"), make("p", { class: "report-ours" }, result.ours), rows.length > 0 && list("report-list", rows));
}

/**
 * @param {Report} report
 * @param {Warning} warning
 */
function concerned(report, { items, open }) {
  const values = { items: listed(report, items), open: listed(report, open) };
  return report.t(open.length ? "warnings.ids_open" : "warnings.ids", values);
}

/** @param {Report} report */
export function plan(report) {
  const { t, lang, result, guidance } = report;
  const open = new Map(result.open.map((item) => [item.id, item]));
  if (open.size === 0) {
    return part("plan", t("plan.title"), make("p", {}, t("plan.none")));
  }
  const effort = guidance?.effort;
  const more = (/** @type {string} */ id) => offered(report, id);
  const sheet = report.order === "calendar" && result.agenda ? calendar(report, t("plan.caption"), result.agenda.rows, more) : ordered(report, open);
  return part(
    "plan",
    t("plan.title"),
    make("p", {}, t(sentenceOf(report), { count: open.size })),
    effort && make("p", { class: "report-quiet" }, effort.text[lang], lang === "en" ? " " : "", t("plan.sizes", { sizes: effort.sizes.map((size) => size.label[lang]).join(t("marks.semicolon")) })),
    (report.order !== "calendar" || Boolean(result.agenda?.rows.length)) && sheet,
    ...leftOut(report),
  );
}

/**
 * The plan as one table in the order asked for.
 *
 * @param {Report} report
 * @param {Map<string, import("./data.js").Open>} open
 */
function ordered(report, open) {
  const { t, result, guidance } = report;
  const { scored } = result;
  const columns = [
    { text: t("plan.id") },
    { text: t("plan.text"), plain: true },
    ...(scored ? [{ text: t("plan.points"), number: true }] : []),
    ...(guidance?.effort ? [{ text: t("plan.effort") }] : []),
    { text: t("plan.owner") },
    { text: t("plan.due") },
  ];
  const days = dayOf(report);
  const rows = planOrder(result, report.order).map((id) => {
    const item = open.get(id);
    return [
      id,
      [...wordingOf(report, id), item?.check ? make("span", { class: "report-check" }, t("plan.check")) : null, offered(report, id)],
      ...(scored ? [pointsOf(report, item)] : []),
      ...(guidance?.effort ? [firstWords(item?.effort_label ?? "")] : []),
      ownerOf(report, id),
      byOf(report, id, days.get(id) ?? ""),
    ];
  });
  return table(t("plan.caption"), columns, rows);
}

/** The words that say how the plan is ordered. @param {Report} report */
function sentenceOf({ result, order = "points" }) {
  if (order === "owner") return "plan.order_owner";
  return `plan.order_${order}${result.scored ? "" : "_checklist"}`; // a checklist has no points and no target
}

/**
 * What the site has for an item: the first few, the rest folded away.
 *
 * @param {Report} report
 * @param {string} id
 */
function offered({ offers, t, lang }, id) {
  const links = (offers?.[id] ?? []).map(({ title, url }) => make("a", { href: url }, title));
  const apart = (/** @type {Node[]} */ some) => some.flatMap((link, index) => [index ? t("marks.semicolon") : "", link]);
  const rest = links.slice(MOST_OFFERS);
  return links.length > 0 && make(
    "div",
    { class: "report-gloss report-offers" },
    t("plan.offers"),
    lang === "en" ? " " : "",
    ...apart(links.slice(0, MOST_OFFERS)),
    rest.length > 0 && make("details", {}, make("summary", {}, t("plan.offers_more", { count: rest.length })), ...apart(rest)),
  );
}

/** @param {Report} report */
export function court(report) {
  const { t, result } = report;
  const panel = result.court;
  if (!panel) {
    return null;
  }
  const columns = [{ text: t("court.measure") }, { text: t("court.met") }];
  const rows = panel.measures.map((measure) => [measure.text, measure.met.length ? listed(report, measure.met) : t("court.untouched")]);
  return part(
    "court",
    panel.title,
    make("p", { class: "report-apart" }, t("court.apart")),
    make("p", {}, panel.text),
    table(t("court.caption"), columns, rows),
    panel.gaps.length > 0 && make("h4", {}, t("court.gaps")),
    panel.gaps.length > 0 && list("report-list", panel.gaps.map((gap) => gap.text)),
    make("p", { class: "report-quiet" }, t("court.source", { source: panel.source })),
  );
}
