/**
 * Where answers are kept: in the tab unless the visitor says otherwise. Storage may be full, denied or absent; then `Refused` is
 * thrown, and the page says so.
 *
 * @typedef {{ id: string, name: string, saved: string, file: string, kept?: number }} Draft `file`: the exported form as text; `kept`:
 *   the moment, by which one keeping is told from the next
 */

import { isOwn, ownKey } from "../column.js";

class Refused extends Error {}

const FAMILY = "self-assessment:";
/** The keys of before, which do not say which column of this host wrote them. */
const isOld = (/** @type {string} */ key) => key.startsWith(FAMILY) || key === "appearance";

export class Drafts {
  /** @param {string} standard the id of the standard, which may be replaced by another */
  constructor(standard) {
    /** @private */
    this.oldTabKey = `${FAMILY}${standard}:tab`;
    /** @private */
    this.oldDraftKey = `${FAMILY}${standard}:draft:`;
    /** @private */
    this.tabKey = ownKey(this.oldTabKey);
    /** @private */
    this.draftKey = ownKey(this.oldDraftKey);
    /** Under which it is noted that the visitor was asked about the old keys. @private */
    this.askedKey = ownKey(`${FAMILY}${standard}:asked`);
  }

  /** @returns {Draft[]} newest first */
  list() {
    return attempt(() => draftsBelow(this.draftKey));
  }

  /** Whether a key is that of a draft of this column. @param {string} key */
  isDraft(key) {
    return key.startsWith(this.draftKey);
  }

  /** What this tab kept before it was reloaded. @returns {string | null} */
  tab() {
    return attempt(() => sessionStorage.getItem(this.tabKey));
  }

  /** @param {string} file */
  keepInTab(file) {
    attempt(() => sessionStorage.setItem(this.tabKey, file));
  }

  /**
   * Keep a draft on the device.
   *
   * @param {Omit<Draft, "id">} draft
   * @param {string} [id] of the draft whose place it takes
   * @returns {Draft}
   */
  save(draft, id = `${Date.now().toString(36)}${this.list().length}`) {
    const kept = { ...draft, kept: Date.now() };
    attempt(() => localStorage.setItem(this.draftKey + id, JSON.stringify(kept)));
    return { ...kept, id };
  }

  /** @param {string} id */
  erase(id) {
    attempt(() => localStorage.removeItem(this.draftKey + id));
  }

  eraseAll() {
    this.list().forEach((draft) => this.erase(draft.id));
  }

  /**
   * What stands under the old keys, as long as the visitor has not been asked about it in this column.
   *
   * @returns {{ drafts: Draft[], tab: string | null }}
   */
  old() {
    return attempt(() => ({
      drafts: localStorage.getItem(this.askedKey) ? [] : draftsBelow(this.oldDraftKey),
      tab: sessionStorage.getItem(this.askedKey) ? null : sessionStorage.getItem(this.oldTabKey),
    }));
  }

  /** Copy drafts from under the old keys. @param {Draft[]} drafts */
  adoptOld(drafts) {
    attempt(() => drafts.forEach(({ id, ...draft }) => localStorage.setItem(this.draftKey + id, JSON.stringify(draft))));
  }

  /** Do not offer again, in this column, what stands under the old keys. */
  closeOld() {
    attempt(() => storages().forEach((storage) => storage.setItem(this.askedKey, "yes")));
  }

  /** Whether anything stands under the old keys. */
  hasOld() {
    return attempt(() => storages().some((storage) => Object.keys(storage).some(isOld)));
  }

  /**
   * Leave nothing of this column behind, in the tab and on the device.
   *
   * @param {boolean} [old] nor anything under the old keys
   */
  leave(old = false) {
    attempt(() => {
      for (const storage of storages()) {
        for (const key of Object.keys(storage).filter((name) => isOwn(name) || (old && isOld(name)))) {
          storage.removeItem(key);
        }
      }
    });
  }
}

function storages() {
  return [sessionStorage, localStorage];
}

/** @param {string} prefix of their keys; the rest is the draft's id */
function draftsBelow(prefix) {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => read(localStorage.getItem(key), key.slice(prefix.length)))
    .sort((one, other) => other.saved.localeCompare(one.saved) || (other.kept ?? 0) - (one.kept ?? 0) || one.name.localeCompare(other.name));
}

/**
 * Do something with storage; where the browser refuses, do something else.
 *
 * @template Result
 * @param {() => Result} use
 * @param {() => Result} refused
 * @returns {Result}
 */
export function unlessRefused(use, refused) {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refused();
  }
}

/**
 * @template Result
 * @param {() => Result} use
 * @returns {Result}
 */
function attempt(use) {
  try {
    return use();
  } catch (error) {
    throw new Refused(String(error));
  }
}

/**
 * @param {string | null} text
 * @param {string} id
 * @returns {Draft[]} nothing where somebody else's text stands under our key
 */
function read(text, id) {
  try {
    const { name, saved, file, kept } = JSON.parse(text ?? "");
    return [name, saved, file].every((part) => typeof part === "string") ? [{ id, name, saved, file, kept }] : [];
  } catch {
    return [];
  }
}
