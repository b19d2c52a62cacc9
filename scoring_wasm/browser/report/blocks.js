/**
 * Building blocks of the report's document.
 *
 * @typedef {import("../page.js").Child} Child
 * @typedef {Child | Child[]} Cell
 * @typedef {{ text: string, number?: boolean, plain?: boolean }} Column
 */

import { breakable, make, scrollable } from "../page.js";

/**
 * A part of the report under its heading, to which the contents lead.
 *
 * @param {string} name
 * @param {string} title
 * @param {Child[]} children
 */
export function part(name, title, ...children) {
  return make("section", { class: `report-part report-${name}`, id: `report-${name}` }, make("h3", {}, ...breakable(title)), ...children);
}

/**
 * @param {string} name a class
 * @param {Cell[]} entries
 */
export function list(name, entries) {
  return make("ul", { class: name }, ...entries.map((entry) => make("li", {}, ...[entry].flat())));
}

/**
 * A table in a region of its own that can be scrolled, by keyboard too. The first cell of a row is its head.
 *
 * @param {string} caption
 * @param {Column[]} columns
 * @param {Cell[][]} rows
 * @param {string} [name] the class: on phones and tablets the rows of `report-cards` are cards
 */
export function table(caption, columns, rows, name = "report-table report-cards") {
  const body = rows.map((row) =>
    make("tr", {}, ...row.map((cell, index) =>
      index === 0 ? make("th", { scope: "row" }, ...[cell].flat()) : make("td", { ...numeric(columns[index]), ...labelled(columns[index]) }, ...[cell].flat()))));
  return scrollable(caption, make("table", { class: name }, make("caption", {}, caption), head(columns), make("tbody", {}, ...body)));
}

/** @param {Column[]} columns */
export function head(columns) {
  return make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col", ...numeric(column) }, column.text))));
}

/**
 * What a cell says of itself on a phone, where the head of its column is not shown; an item's wording speaks for itself.
 *
 * @param {Column | undefined} column
 * @returns {Record<string, string>}
 */
export function labelled(column) {
  return column && !column.plain ? { "data-label": column.text } : {};
}

/**
 * @param {Column | undefined} column
 * @returns {Record<string, string>}
 */
export function numeric(column) {
  return column?.number ? { class: "report-number" } : {};
}
