/**
 * The sheet in use: what stands in it now, how to change it, how to take a change back, and who is told. No page in here.
 *
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./sheet.js").AnswersFile} AnswersFile
 * @typedef {import("./sheet.js").StandardName} StandardName
 *
 * @typedef {"change" | "undo" | "reset"} Cause
 * @typedef {(sheet: Readonly<Sheet>, cause: Cause) => void} Listener
 *
 * @typedef {object} StoreOptions
 * @property {StandardName} standard
 * @property {string[]} items the ids of the standard, in its order
 * @property {() => string} today as 2026-11-22
 */

import { copyOf, emptySheet, fromFile, markOf, toFile } from "./sheet.js";

const MOST_UNDO = 100;

export class Store {
  /** @param {StoreOptions} options */
  constructor({ standard, items, today }) {
    /** @private */
    this.standard = standard;
    /** @private */
    this.items = items;
    /** @private */
    this.today = today;
    /** @private @type {Sheet} */
    this.sheet = emptySheet();
    /** The sheets before each step. @private @type {Sheet[]} */
    this.past = [];
    /** @private @type {unknown} */
    this.field = null;
    /** @private @type {Listener[]} */
    this.listeners = [];
    /** Counts the changes, so that a late answer to an earlier sheet is recognised. */
    this.edition = 0;
  }

  /** @returns {Readonly<Sheet>} which stays as it is: a change makes another */
  get() {
    return this.sheet;
  }

  /** The answers in the exported format. */
  file() {
    return toFile(this.sheet, this.standard, this.items, this.today());
  }

  /** The same as the tab keeps it over a reload. */
  forTab() {
    return { ...this.file(), draft: this.sheet.draft, denied: this.sheet.denied };
  }

  /** @param {Listener} listener called after every change, in the order of subscribing */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  get canUndo() {
    return this.past.length > 0;
  }

  /**
   * Change the sheet; a step that undo takes back.
   *
   * @param {(sheet: Sheet) => void} use changes the sheet that it is given
   * @param {unknown} [field] where the visitor is typing: all that is typed there in a row is one step
   */
  change(use, field = null) {
    if (field === null || field !== this.field) {
      this.past.push(this.sheet);
      this.past.splice(0, this.past.length - MOST_UNDO);
    }
    this.field = field;
    const sheet = copyOf(this.sheet);
    sheet.created = this.today();
    use(sheet);
    this.set(sheet, "change");
  }

  /**
   * Put a file's answers in place of all that stands here; a step, too.
   *
   * @param {AnswersFile} file which keeps its own day
   * @param {import("./sheet.js").DraftMark} [draft] that it is
   */
  adopt(file, draft) {
    this.change((sheet) => Object.assign(sheet, fromFile(file), { draft: markOf(draft), denied: undefined }));
  }

  /**
   * Note that the sheet was saved; nothing that undo takes back: the steps that led to it since another draft was opened are the
   * draft's, too.
   *
   * @param {import("./sheet.js").DraftMark} draft
   */
  savedAs(draft) {
    const before = this.sheet.draft?.id;
    for (let at = this.past.length - 1; this.past[at] && this.past[at]?.draft?.id === before; at -= 1) {
      this.past[at] = { .../** @type {Sheet} */ (this.past[at]), draft: markOf(draft) };
    }
    this.sheet = { ...this.sheet, draft: markOf(draft) };
  }

  /** Take back the last step. */
  undo() {
    const before = this.past.pop();
    if (before) {
      this.field = null;
      this.set(before, "undo");
    }
  }

  /** Begin anew, with nothing to take back. @param {Sheet} [sheet] */
  reset(sheet = emptySheet()) {
    this.past = [];
    this.field = null;
    this.set(sheet, "reset");
  }

  /**
   * @private
   * @param {Sheet} sheet
   * @param {Cause} cause
   */
  set(sheet, cause) {
    this.sheet = sheet;
    this.edition += 1;
    this.listeners.forEach((listener) => listener(sheet, cause));
  }
}
