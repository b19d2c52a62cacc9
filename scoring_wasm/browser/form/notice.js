/** Where a panel says what came of what was asked: a line, and a place below it for lists, tables and questions. */

import { fill, find, make, put } from "../page.js";

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
   */
  tell(key, values) {
    this.line.textContent = fill(this.words.told[key], values);
  }

  /** Say nothing, and show nothing below. */
  clear() {
    this.line.textContent = "";
    put(this.place);
  }

  /** Say why a file was not used; the line is heard, so it holds the first reason, too. @param {string[]} problems */
  refuse(problems) {
    this.line.textContent = `${fill(this.words.told.unread)}${problems[0] ?? ""}`;
    put(this.place, make("ul", { class: "problems" }, ...problems.map((problem) => make("li", {}, problem))));
  }
}

/**
 * Ask below a button before something is lost that undo cannot bring back.
 *
 * @param {HTMLElement} button
 * @param {string} question
 * @param {Record<string, any>} words
 * @param {() => void} act
 * @param {Node | null} [more] below the question
 */
export function askFirst(button, question, words, act, more = null) {
  const place = button.parentElement;
  if (place?.nextElementSibling?.matches(".question")) return;
  const yes = make("button", { type: "button", class: "danger" }, words.confirm);
  const no = make("button", { type: "button" }, words.cancel);
  yes.addEventListener("click", act);
  no.addEventListener("click", () => button.focus());
  const box = questionBox(question, [yes, no], more);
  box.addEventListener("keydown", ({ key }) => key === "Escape" && no.click());
  place?.after(box);
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
  const box = make("div", { class: "question", role: "group", "aria-label": question }, make("p", {}, question), more, make("p", { class: "actions" }, ...buttons));
  buttons.forEach((button) => button.addEventListener("click", () => box.remove()));
  return box;
}
