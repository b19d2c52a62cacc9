/**
 * How pages look to this reader: dark or light, size of the text, the mode for older readers. Applied before the first
 * paint and kept in this browser alone. A plain script, not a module: it must run before the page is drawn.
 */
"use strict"; // so that the functions below stay inside the block
{
  /** @typedef {{ theme?: "dark" | "light", size?: string, elder?: boolean }} Appearance */
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  // With the column's path, as column.js of the assessment makes all keys: columns may share an origin.
  const key = `trade-secret-column ${new URL("../../../", script.src).pathname} appearance`;
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  /** @type {Appearance} */
  let choices = kept();

  /** @returns {Appearance} */
  function kept() {
    try {
      // Until something is chosen here, what was chosen before keys bore a path. It may be another column's, and stays.
      return { ...JSON.parse(window.localStorage.getItem(key) ?? window.localStorage.getItem("appearance") ?? "{}") };
    } catch {
      return {}; // storage is denied, or holds something else: choices last for this page only
    }
  }

  /** @param {Appearance} changes */
  function choose(changes) {
    choices = { ...choices, ...changes };
    try {
      window.localStorage.setItem(key, JSON.stringify(choices));
    } catch {
      // as above
    }
    apply();
  }

  function apply() {
    root.dataset.theme = choices.theme ?? (dark.matches ? "dark" : "light");
    root.dataset.textSize = choices.size ?? "standard";
    root.toggleAttribute("data-elder", choices.elder === true);
    for (const button of buttons("[data-theme-toggle]")) {
      button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
    }
    for (const button of buttons("[data-text-size-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.textSizeChoice === root.dataset.textSize));
    }
  }

  /**
   * @param {string} selector
   * @returns {NodeListOf<HTMLButtonElement>}
   */
  function buttons(selector) {
    return document.querySelectorAll(`button${selector}`);
  }

  /**
   * @param {string} selector
   * @param {(button: HTMLButtonElement) => Appearance} changes
   */
  function offer(selector, changes) {
    for (const button of buttons(selector)) {
      button.hidden = false;
      button.addEventListener("click", () => choose(changes(button)));
    }
  }

  /** On phones a button shows the columns and puts them away again. */
  function offerColumns() {
    const button = document.querySelector("[data-columns]");
    button?.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    });
  }

  if (!CSS.supports("selector(:has(a))")) void import("./old.js");

  root.dataset.script = ""; // styles show what works with script alone
  apply();
  dark.addEventListener("change", apply);
  window.addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) {
      choices = kept(); // chosen in another tab
      apply();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey && event.code === "KeyE" && !event.repeat) {
      event.preventDefault();
      choose({ elder: !choices.elder });
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    offer("[data-theme-toggle]", () => ({ theme: root.dataset.theme === "dark" ? "light" : "dark" }));
    offer("[data-text-size-choice]", (button) => ({ size: button.dataset.textSizeChoice ?? "standard" }));
    offer("[data-elder-toggle]", () => ({ elder: !choices.elder }));
    apply();
    offerColumns();
  });
}
