/**
 * Drafts on this device, and leaving without a trace. Files stand in the same panel.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {import("./drafts.js").Draft} Draft
 *
 * @typedef {object} Panel what the parts of the panel share
 * @property {HTMLElement} element
 * @property {Notice} notice
 * @property {Assessment} assessment
 */

import { forgetOffline } from "../engine/offline.js";
import { fill, find, make, put, today } from "../page.js";
import { unlessRefused } from "./drafts.js";
import { importText, mountFiles } from "./file-exchange.js";
import { askFirst, Notice } from "./notice.js";
import { offerOldDrafts } from "./old-drafts.js";
import { readKept } from "./sheet.js";

/**
 * @param {HTMLElement} element
 * @param {Assessment} assessment
 */
export function mountDraftsPanel(element, assessment) {
  /** @type {Panel} */
  const panel = { element, notice: new Notice(element, assessment.words), assessment };
  mountFiles(panel);
  mountSaving(panel);
  mountErasing(panel);
  mountLeaving(panel);
  // Another tab of this browser keeps or erases drafts too.
  window.addEventListener("storage", (event) => {
    if (event.key === null || assessment.drafts.isDraft(event.key)) showDrafts(panel);
  });
  showDrafts(panel);
  offerOldDrafts(assessment, (adopt) => isStored(panel, adopt) && showDrafts(panel));
}

/**
 * Do something with storage; where the browser refuses, say so.
 *
 * @param {Panel} panel
 * @param {() => void} use
 * @returns {boolean} whether it was done
 */
function isStored({ notice }, use) {
  return unlessRefused(
    () => {
      use();
      return true;
    },
    () => {
      notice.tell("unsaved");
      return false;
    },
  );
}

/** Show the drafts, and tell the comparison of them. @param {Panel} panel */
function showDrafts(panel) {
  const { element, assessment } = panel;
  const { drafts, words } = assessment;
  isStored(panel, () => {
    const all = drafts.list().map((draft) => ({ draft, label: fill(words.draft_saved, { name: draft.name, date: draft.saved }) }));
    put(
      find(element, "[data-drafts]"),
      ...(all.length ? all.map(({ draft, label }) => draftRow(panel, draft, label)) : [make("li", {}, words.drafts_none)]),
    );
    find(element, "[data-drafts-erase]").hidden = !all.length;
    document.dispatchEvent(new Event("draftschange"));
  });
}

/**
 * @param {Panel} panel
 * @param {Draft} draft
 * @param {string} label
 */
function draftRow(panel, draft, label) {
  const { words, drafts } = panel.assessment;
  const open = make("button", { type: "button", "aria-label": fill(words.draft_open_of, { name: draft.name }) }, words.draft_open);
  const erase = make("button", { type: "button", "aria-label": fill(words.draft_erase_of, { name: draft.name }) }, words.draft_erase);
  open.addEventListener("click", () => openDraft(panel, draft));
  erase.addEventListener("click", () => eraseDrafts(panel, () => drafts.erase(draft.id)));
  return make("li", {}, make("span", {}, label), open, erase);
}

/**
 * @param {Panel} panel
 * @param {Draft} draft
 */
function openDraft(panel, { name, file: text }) {
  const { store, standard } = panel.assessment;
  const file = readKept(text);
  if (!file) {
    panel.notice.tell("damaged");
  } else if (file.standard.sha256 !== standard.sha256) {
    void importText(panel, text); // it was kept before the standard changed
  } else {
    store.adopt({ ...file, name });
    panel.notice.tell("opened", { name });
  }
}

/**
 * @param {Panel} panel
 * @param {() => void} erase
 */
function eraseDrafts(panel, erase) {
  if (isStored(panel, erase)) {
    showDrafts(panel);
    panel.notice.tell("erased");
    find(panel.element, "[data-draft-name]").focus();
  }
}

/** @param {Panel} panel */
function mountSaving(panel) {
  const { element, notice, assessment } = panel;
  find(element, "[data-draft-save]").addEventListener("click", () => {
    const file = assessment.store.file();
    const title = assessment.store.get().name.trim() || file.unit || today();
    if (isStored(panel, () => assessment.drafts.save(title, today(), JSON.stringify(file)))) {
      showDrafts(panel);
      notice.tell("saved", { name: title });
    }
  });
}

/** @param {Panel} panel */
function mountErasing(panel) {
  const { words, drafts } = panel.assessment;
  const button = find(panel.element, "[data-drafts-erase]");
  button.addEventListener("click", () =>
    askFirst(button, fill(words.draft_erase_sure, { count: numberOf(panel) }), words, () => eraseDrafts(panel, () => drafts.eraseAll())),
  );
}

/** @param {Panel} panel */
function mountLeaving(panel) {
  const { words, drafts } = panel.assessment;
  const button = find(panel.element, "[data-leave]");
  button.addEventListener("click", () => {
    const count = numberOf(panel);
    const old = make("input", { type: "checkbox" });
    const more = unlessRefused(() => drafts.hasOld(), () => false) ? make("p", {}, make("label", {}, old, " ", words.old_erase)) : null;
    const question = count ? fill(words.leave_sure, { count }) : words.leave_sure_old;
    if (count || more) askFirst(button, question, words, () => void leave(panel, old.checked), more);
    else void leave(panel);
  });
}

/**
 * @param {Panel} panel
 * @param {boolean} [old] erase what stands under the old keys, too
 */
async function leave(panel, old) {
  const { form, store, drafts } = panel.assessment;
  if (!isStored(panel, () => drafts.leave(old))) return;
  store.reset();
  isStored(panel, () => drafts.leave()); // what the emptied form has just kept
  showDrafts(panel);
  await forgetOffline().catch(() => undefined); // the browser keeps copies of our pages, never of answers
  // Without a network there is nowhere to go but to the browser's own page of errors.
  const home = form.dataset.home ?? "../";
  const isThere = await fetch(home, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
  if (isThere) window.location.replace(home);
  else panel.notice.tell("left");
}

/** How many drafts this device keeps. @param {Panel} panel */
function numberOf(panel) {
  let count = 0;
  isStored(panel, () => {
    count = panel.assessment.drafts.list().length;
  });
  return count;
}
