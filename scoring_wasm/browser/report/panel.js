/**
 * The controls of the report: make, print, and what can be taken away as files.
 *
 * @typedef {object} Source
 * @property {() => import("./sheet.js").AnswersFile} file the current answers in the exported format
 * @property {(request: object) => Promise<any>} ask the core; null if it is not to be had
 * @property {() => Promise<any>} standardData
 */

import { calendarIcs, download, fileName, planCsv } from "./files.js";
import { faultsInWords, fill, find, printAs, today } from "./page.js";

/**
 * @param {HTMLElement} desk
 * @param {Source} source
 * @param {{ words: Record<string, any>, reportWords: Record<string, any>, language: "zh" | "en" }} texts
 */
export function mountReport(desk, source, { words, reportWords, language }) {
  const place = find(desk, "[data-report]");
  const told = find(desk, "[data-report-told]");
  const order = /** @type {HTMLSelectElement} */ (find(desk, "[data-order]"));
  const orderOf = () => /** @type {import("./report-data.js").Order} */ (order.value);
  const target = /** @type {HTMLInputElement | null} */ (desk.querySelector("[data-target]"));
  const files = ["[data-report-print]", "[data-report-plan]", "[data-report-calendar]"].map((selector) => find(desk, selector));
  /** @type {{ result: any, standard: any, guidance: any, answers: import("./sheet.js").AnswersFile } | undefined} */
  let made;

  /** Counts what was asked for, and the changes meanwhile: a late answer makes no report. */
  let turn = 0;
  let edition = 0;

  // A report says what was true when it was made: after a change it must be made again.
  document.addEventListener("answers-changed", () => {
    edition += 1;
    if (made) {
      made = undefined;
      files.forEach((button) => (button.hidden = true));
      place.replaceChildren();
      told.textContent = words.told.stale_report;
    }
  });

  // A report in sight keeps step with what it was asked for.
  for (const control of [order, target]) {
    control?.addEventListener("change", () => made && void makeReport());
  }
  find(desk, "[data-report-make]").addEventListener("click", async () => {
    if (await makeReport()) place.scrollIntoView({ block: "start" });
  });

  /** @returns {Promise<boolean>} whether there is a report now */
  async function makeReport() {
    if (target && !target.checkValidity()) {
      told.textContent = fill(words.told.target, { max: target.max });
      return false;
    }
    told.textContent = words.told.busy;
    const [mine, asked] = [++turn, edition];
    const answers = source.file();
    const reply = await source.ask({ op: "score", answers, ...(target?.value ? { target: target.value } : {}) });
    // Loaded when wanted: most visits end before a report.
    const [data, report] = await Promise.all([source.standardData(), import("./report.js")]).catch(() => []);
    if (mine !== turn) return false;
    if (asked !== edition) return makeReport();
    if (!reply?.ok || !data || !report) {
      told.textContent = reply && !reply.ok ? faultsInWords(reply.faults, words).join(" ") : words.told.unready;
      return false;
    }
    made = { result: reply.result, answers, ...data };
    place.replaceChildren(
      report.renderReport({ ...data, order: orderOf(), offers: offers(), result: reply.result, answers, words: reportWords, lang: language, today: today(), name: answers.name }),
    );
    files.forEach((button) => (button.hidden = false));
    find(desk, "[data-report-calendar]").hidden = !data.guidance || !(data.guidance.calendar?.length || dues(answers).length);
    told.textContent = "";
    return true;
  }

  find(desk, "[data-report-print]").addEventListener("click", () => printAs("printing-report"));
  find(desk, "[data-report-plan]").addEventListener("click", () => {
    if (made) {
      const text = planCsv(made.result, made.standard, reportWords, language, orderOf());
      download(`${fileName([words.plan_file, made.answers.unit ?? "", today()])}.csv`, "text/csv", text);
    }
  });
  find(desk, "[data-report-calendar]").addEventListener("click", () => {
    if (made) {
      const text = calendarIcs(made.guidance, dues(made.answers), today(), reportWords, language, new Date().toISOString());
      download(`${fileName([words.calendar_file, made.answers.unit ?? "", today()])}.ics`, "text/calendar", text);
      told.textContent = words.told.calendar;
    }
  });
}

/**
 * The visitor's own dates, with the item's wording as the form has it.
 *
 * @param {import("./sheet.js").AnswersFile} file
 */
function dues({ answers }) {
  return Object.entries(answers).flatMap(([id, { due, owner = "" }]) => {
    const text = document.querySelector(`[data-row="${CSS.escape(id)}"] .item-text > span`)?.textContent ?? "";
    return due ? [{ id, due, owner, text }] : [];
  });
}

/** What the site has for each item, from the links that stand in the form. */
function offers() {
  /** @type {Record<string, { title: string, url: string }[]>} */
  const found = {};
  for (const line of document.querySelectorAll("[data-offers]")) {
    const links = Array.from(line.querySelectorAll("a"), (link) => ({ title: link.textContent ?? "", url: link.href }));
    found[/** @type {HTMLElement} */ (line).dataset.offers ?? ""] = links;
  }
  return found;
}
