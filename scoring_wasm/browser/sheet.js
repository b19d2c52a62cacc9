/**
 * What the visitor has filled in, and its exported form (DESIGN.md, Contracts). No page in here.
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
 * @typedef {{ unit: string, answers: Record<string, Answer> }} Sheet
 * @typedef {{ id: string, sha256: string }} StandardName
 */

export const FORMAT = "trade-secret-self-assessment";

/** @returns {Sheet} */
export function emptySheet() {
  return { unit: "", answers: {} };
}

/**
 * The answer to an item, made if there was none yet.
 *
 * @param {Sheet} sheet
 * @param {string} item
 */
export function answerTo(sheet, item) {
  return (sheet.answers[item] ??= { met: false });
}

/**
 * The sheet as it is exported, kept and sent to the core: only what was said.
 *
 * @param {Sheet} sheet
 * @param {StandardName} standard
 * @param {string} created a day, or a time of ISO 8601
 */
export function toFile(sheet, standard, created) {
  const answers = Object.entries(sheet.answers).map(([item, answer]) => {
    const evidence = (answer.evidence ?? []).filter((one) => one.name || one.date || one.holder);
    const said = Object.entries({ ...answer, evidence: evidence.length ? evidence : undefined }).filter(
      ([key, value]) => key === "met" || (value !== undefined && value !== "" && value !== false),
    );
    return /** @type {[string, Answer]} */ ([item, Object.fromEntries(said)]);
  });
  return {
    format: FORMAT,
    version: 1,
    standard,
    created,
    unit: sheet.unit,
    answers: Object.fromEntries(answers.filter(([, answer]) => answer.met || Object.keys(answer).length > 1)),
  };
}

/**
 * Read what this browser kept, which may be damaged or of another version of the standard.
 *
 * @param {string | null} text
 * @returns {{ unit?: string, standard: StandardName, answers: Record<string, Answer> } | null} null if it is not ours or damaged
 */
export function readKept(text) {
  try {
    const file = JSON.parse(text ?? "");
    const answers = Object.values(file.answers);
    const sound =
      file.format === FORMAT &&
      typeof file.standard.sha256 === "string" &&
      answers.every((answer) => typeof answer.met === "boolean" && (answer.evidence === undefined || Array.isArray(answer.evidence)));
    return sound ? file : null;
  } catch {
    return null;
  }
}

/**
 * Back from the exported form, which the core or `readKept` has checked.
 *
 * @param {{ unit?: string, answers: Record<string, Answer> }} file
 * @returns {Sheet}
 */
export function fromFile(file) {
  return { unit: file.unit ?? "", answers: structuredClone(file.answers) };
}

/**
 * How often each leaf of the standard's tree counts (see tally.js).
 *
 * @param {Sheet} sheet
 * @returns {Map<string, number>}
 */
export function quantities(sheet) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const [item, answer] of Object.entries(sheet.answers)) {
    if (!answer.met) {
      continue;
    }
    if (answer.level) {
      found.set(`${item}=${answer.level}`, 1);
    } else if (answer.count !== undefined) {
      found.set(`${item}#`, answer.count);
    } else {
      found.set(item, 1);
    }
  }
  return found;
}
