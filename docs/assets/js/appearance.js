/**
 * Light or dark, before the first paint. Without a choice the page follows the device; a choice is kept in this browser.
 * A plain script, not a module: it must run before the page is drawn.
 */
(function () {
  const key = "appearance";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  /** @returns {string | null} */
  function chosen() {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null; // storage is denied: the choice lasts for this page only
    }
  }

  /** @param {string | null} theme */
  function apply(theme) {
    root.dataset.theme = theme ?? (dark.matches ? "dark" : "light");
  }

  apply(chosen());
  dark.addEventListener("change", () => apply(chosen()));
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("button[data-theme-toggle]")) {
      if (!(button instanceof HTMLButtonElement)) {
        continue;
      }
      button.hidden = false;
      button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
      button.addEventListener("click", () => {
        const theme = root.dataset.theme === "dark" ? "light" : "dark";
        apply(theme);
        button.setAttribute("aria-pressed", String(theme === "dark"));
        try {
          window.localStorage.setItem(key, theme);
        } catch {
          // as above
        }
      });
    }
  });
})();
