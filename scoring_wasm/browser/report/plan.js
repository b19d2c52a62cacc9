/**
 * What to look at and what to do: warnings and notes, the plan, the ways to a target, the view of a court.
 *
 * @typedef {import("./report-data.js").Report} Report
 * @typedef {import("./report-data.js").Warning} Warning
 */

import { listed, planOrder, wording } from "./report-data.js";
import { h, list, part, table } from "./report-dom.js";

/** Links that stand open beside an item; templates come first. */
const MOST_OFFERS = 3;

/** @param {Report} report */
export function warnings(report) {
  const { say, result } = report;
  if (!result.ours && result.to_check.length === 0) {
    return null;
  }
  const found = result.warnings.map((warning) => [
    h("strong", {}, say(`warnings.${warning.kind}`)),
    warning.text,
    " ",
    h("span", { class: "report-ids" }, concerned(report, warning)),
  ]);
  if (result.to_check.length) {
    found.push([h("strong", {}, say("warnings.check")), say("warnings.check_text"), " ", h("span", { class: "report-ids" }, say("warnings.ids", { items: listed(report, result.to_check) }))]);
  }
  const notes = result.notes.map(({ text, items }) => [text, " ", items.length ? h("span", { class: "report-ids" }, say("warnings.ids", { items: listed(report, items) })) : null]);
  return part(
    "warnings",
    say("warnings.title"),
    result.ours ? h("p", { class: "report-ours" }, result.ours) : null,
    h("h4", {}, say("warnings.look")),
    found.length ? list("report-list", found) : h("p", {}, say("warnings.none")),
    notes.length > 0 && h("h4", {}, say("warnings.notes")),
    notes.length > 0 && list("report-list", notes),
  );
}

/**
 * @param {Report} report
 * @param {Warning} warning
 */
function concerned(report, { items, open }) {
  const values = { items: listed(report, items), open: listed(report, open) };
  return report.say(open.length ? "warnings.ids_open" : "warnings.ids", values);
}

/** @param {Report} report */
export function plan(report) {
  const { say, lang, result, guidance } = report;
  const open = new Map(result.open.map((item) => [item.id, item]));
  if (open.size === 0) {
    return part("plan", say("plan.title"), h("p", {}, say("plan.none")));
  }
  const effort = guidance?.effort;
  const scored = result.scored;
  const columns = [
    { text: say("plan.id") },
    { text: say("plan.text") },
    ...(scored ? [{ text: say("plan.points"), number: true }] : []),
    ...(effort ? [{ text: say("plan.effort") }] : []),
    { text: say("plan.owner") },
    { text: say("plan.due") },
  ];
  const rows = planOrder(result, report.order).map((id) => {
    const item = open.get(id);
    const short = item?.gain !== item?.points ? h("span", { class: "report-gloss" }, say("plan.gain", { gain: item?.gain ?? "" })) : null;
    return [
      id,
      [...wordingOf(report, id), item?.check ? h("span", { class: "report-check" }, say("plan.check")) : null, offered(report, id)],
      ...(scored ? [[item?.points ?? "", short]] : []),
      ...(effort ? [firstWords(item?.effort_label ?? "")] : []),
      item?.owner ?? "",
      h("span", { class: "report-day" }, item?.due ?? ""),
    ];
  });
  return part(
    "plan",
    say("plan.title"),
    h("p", {}, say(sentenceOf(report), { count: open.size })),
    effort && h("p", { class: "report-quiet" }, effort.text[lang], " ", say("plan.sizes", { sizes: effort.sizes.map((size) => size.label[lang]).join(say("marks.semicolon")) })),
    table(say("plan.caption"), columns, rows),
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
function offered({ offers, say }, id) {
  const links = (offers?.[id] ?? []).map(({ title, url }) => h("a", { href: url }, title));
  const apart = (/** @type {Node[]} */ some) => some.flatMap((link, index) => [index ? say("marks.semicolon") : "", link]);
  const rest = links.slice(MOST_OFFERS);
  return links.length > 0 && h(
    "div",
    { class: "report-gloss report-offers" },
    say("plan.offers"),
    " ",
    ...apart(links.slice(0, MOST_OFFERS)),
    rest.length > 0 && h("details", {}, h("summary", {}, say("plan.offers_more", { count: rest.length })), ...apart(rest)),
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
  const { say, result } = report;
  const advice = result.advice;
  if (!advice) {
    return null;
  }
  const own = h("p", { class: "report-quiet" }, say("advice.own"));
  const title = say("advice.title", { target: advice.target });
  if (advice.reached || !advice.reachable) {
    return part("advice", title, h("p", {}, say(advice.reached ? "advice.reached" : "advice.unreachable", { target: advice.target, most: advice.most })), own);
  }
  const sets = advice.sets ?? [];
  // What every set listed has is said once; the table then shows in what they differ.
  const common = sets.length > 1 ? (sets[0]?.items ?? []).filter((id) => sets.every((set) => set.items.includes(id))) : [];
  const columns = [
    { text: say("advice.choice") },
    { text: say(common.length ? "advice.other_ids" : "advice.ids") },
    { text: say("advice.points"), number: true },
    { text: say("advice.total"), number: true },
  ];
  /** @param {string[]} ids */
  const items = (ids) => list("report-items", ids.map((id) => [h("span", { class: "report-ids" }, id), " ", ...wordingOf(report, id)]));
  const rows = sets.map((set, index) => [String(index + 1), items(set.items.filter((id) => !common.includes(id))), set.points, set.total]);
  const { target, missing, size = 0, count = 0 } = advice;
  const more = count > sets.length ? "advice.some" : count > 1 ? "advice.all" : "advice.one";
  return part(
    "advice",
    title,
    h("p", {}, say("advice.text", { target, missing, size }), say(more, { count, shown: sets.length })),
    own,
    common.length > 0 && h("p", {}, say("advice.common", { count: common.length })),
    common.length > 0 && items(common),
    table(say("advice.caption"), columns, rows),
  );
}

/** @param {Report} report */
export function court(report) {
  const { say, result } = report;
  const panel = result.court;
  if (!panel) {
    return null;
  }
  const columns = [{ text: say("court.measure") }, { text: say("court.met") }];
  const rows = panel.measures.map((measure) => [measure.text, measure.met.length ? listed(report, measure.met) : say("court.untouched")]);
  return part(
    "court",
    panel.title,
    h("p", { class: "report-apart" }, say("court.apart")),
    h("p", {}, panel.text),
    table(say("court.caption"), columns, rows),
    panel.gaps.length > 0 && h("h4", {}, say("court.gaps")),
    panel.gaps.length > 0 && list("report-list", panel.gaps.map((gap) => gap.text)),
    h("p", { class: "report-quiet" }, say("court.source", { source: panel.source })),
  );
}
