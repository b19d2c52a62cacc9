/**
 * What the visitor has filled in, and its exported form, which `scoring.answers` reads and writes too. No page in here.
 *
 * @typedef {{ name: string, date: string, holder: string }} Evidence
 * @typedef {object} Answer
 * @property {boolean} met
 * @property {string} [level] the level met, for an item with levels
 * @property {number} [count] how many, for a counted item
 * @property {boolean} [check] still to be checked by somebody
 * @property {string} [note]
 * @property {Evidence[]} [evidence]
 * @property {string} [owner]
 * @property {string} [due]
 *
 * @typedef {{ id: string, kept?: number | undefined }} DraftMark which draft, and as it was kept when
 *
 * @typedef {object} Sheet
 * @property {string} unit
 * @property {string} name what the visitor calls this draft
 * @property {string} created the day on which the answers were last changed; "" as long as there are none
 * @property {Record<string, Answer>} answers
 * @property {string[] | undefined} [denied] items answered no in the first pass, where nothing was said of them since; of this tab, and in no file
 * @property {DraftMark | undefined} [draft] the draft that it was opened from or saved as; of this browser, and in no file
 *
 * @typedef {{ id: string, sha256: string }} StandardName
 * @typedef {{ unit?: string, name?: string, created?: string, answers: Record<string, Answer> }} AnswersFile an exported file, checked
 */

export const FORMAT = "trade-secret-self-assessment";

/** @returns {Sheet} */
export function emptySheet() {
  return { unit: "", name: "", created: "", answers: {} };
}

/**
 * A copy that shares nothing with the sheet.
 *
 * @param {Sheet} sheet
 * @returns {Sheet}
 */
export function copyOf(sheet) {
  return JSON.parse(JSON.stringify(sheet)); // `structuredClone` would keep out browsers that have all else
}

/**
 * The answer to an item, made if there was none yet.
 *
 * @param {Sheet} sheet
 * @param {string} item
 */
export function answerTo(sheet, item) {
  const answer = sheet.answers[item] ?? { met: false };
  sheet.answers[item] = answer;
  return answer;
}

/**
 * The sheet as it is exported, kept and sent to the core. Every item of the standard is in it, in the standard's order: a later
 * version can then tell what is new in it from what was left open. The order of keys is that of the core (`scoring.answers`), so that
 * a file imported and exported again is the same to the byte.
 *
 * @param {Sheet} sheet
 * @param {StandardName} standard
 * @param {string[]} items the ids of the standard, in its order
 * @param {string} today stands for `created` where nothing was ever changed
 */
export function toFile(sheet, standard, items, today) {
  return {
    format: FORMAT,
    version: 1,
    standard,
    created: sheet.created || today,
    unit: sheet.unit,
    ...(sheet.name ? { name: sheet.name } : {}),
    answers: Object.fromEntries(items.map((item) => [item, exported(sheet.answers[item] ?? { met: false })])),
  };
}

/**
 * Of a draft what tells it from others, and from itself when it is kept anew.
 *
 * @param {DraftMark} [draft] of the tab's own text, so that it may be anything
 * @returns {DraftMark | undefined}
 */
export function markOf(draft) {
  return draft?.id ? { id: draft.id, kept: draft.kept } : undefined;
}

/**
 * Only what was said, in a fixed order of keys.
 *
 * @param {Answer} answer
 * @returns {Answer}
 */
function exported({ met, count, level, check, note, evidence = [], owner, due }) {
  const proofs = evidence
    .map(({ name = "", date = "", holder = "" }) => ({ name, date, holder }))
    .filter((one) => one.name || one.date || one.holder);
  return {
    met,
    ...(count === undefined ? {} : { count }),
    ...(level ? { level } : {}),
    ...(check ? { check } : {}),
    ...(note ? { note } : {}),
    ...(proofs.length ? { evidence: proofs } : {}),
    ...(owner ? { owner } : {}),
    ...(due ? { due } : {}),
  };
}

/**
 * Whether anything was said about an item.
 *
 * @param {Answer | undefined} answer
 */
export function isSaid(answer) {
  return answer !== undefined && (answer.met || Object.keys(exported(answer)).length > 1);
}

/** Whether anything was said about any item. @param {Sheet} sheet */
export function isFilled({ answers }) {
  return Object.values(answers).some(isSaid);
}

/**
 * Read what this browser kept, which may be damaged or of another version of the standard.
 *
 * @param {string | null} text
 * @returns {AnswersFile & { standard: StandardName, draft?: DraftMark, denied?: string[] } | null} null if it is not ours or damaged
 */
export function readKept(text) {
  try {
    const file = JSON.parse(text ?? "");
    const answers = Object.values(file.answers);
    const sound =
      file.format === FORMAT &&
      typeof file.standard.sha256 === "string" &&
      (file.denied === undefined || Array.isArray(file.denied)) &&
      answers.every((answer) => typeof answer.met === "boolean" && (answer.evidence === undefined || Array.isArray(answer.evidence)));
    return sound ? file : null;
  } catch {
    return null;
  }
}

/**
 * Back from the exported form, which the core or `readKept` has checked.
 *
 * @param {AnswersFile} file
 * @returns {Sheet}
 */
export function fromFile({ unit = "", name = "", created = "", answers }) {
  return copyOf({ unit, name, created, answers });
}

/**
 * What was kept, on this page's standard. Items that it has not are left out; where it has changed, what was said is to be checked
 * again, because an item may have kept its number and changed its words.
 *
 * @param {AnswersFile & { standard: StandardName }} file
 * @param {StandardName} standard
 * @param {string[]} items the ids of the standard
 * @returns {Sheet}
 */
export function onStandard(file, standard, items) {
  const sheet = fromFile(file);
  const isOther = file.standard.sha256 !== standard.sha256;
  const known = Object.entries(sheet.answers).filter(([id]) => items.includes(id));
  sheet.answers = Object.fromEntries(known.map(([id, answer]) => [id, isOther && isSaid(answer) ? { ...answer, check: true } : answer]));
  return sheet;
}

/**
 * How often each leaf of the standard's tree counts (see tally.js).
 *
 * @param {Sheet} sheet
 * @returns {Map<string, number>}
 */
export function quantities(sheet) {
  /** @type {Map<string, number>} */
  const quantities = new Map();
  for (const [item, answer] of Object.entries(sheet.answers)) {
    if (!answer.met) {
      continue;
    }
    if (answer.level) {
      quantities.set(`${item}=${answer.level}`, 1);
    } else if (answer.count !== undefined) {
      quantities.set(`${item}#`, answer.count);
    } else {
      quantities.set(item, 1);
    }
  }
  return quantities;
}
