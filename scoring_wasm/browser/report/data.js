/**
 * What the report is made from, and how its parts look things up in it.
 *
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./words.js").Translate} Translate
 * @typedef {import("../page.js").Child} Child
 *
 * @typedef {string | number} Amount as YAML has it: 5 or "2.5"
 * @typedef {{ id: string, points: Amount, text: string, text_en?: string | null }} Level
 * @typedef {{ id: string, text: string, text_en?: string | null, points?: Amount, levels?: Level[], each?: Amount, max?: Amount }} Item
 * @typedef {{ id: string, title?: string | null, title_en?: string | null, max?: Amount, items: Item[] }} Group
 * @typedef {object} Section
 * @property {string} id
 * @property {string | null} [number]
 * @property {string} title
 * @property {string | null} [title_en]
 * @property {Amount} [max]
 * @property {boolean} [bonus]
 * @property {string | null} [standard]
 * @property {string | null} [merged_cell]
 * @property {Group[]} groups
 * @typedef {{ id: string, title: string, title_en?: string | null, source: { document: string }, columns?: string[], sections: Section[] }} Standard
 *
 * @typedef {Record<"zh" | "en", string>} Both
 * @typedef {{ id: string, items: string[], from: string, until: string, text: Both }} Period
 * @typedef {{ standard: string, ours: Both, effort?: { text: Both, sizes: { label: Both }[] }, calendar?: Period[] }} Guidance
 *
 * @typedef {{ met: boolean, level?: string, count?: number, note?: string, evidence?: { name?: string, date?: string, holder?: string }[], owner?: string, due?: string }} Answer
 * @typedef {{ unit?: string, answers: Record<string, Answer> }} Answers
 *
 * @typedef {{ id: string, check: boolean, owner: string, due: string, points?: string, gain?: string, effort_label?: string }} Open
 * @typedef {{ id: string, kind: string, items: string[], open: string[], text: string }} Warning
 * @typedef {"fewest" | "least" | "both"} OfferKind
 * @typedef {{ kind: OfferKind, items: string[], points: string, total: string, work: number | null }} Offer `work`: days, where the guidance estimates them
 * @typedef {{ target: string, missing: string, reached: boolean, reachable: boolean, most: string, ceiling: string, left: number | null, offers: Offer[] }} Advice `left`: the days left of this year
 * @typedef {object} Agenda
 * @property {{ id: string, by: string, role: string }[]} rows in the order of their days
 * @property {Partial<Record<OfferKind, Record<string, string>>>} offers the days of each offer's items, which are those of the rows but where not the first offer is followed
 * @property {{ reason: string, items: string[], text: string }[]} left_out
 * @property {string[]} first
 * @typedef {object} Court
 * @property {string} title
 * @property {string} source
 * @property {string} text
 * @property {{ id: string, text: string, met: string[] }[]} measures
 * @property {{ id: string, text: string }[]} gaps
 *
 * @typedef {object} Result what the core's op "score" answers; amounts are decimals; a checklist has no amounts
 * @property {{ id: string, sha256: string }} standard
 * @property {boolean} scored
 * @property {Record<string, { met: boolean, points?: string, max?: string }>} items
 * @property {{ met: number, of: number, sections: Record<string, { met: number, of: number }> }} coverage
 * @property {string[]} to_check
 * @property {string | null} [total]
 * @property {string | null} [base]
 * @property {string | null} [bonus]
 * @property {Record<"total" | "base" | "bonus", string | null>} [max]
 * @property {Record<string, string>} [sections]
 * @property {Record<string, string>} [groups]
 * @property {Record<string, string>} [cuts]
 * @property {string | null} [pass_mark]
 * @property {Open[]} open
 * @property {{ points: string[], effort: string[], owner: { owner: string, items: string[] }[] }} orders
 * @property {string | null} ours
 * @property {{ id: string, items: string[], text: string }[]} notes
 * @property {Warning[]} warnings
 * @property {Court | null} court
 * @property {Advice | null} [advice]
 * @property {Agenda | null} [agenda] none where the core was told no day
 *
 * @typedef {"calendar" | "points" | "effort" | "owner"} Order
 *
 * @typedef {object} ReportInput
 * @property {Result} result
 * @property {Answers} answers the exported answers
 * @property {Standard} standard
 * @property {Guidance | null} guidance
 * @property {Words} words
 * @property {"zh" | "en"} lang
 * @property {string} today as 2026-06-30
 * @property {string} [name] what the visitor calls this draft
 * @property {Order} [order] of the plan; as a calendar unless said otherwise
 * @property {Record<string, { title: string, url: string }[]>} [offers] what the site has for an item
 *
 * @typedef {{ earned: number, max: number }} Share points, or items of a checklist
 * @typedef {ReportInput & { t: Translate, items: Map<string, Item> }} Report
 */

import { make } from "../page.js";
import { translator } from "./words.js";

/**
 * @param {ReportInput} input
 * @returns {Report}
 */
export function prepare(input) {
  const items = input.standard.sections.flatMap((section) => section.groups.flatMap((group) => group.items));
  return { ...input, t: translator(input.words), items: new Map(items.map((item) => [item.id, item])) };
}

/**
 * The open items in the order asked for. A calendar ends with those that have no day.
 *
 * @param {Result} result
 * @param {Order} [order]
 * @returns {string[]}
 */
export function planOrder(result, order = "calendar") {
  if (order === "owner") return result.orders.owner.flatMap(({ items }) => items);
  if (order !== "calendar") return result.orders[order];
  const days = (result.agenda?.rows ?? []).map(({ id }) => id);
  return [...days, ...result.orders.points.filter((id) => !days.includes(id))];
}

/**
 * How much of a section is reached.
 *
 * @param {Report} report
 * @param {Section} section
 * @returns {Share}
 */
export function sectionShare({ result }, section) {
  if (!result.scored) {
    const coverage = result.coverage.sections[section.id];
    return { earned: coverage?.met ?? 0, max: coverage?.of ?? 0 };
  }
  return { earned: Number(result.sections?.[section.id] ?? 0), max: Number(section.max ?? 0) };
}

/**
 * How much of a group is reached.
 *
 * @param {Report} report
 * @param {Group} group
 * @returns {Share}
 */
export function groupShare({ result }, group) {
  if (!result.scored) {
    return { earned: group.items.filter((item) => result.items[item.id]?.met).length, max: group.items.length };
  }
  return { earned: Number(result.groups?.[group.id] ?? 0), max: Number(group.max ?? 0) };
}

/**
 * @param {Share} share of at most three decimals, which are counted as whole thousandths
 * @returns {number} what is missing, exactly
 */
export function missing({ earned, max }) {
  return (Math.round(max * 1000) - Math.round(earned * 1000)) / 1000;
}

/** @param {Share} share */
export function isFull(share) {
  return missing(share) <= 0;
}

/**
 * The name of a section in the report's language, without the points that the official title repeats.
 *
 * @param {Report} report
 * @param {Section} section
 */
export function sectionName({ lang }, section) {
  if (lang === "en") {
    return `${section.id}. ${section.title_en || withoutPoints(section.title)}`;
  }
  const title = withoutPoints(section.title);
  return section.number ? `${section.number}、${title}` : title;
}

/**
 * The same of a group, under our id; some official titles begin with a number of their own.
 *
 * @param {Report} report
 * @param {Group} group
 * @returns {string} nothing where the group has no title
 */
export function groupName({ lang }, { id, title, title_en: translation }) {
  const name = lang === "en" && translation ? translation : withoutPoints(title ?? "").replace(/^\d+．/, "");
  return name && `${id} ${name}`;
}

/** @param {string} title */
function withoutPoints(title) {
  return title.replace(/[。．]?（[\d.]+分）$/, "");
}

/**
 * A day in the words of the language.
 *
 * @param {string} iso
 * @param {string} lang
 */
export function dayIn(iso, lang) {
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}

/**
 * Official words, and their translation under them in the English report.
 *
 * @param {Report} report
 * @param {{ text: string, text_en?: string | null }} worded
 * @returns {Child[]}
 */
export function wording({ lang }, { text, text_en: translation }) {
  return [
    make("span", { lang: "zh-CN" }, text),
    lang === "en" && translation ? make("span", { class: "report-gloss" }, translation) : null,
  ];
}

/**
 * The heads of the table to fill in: those of the official table, ours where the standard has none.
 *
 * @param {Report} report
 * @returns {{ columns: string[], official: boolean, wide: boolean }} `wide`: one is for the standard of a section
 */
export function tableColumns({ t, standard }) {
  const official = Boolean(standard.columns?.length);
  const wide = official || standard.sections.some((section) => section.standard || section.merged_cell);
  const names = ["number", "section", ...(wide ? ["standard"] : []), "group", "item"];
  return { columns: official ? (standard.columns ?? []) : names.map((name) => t(`table.${name}`)), official, wide };
}

/**
 * @param {Report} report
 * @param {string[]} ids
 */
export function listed({ t }, ids) {
  return ids.join(t("marks.comma"));
}
