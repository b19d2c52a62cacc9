/**
 * Lets the quiz be done: options become buttons, each choice is told right or wrong with its explanation, and the score is
 * counted. Without it the answers fold out. Nothing is stored or sent.
 */

export {}; // a module

const quiz = /** @type {HTMLElement} */ (document.querySelector("[data-quiz]"));
const score = /** @type {HTMLElement} */ (quiz.querySelector("[data-quiz-status]"));
const again = /** @type {HTMLElement} */ (quiz.querySelector("[data-again]"));
const questions = Array.from(/** @type {NodeListOf<HTMLElement>} */ (quiz.querySelectorAll("[data-question]")), (element) => ({
  element,
  right: Number(element.dataset.question) - 1,
  buttons: Array.from(element.querySelectorAll(".options > li"), asButton),
  verdict: /** @type {HTMLElement} */ (element.querySelector("[data-verdict]")),
  details: /** @type {HTMLElement} */ (element.querySelector("details")),
}));
/** @type {Map<Element, boolean>} whether each question that has been answered was answered rightly */
const answered = new Map();

/**
 * The text of an option as a button in its place.
 *
 * @param {Element} option
 * @returns {HTMLButtonElement}
 */
function asButton(option) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.append(...option.childNodes);
  option.append(button);
  return button;
}

/**
 * Take a choice: the first one counts, and the buttons stay where they can be read.
 *
 * @param {typeof questions[number]} question
 * @param {number} chosen
 */
function answer({ element, right, buttons, verdict, details }, chosen) {
  if (answered.has(element)) {
    return;
  }
  const isRight = chosen === right;
  answered.set(element, isRight);
  buttons.forEach((button, place) => {
    button.setAttribute("aria-pressed", String(place === chosen));
    button.setAttribute("aria-disabled", "true");
    if (place === right || place === chosen) {
      button.dataset.state = place === right ? "right" : "wrong";
      const told = place !== chosen ? quiz.dataset.isRight : isRight ? quiz.dataset.isChosen : quiz.dataset.isWrong;
      button.append(Object.assign(document.createElement("b"), { textContent: told ?? "" }));
    }
  });
  const told = document.createElement("p");
  told.append(Object.assign(document.createElement("b"), { textContent: (isRight ? quiz.dataset.right : quiz.dataset.wrong) ?? "" }));
  const explanation = /** @type {HTMLElement} */ (details.querySelector("[data-explanation]"));
  verdict.textContent = "";
  verdict.append(told, ...Array.from(explanation.childNodes, (node) => node.cloneNode(true)));
  details.hidden = true;
  count();
}

/** Say how far it has come, and at the end the score. */
function count() {
  const right = Array.from(answered.values()).filter(Boolean).length;
  const isDone = answered.size === questions.length;
  const text = (isDone ? quiz.dataset.score : quiz.dataset.progress) ?? "";
  const numbers = { done: answered.size, all: questions.length, right };
  score.textContent = Object.entries(numbers).reduce((said, [name, number]) => said.replace(`{${name}}`, String(number)), text);
  again.hidden = !isDone;
}

/** Begin anew at the first question. */
function restart() {
  answered.clear();
  for (const { buttons, verdict, details } of questions) {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", "false");
      button.removeAttribute("aria-disabled");
      delete button.dataset.state;
      button.querySelector("b")?.remove();
    }
    verdict.textContent = "";
    details.hidden = false;
  }
  score.textContent = "";
  again.hidden = true;
  questions[0]?.buttons[0]?.focus();
}

for (const question of questions) {
  question.buttons.forEach((button, place) => button.addEventListener("click", () => answer(question, place)));
}
again.querySelector("button")?.addEventListener("click", restart);
