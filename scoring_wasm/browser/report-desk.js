/**
 * The controls of the report: make, print, and what can be taken away as files.
 *
 * @typedef {object} Source
 * @property {() => { unit: string }} file the current answers in the exported format
 * @property {(request: object) => Promise<any>} ask the core; null if it is not to be had
 * @property {() => Promise<any>} standardData
 * @property {() => string} unit
 */

import { calendarIcs, download, fileName, planCsv } from "./files.js";
import { fill, find, today } from "./page.js";

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
  /** @type {{ result: any, standard: any, guidance: any } | undefined} */
  let made;

  // A report says what was true when it was made: after a change it must be made again.
  document.addEventListener("answers-changed", () => {
    if (made) {
      made = undefined;
      files.forEach((button) => (button.hidden = true));
      place.replaceChildren();
      told.textContent = words.told.stale_report;
    }
  });

  find(desk, "[data-report-make]").addEventListener("click", async () => {
    if (target && !target.checkValidity()) {
      told.textContent = `${words.report_target}: ${target.validationMessage}`;
      return;
    }
    told.textContent = words.told.busy;
    const answers = source.file();
    const reply = await source.ask({ op: "score", answers, ...(target?.value ? { target: target.value } : {}) });
    // Loaded when wanted: most visits end before a report.
    const [data, report] = await Promise.all([source.standardData(), import("./report.js")]).catch(() => []);
    if (!reply?.ok || !data || !report) {
      told.textContent = reply && !reply.ok ? reply.problems.join("; ") : words.told.unready;
      return;
    }
    made = { result: reply.result, ...data };
    place.replaceChildren(
      report.renderReport({ ...data, order: orderOf(), offers: offers(), result: reply.result, answers, words: reportWords, lang: language, today: today(), name: source.unit() }),
    );
    files.forEach((button) => (button.hidden = false));
    find(desk, "[data-report-calendar]").hidden = !data.guidance?.calendar?.length;
    told.textContent = "";
    place.scrollIntoView({ block: "start" });
  });

  find(desk, "[data-report-print]").addEventListener("click", () => {
    document.body.classList.add("printing-report");
    window.print();
    document.body.classList.remove("printing-report");
  });
  find(desk, "[data-report-plan]").addEventListener("click", () => {
    if (made) {
      const text = planCsv(made.result, made.standard, reportWords, language, orderOf());
      download(`${fileName([words.plan_file, source.unit(), today()])}.csv`, "text/csv", text);
    }
  });
  find(desk, "[data-report-calendar]").addEventListener("click", () => {
    if (made) {
      const now = new Date();
      const stamp = now.toISOString();
      const text = calendarIcs(made.guidance, now.getFullYear(), reportWords, language, stamp);
      download(`${fileName([words.calendar_file, String(now.getFullYear())])}.ics`, "text/calendar", text);
      told.textContent = fill(words.told.year, { year: now.getFullYear() });
    }
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
