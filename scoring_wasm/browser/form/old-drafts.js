/**
 * What was kept before keys bore the column's path: nothing tells which column of this host it belongs to. It is offered once, as a
 * copy, and stays where it is.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 */

import { find, make, put } from "../page.js";
import { unlessRefused } from "./drafts.js";
import { questionBox } from "./notice.js";
import { onStandard, readKept } from "./sheet.js";

/**
 * @param {Assessment} assessment
 * @param {(adopt: () => void) => void} store does it, where storage lets it, and shows the drafts anew
 */
export function offerOldDrafts(assessment, store) {
  const { form, drafts, words } = assessment;
  const old = unlessRefused(() => drafts.old(), () => ({ drafts: [], tab: null }));
  const tab = readKept(old.tab);
  if (!old.drafts.length && !tab) return;
  const yes = make("button", { type: "button" }, words.old_adopt);
  const no = make("button", { type: "button" }, words.told.refuse);
  yes.addEventListener("click", () =>
    store(() => {
      drafts.adoptOld(old.drafts);
      drafts.closeOld();
      if (tab) assessment.store.change((sheet) => Object.assign(sheet, onStandard(tab, assessment.standard, assessment.items)));
      assessment.tell(words.told.old_adopted);
    }),
  );
  no.addEventListener("click", () => store(() => drafts.closeOld()));
  put(find(form, "[data-old-drafts]"), questionBox(words.old_found, [yes, no], make("p", { class: "hint" }, words.old_about)));
}
