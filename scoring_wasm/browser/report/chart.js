/** A bar chart that needs no colour: a frame for what there is to reach, filled as far as it is reached, its figures beside it. */

import { makeSvg } from "../page.js";

const WIDTH = 300;
const LINE = 20;
const BAR = 12;
const GAP = 14;
const FIGURES = 96;
/** Widths of a wide (Chinese) and of any other letter at the chart's size of type, rounded up. */
const WIDE = 15;
const NARROW = 8;

/**
 * @param {string} title
 * @param {string} description
 * @param {{ label: string, value: number, max: number, figures: string }[]} bars all drawn to one scale
 * @returns {SVGSVGElement}
 */
export function barChart(title, description, bars) {
  const most = Math.max(1, ...bars.map((bar) => bar.max));
  const chart = makeSvg("svg", { class: "report-chart", role: "img", width: "100%" });
  chart.append(makeSvg("title", {}, title), makeSvg("desc", {}, description));
  let y = 0;
  for (const bar of bars) {
    const lines = wrap(bar.label, WIDTH - FIGURES);
    for (const [index, line] of lines.entries()) {
      chart.append(makeSvg("text", { x: "0", y: String(y + LINE * index + 15) }, line));
    }
    chart.append(makeSvg("text", { x: String(WIDTH), y: String(y + 15), "text-anchor": "end", class: "report-chart-figures" }, bar.figures));
    y += LINE * lines.length + 3;
    chart.append(
      makeSvg("rect", { x: "1", y: String(y), width: length(bar.max, most), height: String(BAR), class: "report-chart-frame" }),
      makeSvg("rect", { x: "1", y: String(y), width: length(bar.value, most), height: String(BAR), class: "report-chart-bar" }),
    );
    y += BAR + GAP;
  }
  chart.setAttribute("viewBox", `0 0 ${WIDTH} ${y - GAP + 2}`);
  return chart;
}

/**
 * @param {number} value
 * @param {number} most
 */
function length(value, most) {
  return String(Math.round((value / most) * (WIDTH - 2) * 10) / 10);
}

/** How wide a text is at most. @param {string} text */
export function widthOf(text) {
  return Array.from(text).reduce((sum, letter) => sum + (letter > "\u2e7f" ? WIDE : NARROW), 0);
}

/**
 * SVG does not wrap text. Chinese breaks anywhere, other writing at spaces.
 *
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
export function wrap(text, width) {
  const lines = [""];
  let used = 0;
  for (const word of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const size = widthOf(word);
    if (used > 0 && used + size > width) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += word;
    used += size;
  }
  return lines;
}
