/**
 * Behind each of our stylesheets the same one in older words, for browsers of the years 2020 to 2022: they alone load this module
 * (appearance.js). The oldest that pages are made for are named in `package.json`.
 */

export {}; // a module

function addStyles() {
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=stylesheet]:not([data-old])"))) {
    const address = link.href.replace(/(\/assets\/[0-9a-f]{16}\/\w+)\.css$/, "$1-old.css");
    link.dataset.old = "";
    if (address === link.href) continue;
    const older = /** @type {HTMLLinkElement} */ (link.cloneNode());
    older.href = address;
    link.after(older);
  }
}

addStyles();
document.addEventListener("DOMContentLoaded", addStyles);
