/** Where a panel says what came of what was asked: a line, and a place below it for lists, tables and questions. */

import { fill, find, make, put, wholeDays } from "../page.js";

export class Notice {
  /**
   * @param {HTMLElement} panel
   * @param {Record<string, any>} words
   * @param {string} [name] of the panel, with which its places begin
   */
  constructor(panel, words, name = "desk") {
    /** @private */
    this.line = find(panel, `[data-${name}-told]`);
    /** Below the line. */
    this.place = find(panel, `[data-${name}-result]`);
    /** @private */
    this.words = words;
  }

  /**
   * @param {string} key of the words
   * @param {Record<string, string | number>} [values]
   * @param {string | false} [more] the key of a sentence behind it
   */
  tell(key, values, more = false) {
    const said = [fill(this.words.told[key], values), more ? this.words.told[more] : ""].filter(Boolean);
    put(this.line, ...wholeDays(said.join(this.words.marks.between)));
  }

  /** Say nothing, and show nothing below. */
  clear() {
    this.line.textContent = "";
    put(this.place);
  }

  /**
   * Say why a file was not used; the line is heard, so it holds the first reason, too.
   *
   * @param {string[]} problems
   * @param {string} name of the file
   */
  refuse(problems, name) {
    this.tell("unread", { name, reason: problems[0] ?? "" });
    put(this.place, make("ul", { class: "problems" }, ...problems.map((problem) => make("li", {}, ...wholeDays(problem)))));
  }
}

/**
 * Ask below a button before something is lost that undo cannot bring back.
 *
 * @param {HTMLElement} button
 * @param {string} question
 * @param {Record<string, any>} words
 * @param {() => void} act
 * @param {object} [rest]
 * @param {Node | null} [rest.more] below the question
 * @param {string} [rest.yes] what the button says that acts
 * @param {{ text: string, act: () => void }} [rest.instead] what loses nothing
 */
export function askFirst(button, question, words, act, { more = null, yes: said = words.confirm, instead } = {}) {
  const place = button.parentElement;
  const asked = place?.matches("li") ? place.lastElementChild : place?.nextElementSibling;
  if (asked?.matches(".question")) return;
  const yes = make("button", { type: "button", class: "danger" }, said);
  const other = make("button", { type: "button" }, instead?.text ?? "");
  const no = make("button", { type: "button" }, words.cancel);
  yes.addEventListener("click", act);
  other.addEventListener("click", () => instead?.act());
  no.addEventListener("click", () => button.focus());
  const box = questionBox(question, [yes, ...(instead ? [other] : []), no], more);
  box.addEventListener("keydown", ({ key }) => key === "Escape" && no.click());
  if (place?.matches("li")) place.append(box); // a list holds nothing but its rows
  else place?.after(box);
  no.focus();
}

/**
 * A question with its buttons; it goes when one of them is pressed.
 *
 * @param {string} question
 * @param {HTMLButtonElement[]} buttons
 * @param {Node | null} [more] below the question
 */
export function questionBox(question, buttons, more = null) {
  const box = make("div", { class: "question", role: "group", "aria-label": question }, make("p", {}, ...wholeDays(question)), more, make("p", { class: "actions" }, ...buttons));
  buttons.forEach((button) => button.addEventListener("click", () => box.remove()));
  return box;
}
