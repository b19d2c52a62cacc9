/**
 * The self-assessment. The sheet (store.js) is what the visitor filled in; each part of the page shows it and changes it, and knows
 * of no other part.
 *
 * @typedef {object} Assessment what the parts share
 * @property {HTMLFormElement} form
 * @property {import("./sheet.js").StandardName} standard
 * @property {string[]} items the ids of the standard
 * @property {Store} store
 * @property {Core} core
 * @property {Drafts} drafts
 * @property {"zh" | "en"} language
 * @property {Record<string, any>} words
 * @property {(text: string) => void} tell says something below the total
 * @property {(element: Element) => void} reveal brings the section of an element into sight where one is shown at a time
 */

import { Core } from "../engine/core.js";
import { find, today } from "../page.js";
import { mountComparePanel } from "../report/compare-panel.js";
import { mountReportPanel } from "../report/panel.js";
import { mountControls } from "./controls.js";
import { mountDraftsPanel } from "./drafts-panel.js";
import { Drafts, unlessRefused } from "./drafts.js";
import { mountEngineStatus } from "./engine-status.js";
import { mountItem } from "./item.js";
import { mountScores } from "./scores.js";
import { answerTo, emptySheet, isFilled, markOf, onStandard, readKept } from "./sheet.js";
import { Store } from "./store.js";
import { mountWays } from "./ways.js";

const form = document.querySelector("form[data-engine]");
if (form instanceof HTMLFormElement) {
  mount(form);
}

/** @param {HTMLFormElement} form */
function mount(form) {
  const { language, assessment: words, report: reportWords } = JSON.parse(document.getElementById("words")?.textContent ?? "");
  const standard = { id: form.dataset.standard ?? "", sha256: form.dataset.sha256 ?? "" };
  const rows = Array.from(/** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-row]")));
  const ids = rows.map((row) => row.dataset.row ?? "");
  const told = find(form, "[data-told]");
  /** @type {Assessment} */
  const assessment = {
    form,
    standard,
    items: ids,
    store: new Store({ standard, items: ids, today }),
    core: new Core(standard.id, language),
    drafts: new Drafts(standard.id),
    language,
    words,
    tell: (text) => (told.textContent = text),
    reveal: () => undefined,
  };
  assessment.reveal = mountWays(assessment);
  mountEngineStatus(assessment);
  mountScores(assessment);
  const items = rows.map((row) => mountItem(row, assessment));
  mountControls(assessment, items);
  mountComparePanel(find(document, "[data-compare-desk]"), assessment, reportWords);
  mountDraftsPanel(find(document, "[data-desk]"), assessment);
  mountReportPanel(find(document, "[data-report-desk]"), assessment, reportWords);
  keepInTab(assessment);
  const ticked = items.filter(({ box }) => box.checked).map(({ id }) => id);
  restore(assessment, ticked);
  if (ticked.length) assessment.core.start(); // the first touch was before this script
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-scripted]"))) {
    element.hidden = false;
  }
  // classic.js stands back; it takes over where a browser lacked something on the way here.
  form.dataset.mounted = "true";
}

/** @param {Assessment} assessment */
function keepInTab({ store, drafts, words, tell }) {
  store.subscribe((_sheet, cause) =>
    unlessRefused(
      () => drafts.keepInTab(JSON.stringify(store.forTab())),
      () => cause !== "reset" && tell(words.told.unsaved),
    ),
  );
}

/**
 * Bring back what this tab held before a reload, with what was ticked before the script came.
 *
 * @param {Assessment} assessment
 * @param {string[]} ticked
 */
function restore({ standard, items, store, drafts, words, tell }, ticked) {
  const text = unlessRefused(() => drafts.tab(), () => null);
  const kept = readKept(text);
  const sheet = kept ? { ...onStandard(kept, standard, items), draft: markOf(kept.draft), denied: kept.denied } : emptySheet();
  for (const id of ticked) {
    answerTo(sheet, id).met = true;
  }
  store.reset(sheet);
  if (text && !kept) {
    tell(words.told.damaged);
  } else if (kept && isFilled(sheet)) {
    tell(words.told[kept.standard.sha256 === standard.sha256 ? "restored" : "changed_standard"]);
  }
}
