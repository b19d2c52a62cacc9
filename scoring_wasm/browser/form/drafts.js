/**
 * Where answers are kept: in the tab unless the visitor says otherwise. Storage may be full, denied or absent; then `Refused` is
 * thrown, and the page says so.
 *
 * @typedef {{ id: string, name: string, saved: string, file: string }} Draft `file`: the exported form as text
 */

export class Refused extends Error {}

/** @param {string} standard the id of the standard, so that columns on one server do not mix */
export function createDrafts(standard) {
  const tabKey = `self-assessment:${standard}:tab`;
  const draftKey = `self-assessment:${standard}:draft:`;

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

  /** @returns {Draft[]} newest first */
  function list() {
    return attempt(() =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(draftKey))
        .flatMap((key) => read(localStorage.getItem(key), key.slice(draftKey.length)))
        .sort((one, other) => other.saved.localeCompare(one.saved) || one.name.localeCompare(other.name)),
    );
  }

  return {
    list,

    /** What this tab kept before it was reloaded. @returns {string | null} */
    tab: () => attempt(() => sessionStorage.getItem(tabKey)),

    /** @param {string} file */
    keepInTab: (file) => attempt(() => sessionStorage.setItem(tabKey, file)),

    /**
     * Keep a draft on the device, in place of one with the same name.
     *
     * @param {string} name
     * @param {string} saved the day
     * @param {string} file
     */
    save(name, saved, file) {
      const id = list().find((draft) => draft.name === name)?.id ?? `${Date.now().toString(36)}${list().length}`;
      attempt(() => localStorage.setItem(draftKey + id, JSON.stringify({ name, saved, file })));
    },

    /** @param {string} id */
    erase: (id) => attempt(() => localStorage.removeItem(draftKey + id)),

    eraseAll: () => attempt(() => list().forEach((draft) => localStorage.removeItem(draftKey + draft.id))),

    /** Leave nothing of ours behind, in the tab and on the device. */
    leave() {
      attempt(() => {
        for (const storage of [sessionStorage, localStorage]) {
          for (const key of Object.keys(storage).filter((one) => one.startsWith("self-assessment:") || one === "appearance")) {
            storage.removeItem(key);
          }
        }
      });
    },
  };
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
