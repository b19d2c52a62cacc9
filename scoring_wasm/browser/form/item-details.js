/**
 * What is folded away below an item: note, evidence, who and until when, and what we suggest. The fields come from the page's
 * templates when they are first wanted.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {import("./item.js").Change} Change
 * @typedef {import("./sheet.js").Answer} Answer
 * @typedef {import("./sheet.js").Evidence} Evidence
 *
 * @typedef {object} Details
 * @property {HTMLElement} panel
 * @property {Change} change
 * @property {() => Answer} answer as it stands
 * @property {Record<string, any>} words
 */

import { fill, find, make, put } from "../page.js";

/**
 * @param {HTMLElement} row
 * @param {Change} change
 * @param {Assessment} assessment
 */
export function mountDetails(row, change, assessment) {
  const { store, words } = assessment;
  const id = row.dataset.row ?? "";
  const panel = find(row, ".more");
  const said = find(row, "[data-said]");
  /** @type {Details} */
  const details = { panel, change, answer: () => store.get().answers[id] ?? { met: false }, words };
  store.subscribe(() => {
    const answer = details.answer();
    row.classList.toggle("has-more", Boolean(answer.note || answer.owner || answer.due || answer.evidence?.length));
    said.textContent = inWords(answer, words);
    // What the visitor is typing must not be written over.
    if (isMade(panel) && !panel.contains(document.activeElement)) fillIn(details);
  });
  mountExplanation(row);
  const more = find(row, "button[data-more]");
  more.addEventListener("click", () => {
    const isOpen = more.getAttribute("aria-expanded") === "true";
    more.setAttribute("aria-expanded", String(!isOpen));
    panel.hidden = isOpen;
    if (!isOpen && !isMade(panel)) {
      makeFields(details);
      void suggest(panel, id, assessment);
    }
  });
}

/** What the item means in plain words, where we have any. @param {HTMLElement} row */
function mountExplanation(row) {
  const button = row.querySelector("button[data-explain]");
  const text = row.querySelector(".explain");
  if (!(button && text instanceof HTMLElement)) return;
  button.addEventListener("click", () => {
    text.hidden = !text.hidden;
    button.setAttribute("aria-expanded", String(!text.hidden));
  });
}

/** @param {HTMLElement} panel */
function isMade(panel) {
  return panel.querySelector("[data-field]") !== null;
}

/** @param {Details} details */
function makeFields(details) {
  const { panel, change } = details;
  panel.append(copyOf("item-more"));
  for (const field of fieldsOf(panel)) {
    field.addEventListener("input", () =>
      change((answer) => {
        answer[nameOf(field)] = field.value;
      }, field),
    );
  }
  find(panel, "[data-evidence-add]").addEventListener("click", () => {
    if (isFull(details)) return;
    change((answer) => {
      answer.evidence = [...(answer.evidence ?? []), { name: "", date: "", holder: "" }];
    });
    fillIn(details);
    /** @type {HTMLElement | null} */ (panel.querySelector("[data-evidence] li:last-child input"))?.focus();
  });
  fillIn(details);
}

/** Show the answer in the fields. @param {Details} details */
function fillIn(details) {
  const { panel, answer, words } = details;
  const current = answer();
  for (const field of fieldsOf(panel)) {
    field.value = current[nameOf(field)] ?? "";
  }
  put(find(panel, "[data-evidence]"), ...(current.evidence ?? []).map((evidence, index) => evidenceRow(evidence, index, details)));
  const isAtMost = isFull(details);
  find(panel, "[data-evidence-add]").setAttribute("aria-disabled", String(isAtMost)); // not `disabled`, which would drop the focus
  find(panel, "[data-evidence-full]").textContent = isAtMost ? fill(words.evidence_full, { most: mostIn(panel) }) : "";
}

/** @param {HTMLElement} panel */
function fieldsOf(panel) {
  return /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (panel.querySelectorAll("[data-field]"));
}

/** @param {HTMLElement} field */
function nameOf(field) {
  return /** @type {"note" | "owner" | "due"} */ (field.dataset.field);
}

/** How many documents a file may name for an item; the core refuses more. @param {HTMLElement} panel */
function mostIn(panel) {
  return Number(find(panel, "[data-evidence]").dataset.most);
}

/** @param {Details} details */
function isFull({ panel, answer }) {
  return (answer().evidence ?? []).length >= mostIn(panel);
}

/**
 * @param {Evidence} evidence
 * @param {number} index
 * @param {Details} details
 */
function evidenceRow(evidence, index, details) {
  const { panel, change } = details;
  const row = /** @type {HTMLElement} */ (copyOf("evidence-row").firstElementChild);
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("[data-part]"))) {
    const part = /** @type {keyof Evidence} */ (field.dataset.part);
    field.value = evidence[part] ?? "";
    field.addEventListener("input", () =>
      change((answer) => {
        const proof = answer.evidence?.[index];
        if (proof) proof[part] = field.value;
      }, field),
    );
  }
  find(row, "[data-evidence-remove]").addEventListener("click", () => {
    change((answer) => answer.evidence?.splice(index, 1));
    fillIn(details);
    find(panel, "[data-evidence-add]").focus();
  });
  return row;
}

/** @param {string} template its id */
function copyOf(template) {
  const element = /** @type {HTMLTemplateElement} */ (document.getElementById(template));
  return /** @type {DocumentFragment} */ (element.content.cloneNode(true));
}

/**
 * Show what our guidance has for the item.
 *
 * @param {HTMLElement} panel
 * @param {string} id
 * @param {Assessment} assessment
 */
async function suggest(panel, id, { core, language, words }) {
  const data = await core.standardData().catch(() => null); // suggestions only: the item works without them
  const ideas = (data?.guidance?.evidence?.[id] ?? []).map((/** @type {any} */ idea) => idea[language]);
  const notes = (data?.guidance?.notes ?? []).filter((/** @type {any} */ note) => note.items?.includes(id));
  const line = find(panel, "[data-ideas]");
  line.hidden = !ideas.length;
  find(line, "span").textContent = ideas.join(words.marks.semicolon);
  put(find(panel, "[data-item-notes]"), ...notes.map((/** @type {any} */ note) => make("li", {}, note.text[language])));
}

/**
 * What was written about an item, as a line for the printed form, where fields would be cut off.
 *
 * @param {Answer} answer
 * @param {Record<string, any>} words
 */
function inWords({ check, note, evidence = [], owner, due }, words) {
  const proofs = evidence.map(({ name, date, holder }) => [name, date, holder].filter(Boolean).join(" ")).filter(Boolean);
  const labelled = [
    [words.note, note],
    [words.evidence, proofs.join(words.marks.semicolon)],
    [words.owner, owner],
    [words.due, due],
  ];
  const parts = [check ? words.flag : "", ...labelled.map(([label, text]) => (text ? `${label}${words.marks.colon}${text}` : ""))];
  return parts.filter(Boolean).join(words.marks.semicolon);
}
