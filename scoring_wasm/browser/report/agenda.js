/**
 * What to do by when and by whom: the first three things, the plan as a calendar by months, the offers that reach a target, and what
 * is not planned, with the reason.
 *
 * @typedef {import("./data.js").Report} Report
 * @typedef {import("./data.js").Offer} Offer
 * @typedef {import("./blocks.js").Cell} Cell
 */

import { make, scrollable } from "../page.js";
import { head, labelled, list, numeric, part } from "./blocks.js";
import { groupName, listed, wording } from "./data.js";

/** What to begin with. @param {Report} report */
export function first(report) {
  const { t, result } = report;
  const ids = result.agenda?.first ?? [];
  if (ids.length === 0) {
    if (!result.scored && result.open.length > 0 && result.agenda?.rows.length) return null; // nothing says which are best
    const why = result.open.length === 0 ? "plan.none" : isCapped(report) ? "first.capped" : "first.none";
    return part("first", t("first.title_none"), make("p", {}, t(why)));
  }
  const days = dayOf(report);
  const rows = ids.map((id) => make(
    "li",
    {},
    make("span", { class: "report-ids" }, id),
    " ",
    ...wordingOf(report, id),
    " ",
    make("span", { class: "report-note report-first-who" }, ...apart(t("marks.stop"), [worth(report, id), ownerOf(report, id), byOf(report, id, days.get(id) ?? "")])),
  ));
  return part("first", t("first.title", { count: ids.length }), make("ol", { class: "report-first-list" }, ...rows));
}

/** Whether there is something to plan, and a cap leaves nothing of any of it. @param {Report} report */
function isCapped({ result }) {
  const facts = new Set((result.agenda?.left_out ?? []).flatMap(({ reason, items }) => (reason === "fact" ? items : [])));
  const gains = new Map(result.open.map(({ id, gain }) => [id, gain]));
  const plannable = (result.agenda?.rows ?? []).filter(({ id }) => !facts.has(id));
  return plannable.length > 0 && plannable.every(({ id }) => gains.get(id) === "0");
}

/** The day of each item in the plan, the visitor's own or a suggested one. @param {Report} report */
export function dayOf({ result }) {
  return new Map((result.agenda?.rows ?? []).map(({ id, by }) => [id, by]));
}

/** The ways to the target. @param {Report} report */
export function adviceOf(report) {
  const { t, result } = report;
  const advice = result.advice;
  if (!advice) {
    return null;
  }
  const own = make("p", { class: "report-quiet" }, t("advice.own"));
  const title = t("advice.title", { target: advice.target });
  if (advice.reached || !advice.reachable) {
    const { target, most, ceiling, left } = advice;
    const unreachable = left === null ? "advice.unreachable_whenever" : "advice.unreachable";
    const more = [
      Boolean(left) && t("advice.side_by_side"), // in a day or more
      Number(ceiling) > Number(most) && t("advice.ceiling", { ceiling }),
    ].filter((one) => typeof one === "string");
    const said = [t(advice.reached ? "advice.reached" : unreachable, { target, most, left: left ?? "" }), ...(advice.reached ? [] : more)];
    return part("advice", title, make("p", {}, said.join(t("marks.between"))), own);
  }
  const { offers, target, missing, left } = advice;
  const one = offers[0]?.kind === "both" ? "text_one" : `text_${offers[0]?.kind}`;
  const text = offers.length > 1 ? "text" : one;
  return part("advice", title, make("p", {}, t(`advice.${text}`, { target, missing, left: left ?? "" })), own, ...offers.flatMap((offer) => offered(report, offer)));
}

/**
 * @param {Report} report
 * @param {Offer} offer
 */
function offered(report, { kind, items, total, work }) {
  const { t, result } = report;
  const days = result.agenda?.offers[kind] ?? {};
  const sum = work === null ? t("advice.sum_fewest", { count: items.length, total }) : t("advice.sum", { count: items.length, total, work });
  const rows = Object.entries(days).map(([id, by]) => ({ id, by: dueOf(report, id) || by })).sort((one, other) => one.by.localeCompare(other.by));
  const planned = dayOf(report);
  const other = rows.some(({ id, by }) => by !== planned.get(id)) && t("advice.other_days");
  return [make("h4", {}, t(`advice.${kind}`)), make("p", {}, sum, other && " ", other), calendar(report, t(`advice.${kind}`), rows)];
}

/**
 * Items by the month in which they are to be done: what, what for, who, by when. Where none has a day, no month is named.
 *
 * @param {Report} report
 * @param {string} caption
 * @param {{ id: string, by: string }[]} rows in the order of their days
 * @param {(id: string) => import("../page.js").Child} [more] below an item's words
 */
export function calendar(report, caption, rows, more = () => null) {
  const { t, result, guidance } = report;
  const columns = [
    { text: t("plan.id") },
    { text: t("plan.text"), plain: true },
    ...(result.scored ? [{ text: t("plan.points"), number: true }] : []),
    ...(guidance?.effort ? [{ text: t("plan.effort") }] : []),
    { text: t("plan.owner") },
    { text: t("plan.due") },
  ];
  const months = new Map(rows.map(({ by }) => [by.slice(0, 7), /** @type {{ id: string, by: string }[]} */ ([])]));
  rows.forEach((row) => months.get(row.by.slice(0, 7))?.push(row));
  const bodies = Array.from(months, ([month, these]) => make(
    "tbody",
    {},
    (month || months.size > 1) && make("tr", { class: "report-month" }, make("th", { scope: "rowgroup", colspan: String(columns.length) }, month ? monthName(report, month) : t("agenda.undated"), t("agenda.count", { count: these.length }))),
    ...these.map(({ id, by }) => row(report, columns, id, by, more(id))),
  ));
  return scrollable(caption, make("table", { class: "report-table report-cards" }, make("caption", {}, caption), head(columns), ...bodies));
}

/**
 * @param {Report} report
 * @param {import("./blocks.js").Column[]} columns
 * @param {string} id
 * @param {string} by
 * @param {import("../page.js").Child} more
 */
function row(report, columns, id, by, more) {
  const open = openItem(report, id);
  const check = open?.check ? make("span", { class: "report-check" }, report.t("plan.check")) : null;
  /** @type {import("../page.js").Child[][]} */
  const cells = [
    [...wordingOf(report, id), check, more],
    ...(report.result.scored ? [pointsOf(report, open)] : []),
    ...(report.guidance?.effort ? [[firstWords(open?.effort_label ?? "")]] : []),
    [ownerOf(report, id)],
    [byOf(report, id, by)],
  ];
  return make("tr", {}, make("th", { scope: "row" }, id), ...cells.map((cell, index) => make("td", { ...numeric(columns[index + 1]), ...labelled(columns[index + 1]) }, ...cell)));
}

/**
 * What an item may still earn by itself, and how much of that a cap leaves.
 *
 * @param {Report} report
 * @param {import("./data.js").Open | undefined} item
 */
export function pointsOf({ t }, item) {
  const { points = "", gain = points } = item ?? {};
  return [points, gain !== points && make("span", { class: "report-gloss" }, t("plan.gain", { gain }))];
}

/** What is not planned this year, and why. @param {Report} report */
export function leftOut(report) {
  const { t, result } = report;
  const rows = result.agenda?.left_out ?? [];
  if (rows.length === 0) {
    return [];
  }
  const entries = rows.map(({ reason, items, text }) => [text || t(`agenda.${reason}`), " ", make("span", { class: "report-ids" }, t("warnings.ids", { items: listed(report, items) }))]);
  return [make("h4", {}, t("agenda.left_out")), list("report-list", entries)];
}

/**
 * Who sees to an item: whom the visitor has written, else whom we suggest.
 *
 * @param {Report} report
 * @param {string} id
 */
export function ownerOf(report, id) {
  const role = report.result.agenda?.rows.find((row) => row.id === id)?.role;
  const suggested = role ? make("span", { class: "report-note" }, report.t("agenda.suggested", { text: role })) : "";
  return openItem(report, id)?.owner || suggested;
}

/**
 * By when: the visitor's own day, else the suggested one, which says that it is.
 *
 * @param {Report} report
 * @param {string} id
 * @param {string} by
 */
export function byOf(report, id, by) {
  const due = dueOf(report, id);
  const day = due ? make("span", { class: "report-day" }, due) : by && make("span", { class: "report-day report-note" }, report.t("agenda.suggested", { text: by }));
  return day || "";
}

/**
 * @param {Report} report
 * @param {string} id
 */
function dueOf(report, id) {
  return openItem(report, id)?.due ?? "";
}

/**
 * @param {Report} report
 * @param {string} id
 */
function openItem({ result }, id) {
  return result.open.find((item) => item.id === id);
}

/**
 * @param {Report} report
 * @param {string} id
 */
function worth({ t, result }, id) {
  const gain = result.open.find((item) => item.id === id)?.gain;
  return result.scored && gain && gain !== "0" ? t("first.points", { points: gain }) : "";
}

/**
 * @param {string} mark
 * @param {import("../page.js").Child[]} parts
 */
function apart(mark, parts) {
  return parts.filter(Boolean).flatMap((one, index) => [index ? mark : null, one]);
}

/**
 * @param {Report} report
 * @param {string} month as 2026-06
 */
function monthName({ lang }, month) {
  const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { year: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/**
 * A label without the explanation in brackets behind it, which stands above the table.
 *
 * @param {string} label
 */
export function firstWords(label) {
  return label.replace(/\s*[（(].*$/, "");
}

/**
 * The words of an item by themselves; with the name of its group where another item has the same words.
 *
 * @param {Report} report
 * @param {string} id
 */
export function wordingOf(report, id) {
  const item = report.items.get(id);
  if (!item) return [];
  const isShared = Array.from(report.items.values()).some((other) => other !== item && other.text === item.text);
  const group = isShared && report.standard.sections.flatMap((section) => section.groups).find(({ items }) => items.includes(item));
  return [...wording(report, item), group ? make("span", { class: "report-gloss" }, groupName(report, group)) : null];
}
