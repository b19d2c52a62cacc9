/**
 * Where answers are kept: in the tab unless the visitor says otherwise. Storage may be full, denied or absent; then `Refused` is
 * thrown, and the page says so.
 *
 * @typedef {{ id: string, name: string, saved: string, file: string }} Draft `file`: the exported form as text
 */

export class Refused extends Error {}

const FAMILY = "self-assessment:";

export class Drafts {
  /** @param {string} standard the id of the standard, so that columns on one server do not mix */
  constructor(standard) {
    /** @private */
    this.tabKey = `${FAMILY}${standard}:tab`;
    /** @private */
    this.draftKey = `${FAMILY}${standard}:draft:`;
  }

  /** @returns {Draft[]} newest first */
  list() {
    return attempt(() =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(this.draftKey))
        .flatMap((key) => read(localStorage.getItem(key), key.slice(this.draftKey.length)))
        .sort((one, other) => other.saved.localeCompare(one.saved) || one.name.localeCompare(other.name)),
    );
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
   * Keep a draft on the device, in place of one with the same name.
   *
   * @param {string} name
   * @param {string} saved the day
   * @param {string} file
   */
  save(name, saved, file) {
    const drafts = this.list();
    const id = drafts.find((draft) => draft.name === name)?.id ?? `${Date.now().toString(36)}${drafts.length}`;
    attempt(() => localStorage.setItem(this.draftKey + id, JSON.stringify({ name, saved, file })));
  }

  /** @param {string} id */
  erase(id) {
    attempt(() => localStorage.removeItem(this.draftKey + id));
  }

  eraseAll() {
    this.list().forEach((draft) => this.erase(draft.id));
  }

  /** Leave nothing of ours behind, in the tab and on the device. */
  leave() {
    attempt(() => {
      for (const storage of [sessionStorage, localStorage]) {
        for (const key of Object.keys(storage).filter((name) => name.startsWith(FAMILY) || name === "appearance")) {
          storage.removeItem(key);
        }
      }
    });
  }
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
    const { name, saved, file } = JSON.parse(text ?? "");
    return [name, saved, file].every((part) => typeof part === "string") ? [{ id, name, saved, file }] : [];
  } catch {
    return [];
  }
}
