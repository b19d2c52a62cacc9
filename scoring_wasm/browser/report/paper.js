/** What stands in the margins of printed pages: the unit's name, what this is, and the number of the page. */

/**
 * Until the printing is over, say so to the browsers that know margin boxes; others print without.
 *
 * @param {Record<string, any>} words of the report
 * @param {string} unit
 */
export function withPageMargins(words, unit) {
  if (!("adoptedStyleSheets" in document)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(pageMargins([unit, words.head.title_short].filter(Boolean).join(words.marks.stop)));
  const remove = () => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet));
  window.addEventListener("afterprint", remove, { once: true });
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** @param {string} title */
export function pageMargins(title) {
  const font = "font: 9pt sans-serif; color: #000";
  return `@page { size: A4; margin: 18mm 16mm; @top-left { content: ${cssText(title)}; ${font} } @bottom-center { content: counter(page) " / " counter(pages); ${font} } }`;
}

/** The visitor's text as a string of CSS: every letter as its number, so that none means anything. @param {string} text */
function cssText(text) {
  return `"${Array.from(text, (letter) => `\\${(letter.codePointAt(0) ?? 0).toString(16)} `).join("")}"`;
}
