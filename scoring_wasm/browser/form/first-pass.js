/**
 * A few questions before the whole: yes ticks the item, not sure marks it "to be checked", no leaves it open. The answers are those of
 * the form itself, with which ones were answered no beside them in the sheet. It says where to begin, and never a score.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {"yes" | "no" | "skip"} Reply
 */

import { fill, find, make, put } from "../page.js";
import { setMet } from "./item.js";
import { answerTo } from "./sheet.js";

/**
 * Put the questions before the sections, from the page's template; most visits never ask for them.
 *
 * @param {Assessment} assessment
 * @returns {HTMLElement | null} null where there are none
 */
export function makeFirstPass({ form, store, words }) {
  const template = document.getElementById("first-pass");
  if (!(template instanceof HTMLTemplateElement)) return null;
  find(form, ".section-jump").after(template.content.cloneNode(true));
  const place = find(form, "[data-first]");
  const questions = Array.from(/** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-question]")));

  /** One reply is one step, so that undo takes it back. @param {string} id @param {Reply} reply */
  function take(id, reply) {
    store.change((sheet) => {
      const answer = answerTo(sheet, id);
      setMet(find(form, `[data-row="${id}"]`), answer, reply === "yes");
      answer.check = reply === "skip";
      if (reply === "no") sheet.denied = [...(sheet.denied ?? []), id];
    });
  }

  for (const question of questions) {
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input[type=radio]"))) {
      radio.addEventListener("change", () => take(question.dataset.question ?? "", /** @type {Reply} */ (radio.value)));
    }
  }
  /** @param {Readonly<import("./sheet.js").Sheet>} sheet */
  function show(sheet) {
    const replies = questions.map(({ dataset: { question: id = "" } }) => replyTo(sheet.answers[id], sheet.denied?.includes(id)));
    questions.forEach((question, at) => {
      for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input[type=radio]"))) {
        radio.checked = radio.value === replies[at];
      }
    });
    sketch(place, questions, replies, words.first);
  }

  store.subscribe(show);
  show(store.get());
  find(place, "[data-first-on]").addEventListener("click", () => find(document, "button[data-way=sections]").click());
  return place;
}

/**
 * @param {import("./sheet.js").Answer | undefined} answer
 * @param {boolean} [isDenied]
 * @returns {Reply | ""}
 */
function replyTo(answer, isDenied) {
  if (answer?.met) return "yes";
  if (answer?.check) return "skip";
  return isDenied ? "no" : "";
}

/**
 * How many of each, and what is not there yet.
 *
 * @param {HTMLElement} place
 * @param {HTMLElement[]} questions
 * @param {(Reply | "")[]} replies
 * @param {Record<string, any>} words
 */
function sketch(place, questions, replies, words) {
  const number = (/** @type {Reply} */ reply) => replies.filter((given) => given === reply).length;
  const answered = replies.filter(Boolean).length;
  const counts = { answered, count: questions.length, yes: number("yes"), no: number("no"), skip: number("skip") };
  const told = find(place, "[data-first-told]");
  const text = answered ? fill(words.sketch, counts) : "";
  if (told.textContent !== text) told.textContent = text;
  const open = questions.filter((_question, at) => replies[at] === "no");
  const list = find(place, "[data-first-open]");
  list.hidden = !open.length;
  put(
    find(list, "ul"),
    ...open.map((question) =>
      make("li", {}, make("a", { href: `#item-${question.dataset.question}` }, ...wordingOf(question))),
    ),
  );
}

/** @param {HTMLElement} question */
function wordingOf(question) {
  return Array.from(find(question, "legend").cloneNode(true).childNodes);
}
