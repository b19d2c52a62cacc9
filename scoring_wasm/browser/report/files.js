/**
 * The files a visitor can take along: the plan for a spreadsheet, the year's dates for a calendar.
 *
 * @typedef {import("./data.js").Result} Result
 * @typedef {import("./data.js").Standard} Standard
 * @typedef {import("./data.js").Guidance} Guidance
 * @typedef {import("./words.js").Words} Words
 */

import { planOrder } from "./data.js";
import { translator } from "./words.js";

/** A spreadsheet takes a cell that begins so for a formula; an apostrophe in front makes it text (as in `scoring.csv_cells`). */
const FORMULA = /^[ \u00a0\u3000]*[=+\-@＝＋－＠﹦﹢﹣﹫−'\t\r\n\0]/;
/** Octets of a line of iCalendar, without its end (RFC 5545, 3.1). */
const FOLD = 75;

/**
 * The improvement plan as CSV (RFC 4180, UTF-8 with the mark by which Excel knows it), in the order asked for.
 *
 * @param {Result} result
 * @param {Standard} standard
 * @param {Words} words
 * @param {"zh" | "en"} lang
 * @param {import("./data.js").Order} [order]
 * @returns {string}
 */
export function planCsv(result, standard, words, lang, order) {
  const t = translator(words);
  const items = new Map(standard.sections.flatMap((section) => section.groups.flatMap((group) => group.items)).map((item) => [item.id, item]));
  const open = new Map(result.open.map((item) => [item.id, item]));
  const sized = result.open.some((item) => item.effort_label);
  const timely = result.agenda ? ["role", ...(sized ? ["by"] : [])] : [];
  const names = ["id", "text", ...(lang === "en" ? ["translation"] : []), ...(result.scored ? ["points"] : []), ...(sized ? ["effort"] : []), "owner", "due", ...timely, "state"];
  const days = new Map((result.agenda?.rows ?? []).map((row) => [row.id, row]));
  const rows = planOrder(result, order).map((id) => {
    const item = open.get(id);
    /** @type {Record<string, string | null | undefined>} */
    const cells = {
      id,
      text: items.get(id)?.text,
      translation: items.get(id)?.text_en,
      points: item?.points,
      effort: item?.effort_label,
      owner: item?.owner,
      due: item?.due,
      role: days.get(id)?.role,
      by: item?.due ? "" : days.get(id)?.by, // the visitor's own day is none that we suggest
      state: item?.check ? t("plan.check") : "",
    };
    return names.map((name) => cells[name] ?? "");
  });
  const lines = [names.map((name) => t(`plan.${name}`)), ...rows].map((cells) => cells.map(csvCell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** @param {string} value */
function csvCell(value) {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * What is still ahead as a calendar (RFC 5545): the periods of the guidance that end this year or next, with a reminder a month
 * before their end, and the visitor's own dates, with one a week before. All-day events that keep nobody busy. An event keeps its
 * identity, so that importing the file again changes it and adds none.
 *
 * @param {Guidance} guidance
 * @param {{ id: string, text: string, due: string, owner: string }[]} dues
 * @param {string} today as 2026-06-30
 * @param {Words} words
 * @param {"zh" | "en"} lang
 * @param {string} stamp when the file is made, as 2026-06-30T08:00:00Z
 * @returns {string}
 */
export function calendarIcs(guidance, dues, today, words, lang, stamp) {
  const t = translator(words);
  const made = new Date(stamp).toISOString().replace(/[-:]|\.\d+/g, "");
  /**
   * @param {string} id
   * @param {string} from
   * @param {string} until
   * @param {string} trigger
   * @param {string} title
   * @param {string} about
   */
  const event = (id, from, until, trigger, title, about) => [
    "BEGIN:VEVENT",
    `UID:${guidance.standard}-${id}@trade-secret-self-assessment`,
    `DTSTAMP:${made}`,
    `DTSTART;VALUE=DATE:${day(from)}`,
    `DTEND;VALUE=DATE:${day(until, 1)}`, // the day after the last
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(about)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `TRIGGER;RELATED=END:${trigger}`,
    `DESCRIPTION:${escaped(title)}`,
    "END:VALARM",
    "END:VEVENT",
  ];
  const thisYear = Number(today.slice(0, 4));
  const years = [thisYear, thisYear + 1].map((year) => String(year).padStart(4, "0"));
  const periods = years.flatMap((year) =>
    (guidance.calendar ?? [])
      .filter((period) => `${year}-${period.until}` >= today)
      .flatMap((period) => {
        const about = `${t("calendar.ids", { items: period.items.join(t("marks.comma")) })}\n${guidance.ours[lang]}`;
        // At nine, thirty days before the day after the last.
        return event(`${period.id}-${year}`, `${year}-${period.from}`, `${year}-${period.until}`, "-P29DT15H", period.text[lang], about);
      }),
  );
  const own = dues
    .filter(({ due }) => due >= today && due < "9999-12-31") // which has no day after it
    .flatMap(({ id, text, due, owner }) => {
      const about = [text, owner && t("calendar.owner", { owner })].filter(Boolean).join("\n");
      return event(`due-${id}`, due, due, "-P6DT15H", t("calendar.due", { item: id }), about);
    });
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//trade-secret-self-assessment//calendar//${lang.toUpperCase()}`,
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(t("calendar.title"))}`,
    ...periods,
    ...own,
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/**
 * @param {string} iso as 2026-06-30
 * @param {number} [after] days to add
 */
function day(iso, after = 0) {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + after);
  return date.toISOString().slice(0, 10).replace(/-/g, "");
}

/** @param {string} text in which RFC 5545 allows no signs of control but the tab */
function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[^\P{Cc}\t]/gu, " ");
}

/** @param {string} line */
function folded(line) {
  const encoder = new TextEncoder();
  let text = "";
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > FOLD) {
      text += "\r\n ";
      octets = 1;
    }
    text += letter;
    octets += size;
  }
  return text;
}
