/** Drawings of what changed, readable without colour: the first is an open circle, the last a full one, figures beside them. */

import { makeSvg } from "../page.js";
import { widthOf, wrap } from "./chart.js";

const WIDTH = 320;
const EDGE = 8;
const ROW = 46;
const LINE = 20;
/** Between a text and the next beside it. */
const APART = 6;
const HEIGHT = 170;
const FLOOR = 140;
const TOP = 30;

/**
 * @param {string} title
 * @param {string} description
 * @param {{ label: string, max: number, values: number[] }[]} rows
 * @param {import("./words.js").Translate} t
 * @returns {SVGSVGElement}
 */
export function dumbbells(title, description, rows, t) {
  const most = Math.max(1, ...rows.map(({ max }) => max));
  const x = (/** @type {number} */ value) => String(Math.round((EDGE + (value / most) * (WIDTH - 2 * EDGE)) * 10) / 10);
  let top = 0;
  const marks = rows.flatMap(({ label, max, values }) => {
    const first = values[0] ?? 0;
    const last = values[values.length - 1] ?? 0;
    const figures = t("comparison.figures", { first, last, max });
    const lines = wrap(label, WIDTH - widthOf(figures) - APART);
    const begin = top;
    const more = (lines.length - 1) * LINE;
    const y = String(begin + more + 32);
    top += more + ROW;
    return [
      ...lines.map((line, at) => makeSvg("text", { x: "0", y: String(begin + at * LINE + 16) }, line)),
      makeSvg("text", { x: String(WIDTH), y: String(begin + 16), "text-anchor": "end", class: "report-chart-figures" }, figures),
      makeSvg("line", { x1: x(0), x2: x(max), y1: y, y2: y, class: "comparison-track" }),
      makeSvg("line", { x1: x(first), x2: x(last), y1: y, y2: y, class: "comparison-way" }),
      makeSvg("circle", { cx: x(first), cy: y, r: "6", class: "comparison-first" }),
      makeSvg("circle", { cx: x(last), cy: y, r: "6", class: "comparison-last" }),
    ];
  });
  return drawing(title, description, top, marks);
}

/**
 * A line with a point for each result. Where they are many, figures stand at as many as have room, the last and the first among them.
 *
 * @param {string} title
 * @param {string} description
 * @param {number[]} values
 * @param {string[]} names of the results; the drawing bears their numbers and the table below it the names
 * @returns {SVGSVGElement}
 */
export function totals(title, description, values, names) {
  const step = (WIDTH - 60) / Math.max(1, values.length - 1);
  const points = values.map((value, index) => ({ x: 30 + index * step, y: FLOOR - (value / Math.max(1, ...values)) * (FLOOR - TOP), value }));
  const every = Math.ceil((Math.max(...values.map((value) => widthOf(String(value)))) + APART) / step);
  const isNamed = (/** @type {number} */ index) => index === 0 || (index >= every && (points.length - 1 - index) % every === 0);
  const marks = [
    makeSvg("line", { x1: "0", x2: String(WIDTH), y1: String(FLOOR), y2: String(FLOOR), class: "comparison-track" }),
    makeSvg("polyline", { points: points.map(({ x, y }) => `${x},${y}`).join(" "), class: "comparison-line" }),
    ...points.flatMap(({ x, y, value }, index) => [
      makeSvg("circle", { cx: String(x), cy: String(y), r: "6", class: index === points.length - 1 ? "comparison-last" : "comparison-first" }),
      ...(isNamed(index)
        ? [
            makeSvg("text", { x: String(x), y: String(y - 12), "text-anchor": "middle", class: "report-chart-figures" }, String(value)),
            makeSvg("text", { x: String(x), y: String(FLOOR + 20), "text-anchor": "middle" }, String(index + 1)),
          ]
        : []),
    ]),
  ];
  return drawing(title, `${description} ${names.map((name, index) => `${index + 1} ${name}`).join("; ")}`, HEIGHT, marks);
}

/**
 * @param {string} title
 * @param {string} description
 * @param {number} height
 * @param {SVGElement[]} marks
 */
function drawing(title, description, height, marks) {
  return makeSvg(
    "svg",
    { class: "report-chart comparison-chart", role: "img", width: "100%", viewBox: `0 0 ${WIDTH} ${height}` },
    makeSvg("title", {}, title),
    makeSvg("desc", {}, description),
    ...marks,
  );
}
