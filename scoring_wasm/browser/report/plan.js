/**
 * What to look at and what to do: warnings and notes, the plan, the ways to a target, the view of a court.
 *
 * @typedef {import("./data.js").Report} Report
 * @typedef {import("./data.js").Warning} Warning
 */

import { make } from "../page.js";
import { list, part, table } from "./blocks.js";
import { listed, planOrder, wording } from "./data.js";

/** Links that stand open beside an item; templates come first. */
const MOST_OFFERS = 3;

/** @param {Report} report */
export function warnings(report) {
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
  const notes = result.notes.map(({ text, items }) => [text, " ", items.length ? make("span", { class: "report-ids" }, t("warnings.ids", { items: listed(report, items) })) : null]);
  return part(
    "warnings",
    t("warnings.title"),
    result.ours ? make("p", { class: "report-ours" }, result.ours) : null,
    make("h4", {}, t("warnings.look")),
    found.length ? list("report-list", found) : make("p", {}, t("warnings.none")),
    notes.length > 0 && make("h4", {}, t("warnings.notes")),
    notes.length > 0 && list("report-list", notes),
  );
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
  const scored = result.scored;
  const columns = [
    { text: t("plan.id") },
    { text: t("plan.text") },
    ...(scored ? [{ text: t("plan.points"), number: true }] : []),
    ...(effort ? [{ text: t("plan.effort") }] : []),
    { text: t("plan.owner") },
    { text: t("plan.due") },
  ];
  const rows = planOrder(result, report.order).map((id) => {
    const item = open.get(id);
    const short = item?.gain !== item?.points ? make("span", { class: "report-gloss" }, t("plan.gain", { gain: item?.gain ?? "" })) : null;
    return [
      id,
      [...wordingOf(report, id), item?.check ? make("span", { class: "report-check" }, t("plan.check")) : null, offered(report, id)],
      ...(scored ? [[item?.points ?? "", short]] : []),
      ...(effort ? [firstWords(item?.effort_label ?? "")] : []),
      item?.owner ?? "",
      make("span", { class: "report-day" }, item?.due ?? ""),
    ];
  });
  return part(
    "plan",
    t("plan.title"),
    make("p", {}, t(sentenceOf(report), { count: open.size })),
    effort && make("p", { class: "report-quiet" }, effort.text[lang], " ", t("plan.sizes", { sizes: effort.sizes.map((size) => size.label[lang]).join(t("marks.semicolon")) })),
    table(t("plan.caption"), columns, rows),
  );
}

/** The words that say how the plan is ordered. @param {Report} report */
function sentenceOf({ result, order }) {
  if (order === "effort" || order === "owner") return `plan.order_${order}`;
  return result.scored ? "plan.order" : "plan.order_checklist";
}

/**
 * What the site has for an item: the first few, the rest folded away.
 *
 * @param {Report} report
 * @param {string} id
 */
function offered({ offers, t }, id) {
  const links = (offers?.[id] ?? []).map(({ title, url }) => make("a", { href: url }, title));
  const apart = (/** @type {Node[]} */ some) => some.flatMap((link, index) => [index ? t("marks.semicolon") : "", link]);
  const rest = links.slice(MOST_OFFERS);
  return links.length > 0 && make(
    "div",
    { class: "report-gloss report-offers" },
    t("plan.offers"),
    " ",
    ...apart(links.slice(0, MOST_OFFERS)),
    rest.length > 0 && make("details", {}, make("summary", {}, t("plan.offers_more", { count: rest.length })), ...apart(rest)),
  );
}

/**
 * A label without the explanation in brackets behind it, which stands above the table.
 *
 * @param {string} label
 */
function firstWords(label) {
  return label.replace(/\s*[（(].*$/, "");
}

/**
 * @param {Report} report
 * @param {string} id
 */
function wordingOf(report, id) {
  const item = report.items.get(id);
  return item ? wording(report, item) : [];
}

/** @param {Report} report */
export function adviceOf(report) {
  const { t, result } = report;
  const advice = result.advice;
  if (!advice) {
    return null;
  }
  const own = make("p", { class: "report-quiet" }, t("advice.own"));
  const title = t("advice.title", { target: advice.target });
  if (advice.reached || !advice.reachable) {
    return part("advice", title, make("p", {}, t(advice.reached ? "advice.reached" : "advice.unreachable", { target: advice.target, most: advice.most })), own);
  }
  const sets = advice.sets ?? [];
  // What every set listed has is said once; the table then shows in what they differ.
  const common = sets.length > 1 ? (sets[0]?.items ?? []).filter((id) => sets.every((set) => set.items.includes(id))) : [];
  const columns = [
    { text: t("advice.choice") },
    { text: t(common.length ? "advice.other_ids" : "advice.ids") },
    { text: t("advice.points"), number: true },
    { text: t("advice.total"), number: true },
  ];
  /** @param {string[]} ids */
  const items = (ids) => list("report-items", ids.map((id) => [make("span", { class: "report-ids" }, id), " ", ...wordingOf(report, id)]));
  const rows = sets.map((set, index) => [String(index + 1), items(set.items.filter((id) => !common.includes(id))), set.points, set.total]);
  const { target, missing, size = 0, count = 0 } = advice;
  const more = count > sets.length ? "advice.some" : count > 1 ? "advice.all" : "advice.one";
  return part(
    "advice",
    title,
    make("p", {}, t("advice.text", { target, missing, size }), t(more, { count, shown: sets.length })),
    own,
    common.length > 0 && make("p", {}, t("advice.common", { count: common.length })),
    common.length > 0 && items(common),
    table(t("advice.caption"), columns, rows),
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
