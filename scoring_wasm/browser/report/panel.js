/**
 * The report's panel: make it, print it, and what can be taken away as files.
 *
 * @typedef {import("../form/form.js").Assessment} Assessment
 * @typedef {import("../form/sheet.js").AnswersFile} AnswersFile
 * @typedef {import("./data.js").Order} Order
 *
 * @typedef {object} Made a report in sight, and what it was made from
 * @property {any} result
 * @property {any} standard
 * @property {any} guidance
 * @property {AnswersFile} answers
 * @property {typeof import("./files.js")} files
 */

import { faultsInWords, fill, find, printAs, put, today } from "../page.js";
import { download, fileName } from "../save-file.js";
import { withPageMargins } from "./paper.js";

const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** The npm package `docx`, which the bundler puts here. */
const LIBRARY = new URL("../docx.js", import.meta.url);

/**
 * @param {HTMLElement} element
 * @param {Assessment} assessment
 * @param {Record<string, any>} reportWords
 */
export function mountReportPanel(element, assessment, reportWords) {
  const panel = new ReportPanel(element, assessment, reportWords);
  // A report says what was true when it was made: after a change it must be made again.
  assessment.store.subscribe(() => panel.discard());
  // A report in sight keeps step with what it was asked for.
  panel.order.addEventListener("change", () => panel.made && void panel.make());
  panel.target?.addEventListener("input", () => panel.made && void panel.make());
  find(element, "[data-report-make]").addEventListener("click", async () => {
    if (await panel.make()) panel.enter();
  });
  find(element, "[data-report-print]").addEventListener("click", () => {
    withPageMargins(reportWords, assessment.store.get().unit);
    printAs("printing-report");
  });
  find(element, "[data-report-word]").addEventListener("click", () => panel.made && void panel.downloadWord(panel.made));
  find(element, "[data-report-plan]").addEventListener("click", () => panel.made && panel.downloadPlan(panel.made));
  find(element, "[data-report-calendar]").addEventListener("click", () => panel.made && panel.downloadCalendar(panel.made));
}

class ReportPanel {
  /**
   * @param {HTMLElement} element
   * @param {Assessment} assessment
   * @param {Record<string, any>} reportWords
   */
  constructor(element, assessment, reportWords) {
    this.assessment = assessment;
    this.reportWords = reportWords;
    this.place = find(element, "[data-report]");
    this.told = find(element, "[data-report-told]");
    this.order = /** @type {HTMLSelectElement} */ (find(element, "[data-order]"));
    this.target = /** @type {HTMLInputElement | null} */ (element.querySelector("[data-target]"));
    this.calendarButton = find(element, "[data-report-calendar]");
    this.buttons = [find(element, "[data-report-print]"), find(element, "[data-report-word]"), find(element, "[data-report-plan]"), this.calendarButton];
    /** @type {Made | undefined} */
    this.made = undefined;
    /** Counts what was asked for: an answer to an earlier question makes no report. */
    this.turn = 0;
  }

  /** @returns {Promise<boolean>} whether there is a report now */
  async make() {
    const { store, core, words } = this.assessment;
    if (!this.isTargetSound()) return false;
    if (!this.made) this.told.textContent = words.told.busy;
    const turn = ++this.turn;
    const asked = store.edition;
    const answers = store.file();
    const reply = await core.ask({ op: "score", answers, today: today(), ...(this.target?.value ? { target: String(this.target.valueAsNumber) } : {}) });
    const parts = await load(core).catch(() => null);
    if (turn !== this.turn) return false;
    if (asked !== store.edition) return this.make();
    if (!reply?.ok || !parts) {
      this.told.textContent = reply && !reply.ok ? faultsInWords(reply.faults, words).join(" ") : words.told.unready;
      return false;
    }
    const { renderReport, ...rest } = parts;
    this.show({ result: reply.result, answers, ...rest }, renderReport);
    return true;
  }

  /**
   * @param {Made} made
   * @param {typeof import("./report.js").renderReport} renderReport
   */
  show(made, renderReport) {
    const { answers, guidance } = made;
    this.made = made;
    put(this.place, renderReport({ ...this.input(made), order: this.orderAsked(), offers: offers() }));
    this.buttons.forEach((button) => (button.hidden = false));
    this.calendarButton.hidden = !(guidance?.calendar?.length || dues(answers).some(({ due }) => due >= today()));
    this.told.textContent = this.assessment.words.told.report_made;
  }

  /** Bring the eye, the keyboard and the voice to the report's title. */
  enter() {
    const title = this.place.querySelector("h2, h3");
    this.place.scrollIntoView({ block: "start" });
    if (title instanceof HTMLElement) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
  }

  /** Whether the target is empty or one that can be reached; a fault is said beside it. */
  isTargetSound() {
    if (!this.target) return true;
    const isSound = this.target.checkValidity();
    this.target.setAttribute("aria-invalid", String(!isSound));
    const fault = isSound ? "" : fill(this.assessment.words.told.target, { max: this.target.max });
    find(document, "[data-target-fault]").textContent = fault;
    this.told.textContent = fault;
    if (!isSound) this.target.focus();
    return isSound;
  }

  /**
   * What every form of the report is made from.
   *
   * @param {Made} made
   */
  input(made) {
    return { ...made, words: this.reportWords, lang: this.assessment.language, today: today(), name: made.answers.name ?? "" };
  }

  discard() {
    if (!this.made) return;
    this.made = undefined;
    this.buttons.forEach((button) => (button.hidden = true));
    put(this.place);
    this.told.textContent = this.assessment.words.told.stale_report;
  }

  orderAsked() {
    return /** @type {Order} */ (this.order.value);
  }

  /** The official table; its library comes from this site, and only now. @param {Made} made */
  async downloadWord(made) {
    const { words } = this.assessment;
    this.told.textContent = words.told.busy;
    try {
      const [docx, { wordFile }] = await Promise.all([import(LIBRARY.href), import("./word.js")]);
      const file = await wordFile(this.input(made), docx);
      download(`${fileName([words.word_file, made.answers.unit ?? "", today()])}.docx`, WORD_TYPE, file);
      this.told.textContent = words.told.word;
    } catch {
      this.told.textContent = words.told.no_word;
    }
  }

  /** @param {Made} made */
  downloadPlan({ result, standard, answers, files }) {
    const { language, words } = this.assessment;
    const text = files.planCsv(result, standard, this.reportWords, language, this.orderAsked());
    download(`${fileName([words.plan_file, answers.unit ?? "", today()])}.csv`, "text/csv", text);
    this.told.textContent = words.told.plan;
  }

  /** @param {Made} made */
  downloadCalendar({ standard, guidance, answers, files }) {
    const { language, words } = this.assessment;
    const text = files.calendarIcs(guidance ?? { standard: standard.id, ours: { zh: "", en: "" } }, dues(answers), today(), this.reportWords, language, new Date().toISOString());
    download(`${fileName([words.calendar_file, answers.unit ?? "", today()])}.ics`, "text/calendar", text);
    this.told.textContent = words.told.calendar;
  }
}

/** What a report is made from and with. Loaded when wanted: most visits end before a report. @param {Assessment["core"]} core */
async function load(core) {
  const [{ standard, guidance }, { renderReport }, files] = await Promise.all([core.standardData(), import("./report.js"), import("./files.js")]);
  return { standard, guidance, renderReport, files };
}

/**
 * The visitor's own dates, with the item's wording as the form has it.
 *
 * @param {AnswersFile} file
 */
function dues({ answers }) {
  return Object.entries(answers).flatMap(([id, { due, owner = "" }]) => {
    const text = document.querySelector(`[data-row="${CSS.escape(id)}"] .item-text > span`)?.textContent ?? "";
    return due ? [{ id, due, owner, text }] : [];
  });
}

/** What the site has for each item, from the links that stand in the form. */
function offers() {
  const lines = Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-offers]")));
  return Object.fromEntries(
    lines.map((line) => [
      line.dataset.offers ?? "",
      Array.from(line.querySelectorAll("a"), (link) => ({ title: link.textContent ?? "", url: link.href })),
    ]),
  );
}
