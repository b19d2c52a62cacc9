/**
 * Building blocks of the report's document. All text goes in as text, never as markup.
 *
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Child | Child[]} Cell
 * @typedef {{ text: string, number?: boolean }} Column
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} attributes
 * @param {Child[]} children what is null, undefined or false is left out
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * A part of the report under its heading.
 *
 * @param {string} name
 * @param {string} title
 * @param {Child[]} children
 */
export function part(name, title, ...children) {
  return h("section", { class: `report-part report-${name}` }, h("h3", {}, title), ...children);
}

/**
 * @param {string} name a class
 * @param {Cell[]} entries
 */
export function list(name, entries) {
  return h("ul", { class: name }, ...entries.map((entry) => h("li", {}, ...[entry].flat())));
}

/**
 * A table in a region of its own that can be scrolled, by keyboard too. The first cell of a row is its head.
 *
 * @param {string} caption
 * @param {Column[]} columns
 * @param {Cell[][]} rows
 */
export function table(caption, columns, rows) {
  const body = rows.map((row) =>
    h("tr", {}, ...row.map((cell, index) =>
      index === 0 ? h("th", { scope: "row" }, ...[cell].flat()) : h("td", numeric(columns[index]), ...[cell].flat()))));
  return scrollable(caption, h("table", { class: "report-table" }, h("caption", {}, caption), head(columns), h("tbody", {}, ...body)));
}

/** @param {Column[]} columns */
export function head(columns) {
  return h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col", ...numeric(column) }, column.text))));
}

/**
 * @param {string} label
 * @param {HTMLTableElement} content
 */
export function scrollable(label, content) {
  return h("div", { class: "table-scroll", role: "region", tabindex: "0", "aria-label": label }, content);
}

/**
 * @param {Column | undefined} column
 * @returns {Record<string, string>}
 */
function numeric(column) {
  return column?.number ? { class: "report-number" } : {};
}
