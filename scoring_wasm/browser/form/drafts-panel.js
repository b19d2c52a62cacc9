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
 * @property {number} [exported] the edition of the sheet that was last taken out as a file
 */

import { forgetOffline } from "../engine/offline.js";
import { fill, find, make, put, today, wholeDays } from "../page.js";
import { unlessRefused } from "./drafts.js";
import { importText, mountFiles } from "./file-exchange.js";
import { askFirst, Notice } from "./notice.js";
import { offerOldDrafts } from "./old-drafts.js";
import { isFilled, readKept } from "./sheet.js";

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
  erase.addEventListener("click", () =>
    askFirst(erase, fill(words.draft_erase_one_sure, { name: draft.name }), words, () => eraseDrafts(panel, () => drafts.erase(draft.id))),
  );
  return make("li", {}, make("span", {}, ...wholeDays(label)), open, erase);
}

/**
 * @param {Panel} panel
 * @param {Draft} draft
 */
function openDraft(panel, draft) {
  const { name, file: text } = draft;
  const { store, standard } = panel.assessment;
  const file = readKept(text);
  if (!file) {
    panel.notice.tell("damaged");
  } else if (file.standard.sha256 !== standard.sha256) {
    void importText(panel, text, name); // it was kept before the standard changed
  } else {
    const isReplaced = isFilled(store.get());
    store.adopt({ ...file, name }, draft);
    panel.notice.tell("opened", { name }, isReplaced && "replaced");
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
  const { store, drafts, words } = panel.assessment;
  const button = find(panel.element, "[data-draft-save]");
  button.addEventListener("click", () => {
    const { name, unit, draft } = store.get();
    const title = name.trim() || unit || today();
    const all = unlessRefused(() => drafts.list(), () => []);
    const taken = all.find((one) => one.name === title);
    const isOurs = taken?.id === draft?.id;
    if (!taken || (isOurs && taken.kept === draft?.kept)) {
      save(panel, title, taken?.id);
      return;
    }
    // Somebody else's answers may stand under this name, or another tab has kept its own there since.
    askFirst(button, fill(words[isOurs ? "draft_changed_sure" : "draft_replace_sure"], { name: title, date: taken.saved }), words, () => save(panel, title, taken.id), {
      yes: words.draft_replace,
      instead: { text: words.draft_save_other, act: () => save(panel, freeName(title, all.map((one) => one.name))) },
    });
  });
}

/**
 * @param {Panel} panel
 * @param {string} name
 * @param {string} [id] of the draft whose place it takes
 */
function save(panel, name, id) {
  const { store, drafts } = panel.assessment;
  const file = JSON.stringify(store.file());
  if (isStored(panel, () => store.savedAs(drafts.save({ name, saved: today(), file }, id)))) {
    unlessRefused(() => drafts.keepInTab(JSON.stringify(store.forTab())), () => undefined);
    showDrafts(panel);
    panel.notice.tell("saved", { name });
  }
}

/**
 * A name with the first number that makes it another than all there are.
 *
 * @param {string} name
 * @param {string[]} taken
 */
function freeName(name, taken) {
  let number = 2;
  while (taken.includes(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
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
    const isLost = isFilled(panel.assessment.store.get()) && panel.exported !== panel.assessment.store.edition;
    const question = count ? fill(words.leave_sure, { count }) : isLost ? words.leave_sure_filled : words.leave_sure_old;
    if (count || isLost || more) askFirst(button, question, words, () => void leave(panel, old.checked), { more });
    else void leave(panel);
  });
}

/**
 * @param {Panel} panel
 * @param {boolean} [old] erase what stands under the old keys, too
 */
async function leave(panel, old) {
  const { form, store, drafts } = panel.assessment;
  store.reset();
  unlessRefused(() => drafts.leave(old), () => undefined); // what storage refuses to show, it never kept
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
  return unlessRefused(() => panel.assessment.drafts.list().length, () => 0);
}
