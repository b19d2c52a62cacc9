/**
 * Answers as files: taken out, and brought back in.
 *
 * @typedef {import("./drafts-panel.js").Panel} Panel
 * @typedef {{ path: (string | number)[], text: string }} Fault
 * @typedef {{ ok: true, result: any } | { ok: false, problems: string[], faults: Fault[] }} Reply
 */

import { faultsInWords, fill, find, make, put, today } from "../page.js";
import { download, fileName } from "../save-file.js";
import { FORMAT, isFilled, isSaid } from "./sheet.js";

/** @param {Panel} panel */
export function mountFiles(panel) {
  const { element, notice, assessment } = panel;
  find(element, "[data-export]").addEventListener("click", () => {
    const file = assessment.store.file();
    const text = `${JSON.stringify(file, null, 2)}\n`;
    download(fileName([assessment.words.file_name, file.unit ?? "", today()]) + ".json", "application/json", text);
    panel.exported = assessment.store.edition;
    const isLarge = new TextEncoder().encode(text).length > mostBytes(panel);
    notice.tell(isLarge ? "exported_large" : "exported", { most: mostBytes(panel) / 1e6 });
  });
  mountChooser(panel, "[data-import]", "[data-import-file]", (text, name) => importText(panel, text, name));
}

/**
 * A button that lets the visitor choose a file, in place of the browser's own field.
 *
 * @param {Panel} panel
 * @param {string} button
 * @param {string} field
 * @param {(text: string, name: string) => Promise<void>} use
 */
function mountChooser(panel, button, field, use) {
  const input = /** @type {HTMLInputElement} */ (find(panel.element, field));
  find(panel.element, button).addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    input.value = ""; // so that the same file can be chosen again
    put(panel.notice.place);
    const text = file && (await textOf(panel, file));
    if (typeof text === "string") await use(text, file?.name ?? "");
  });
}

/**
 * The text of a file that looks like an exported one; null after a refusal.
 *
 * @param {Panel} panel
 * @param {File} file
 */
export async function textOf(panel, file) {
  if (file.size > mostBytes(panel)) {
    panel.notice.tell("large", { name: file.name, most: mostBytes(panel) / 1e6 });
    return null;
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    // The core, which reads it, speaks to those who know JSON.
    if (JSON.parse(text)?.format === FORMAT) return text;
  } catch {
    // Neither is what is no text in UTF-8, no JSON, or cannot be read any more.
  }
  panel.notice.tell("not_exported", { name: file.name });
  return null;
}

/** The largest file that the core reads. @param {Panel} panel */
function mostBytes({ element }) {
  return Number(element.dataset.mostBytes);
}

/**
 * Ask the core about a file, and say why where it does not answer.
 *
 * @param {Panel} panel
 * @param {object} request
 * @param {string} [name] of the file
 * @returns {Promise<any>} null after a refusal
 */
export async function askAbout({ notice, assessment }, request, name = "") {
  notice.tell("busy");
  /** @type {Reply | null} */
  const reply = await assessment.core.ask(request);
  if (!reply) {
    notice.tell("unready");
  } else if (!reply.ok) {
    notice.refuse(faultsInWords(reply.faults, assessment.words), name);
  }
  return reply?.ok ? reply.result : null;
}

/**
 * A file as answers to this standard, with what became of it.
 *
 * @param {Panel} panel
 * @param {string} text
 * @param {string} name of the file
 * @returns {Promise<any>} null after a refusal
 */
export async function migrated(panel, text, name) {
  const { words } = panel.assessment;
  const migration = await askAbout(panel, { op: "migrate", answers: text }, name);
  if (!migration) return null;
  if (!migration.same_standard) {
    panel.notice.refuse([words.told.other_standard], name);
    return null;
  }
  // In a file of this very version nothing may be dropped: the core says what is wrong with it.
  if (migration.same_version && migration.dropped.length) return askAbout(panel, { op: "check", answers: text }, name);
  return migration;
}

/**
 * Put a file's answers into the form; those to another version of the standard after a question.
 *
 * @param {Panel} panel
 * @param {string} text
 * @param {string} name of the file
 */
export async function importText(panel, text, name) {
  const { notice, assessment } = panel;
  const migration = await migrated(panel, text, name);
  if (!migration) return;
  const said = migration.kept.filter((/** @type {string} */ id) => isSaid(migration.answers.answers[id]));
  const adopt = () => {
    const isReplaced = isFilled(assessment.store.get());
    assessment.store.adopt(migration.answers);
    put(notice.place);
    notice.tell("imported", { count: said.length }, isReplaced && "replaced");
  };
  if (migration.same_version) {
    adopt();
  } else {
    notice.tell("other_version");
    put(notice.place, ...versionQuestion(panel, migration, said, adopt));
  }
}

/**
 * What becomes of answers to another version of the standard, and whether to take them.
 *
 * @param {Panel} panel
 * @param {any} migration
 * @param {string[]} said
 * @param {() => void} adopt
 */
function versionQuestion({ notice, assessment }, migration, said, adopt) {
  const { told, marks } = assessment.words;
  const line = (/** @type {string} */ key, /** @type {string[]} */ items) =>
    make("li", {}, fill(told[key], { count: items.length, items: items.join(marks.comma) || told.none }));
  const yes = make("button", { type: "button" }, told.adopt);
  const no = make("button", { type: "button" }, told.refuse);
  yes.addEventListener("click", adopt);
  no.addEventListener("click", () => notice.clear());
  return [
    make("ul", { class: "problems" }, line("kept", said), line("dropped", migration.dropped), line("fresh", migration.new)),
    make("p", { class: "actions" }, yes, no),
  ];
}
