/**
 * Building blocks of the report's document.
 *
 * @typedef {import("../page.js").Child} Child
 * @typedef {Child | Child[]} Cell
 * @typedef {{ text: string, number?: boolean }} Column
 */

import { make, scrollable } from "../page.js";

/**
 * A part of the report under its heading, to which the contents lead.
 *
 * @param {string} name
 * @param {string} title
 * @param {Child[]} children
 */
export function part(name, title, ...children) {
  return make("section", { class: `report-part report-${name}`, id: `report-${name}` }, make("h3", {}, title), ...children);
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
 */
export function table(caption, columns, rows) {
  const body = rows.map((row) =>
    make("tr", {}, ...row.map((cell, index) =>
      index === 0 ? make("th", { scope: "row" }, ...[cell].flat()) : make("td", numeric(columns[index]), ...[cell].flat()))));
  return scrollable(caption, make("table", { class: "report-table" }, make("caption", {}, caption), head(columns), make("tbody", {}, ...body)));
}

/** @param {Column[]} columns */
export function head(columns) {
  return make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col", ...numeric(column) }, column.text))));
}

/**
 * @param {Column | undefined} column
 * @returns {Record<string, string>}
 */
export function numeric(column) {
  return column?.number ? { class: "report-number" } : {};
}
