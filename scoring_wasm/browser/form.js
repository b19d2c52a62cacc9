/**
 * The assessment form: ticks are counted in the same frame (the tally), and the Python core confirms the count.
 *
 * A number shown is never stale: an answer of the core is shown only while the ticks it was given still stand.
 */

import { createEngine } from "./engine.js";
import { tally } from "./tally.js";

/**
 * @typedef {import("./tally.js").Node} Node
 * @typedef {{ states: Record<string, string>, reasons: Record<string, string> }} Words
 */

const form = document.querySelector("form[data-engine]");
if (form instanceof HTMLFormElement) {
  mount(form);
}

/** @param {HTMLFormElement} form */
function mount(form) {
  const tree = readTree(form);
  const boxes = Array.from(form.querySelectorAll("input[data-item]"), (box) => /** @type {HTMLInputElement} */ (box));
  const words = /** @type {Words} */ (JSON.parse(find(form, "[data-words]").textContent ?? ""));
  const total = find(form, '[data-score="total"]');
  const label = find(form, "[data-total-label]");
  const status = find(form, "[data-engine-status]");
  const retry = find(form, "[data-engine-retry]");
  /** Counts the changes of the form, so that a late answer is recognised. */
  let edition = 0;

  const engine = createEngine({
    standard: `${form.dataset.standard}.json`,
    onState: (state) => {
      const told = state.state === "loading" && state.stage === "start" ? "starting" : state.state;
      if (form.dataset.engine !== state.state || status.dataset.told !== told) {
        form.dataset.engine = state.state;
        status.dataset.told = told;
        status.textContent = sentence(told, state.state === "failed" ? state.reason : "");
        retry.hidden = state.state !== "failed";
      }
      if (state.state === "ready") {
        void confirm();
      }
    },
  });

  /**
   * @param {string} told
   * @param {string} reason
   */
  function sentence(told, reason) {
    return (words.states[told] ?? "").replace("{reason}", words.reasons[reason] ?? words.reasons.other ?? "");
  }

  /**
   * @param {(name: string) => string | undefined} scoreOf
   * @param {"tally" | "python"} by
   */
  function show(scoreOf, by) {
    for (const element of form.querySelectorAll("[data-score]")) {
      const score = scoreOf(/** @type {HTMLElement} */ (element).dataset.score ?? "");
      if (score !== undefined && element.textContent !== score) {
        element.textContent = score;
      }
    }
    total.dataset.scoreBy = by;
    label.textContent = words.states[by] ?? "";
  }

  function count() {
    edition += 1;
    const scores = tally(tree, new Map(boxes.filter((box) => box.checked).map((box) => [box.dataset.item ?? "", 1])));
    show((name) => scores.get(name), "tally");
  }

  async function confirm() {
    const asked = edition;
    const answer = await engine.request({ op: "score", answers: answersOf(form, boxes) }).catch(() => null); // told by onState
    if (answer?.ok && asked === edition) {
      const { result } = answer;
      /** @type {Record<string, string>} */
      const scores = { total: result.total, base: result.base, bonus: result.bonus };
      for (const [id, section] of Object.entries(result.sections)) {
        scores[`section-${id}`] = section;
      }
      show((name) => scores[name], "python");
    }
  }

  form.addEventListener("change", () => {
    count();
    if (form.dataset.engine === "ready") {
      void confirm();
    }
  });
  // Python is loaded at the first touch; after a failure only when the visitor asks for it.
  for (const touch of ["pointerdown", "focusin", "change"]) {
    form.addEventListener(touch, () => form.dataset.engine === "idle" && engine.start());
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  retry.addEventListener("click", () => engine.start());
  find(form, "[data-print]").addEventListener("click", () => window.print());
  find(form, "[data-clear]").addEventListener("click", () => {
    form.reset();
    form.dispatchEvent(new Event("change"));
  });
  for (const element of form.querySelectorAll("[data-scripted]")) {
    /** @type {HTMLElement} */ (element).hidden = false;
  }
  count();
  label.textContent = words.states.idle ?? "";
}

/**
 * The form's answers in the exported format.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement[]} boxes
 */
function answersOf(form, boxes) {
  return {
    format: "trade-secret-self-assessment",
    version: 1,
    standard: { id: form.dataset.standard, sha256: form.dataset.sha256 },
    created: new Date().toISOString(),
    unit: "",
    answers: Object.fromEntries(boxes.map((box) => [box.dataset.item, { met: box.checked }])),
  };
}

/**
 * The tree that the tally counts, read from the page: nodes carry `data-node` and `data-cap`, items `data-points`.
 *
 * @param {HTMLElement} root
 * @returns {Node}
 */
function readTree(root) {
  /** @type {Node & { children: Node[] }} */
  const tree = { id: "total", ...capOf(root), children: [] };
  /** @type {Map<Element, Node & { children: Node[] }>} */
  const nodes = new Map([[root, tree]]);
  for (const found of root.querySelectorAll("[data-node], input[data-item]")) {
    const element = /** @type {HTMLElement} */ (found);
    const parent = nodes.get(element.parentElement?.closest("[data-node]") ?? root) ?? tree;
    if (element.dataset.item) {
      parent.children.push({ id: element.dataset.item, points: element.dataset.points ?? "0" });
    } else {
      const node = { id: element.dataset.node ?? "", ...capOf(element), children: [] };
      nodes.set(element, node);
      parent.children.push(node);
    }
  }
  return tree;
}

/** @param {HTMLElement} element */
function capOf(element) {
  return element.dataset.cap === undefined ? {} : { cap: element.dataset.cap };
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
function find(root, selector) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) {
    throw new Error(`the page has no ${selector}`);
  }
  return element;
}
