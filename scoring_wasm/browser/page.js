/**
 * What the form, the report and the search have in common: find and make elements, fill words, print.
 *
 * @typedef {Node | string | null | undefined | false} Child
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * The element that the template promises; a missing one is our own fault and is told at once.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) {
    throw new Error(`the page has no ${selector}`);
  }
  return element;
}

/**
 * An element of HTML. All text goes in as text, never as markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {Child[]} children what is null, undefined or false is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  return completed(document.createElement(tag), attributes, children);
}

/**
 * The same for a drawing.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {Child[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function makeSvg(tag, attributes = {}, ...children) {
  return completed(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} Made
 * @param {Made} element
 * @param {Record<string, string>} attributes
 * @param {Child[]} children
 */
function completed(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * Let an element hold these children alone. `replaceChildren` would do the same, in Chromium since 86.
 *
 * @param {Element} element
 * @param {(Node | string)[]} children
 */
export function put(element, ...children) {
  element.textContent = "";
  element.append(...children);
}

/**
 * A table in a region of its own that can be scrolled, by keyboard too.
 *
 * @param {string} label
 * @param {HTMLTableElement} table
 */
export function scrollable(label, table) {
  return make("div", { class: "table-scroll", role: "region", tabindex: "0", "aria-label": label }, table);
}

/**
 * The words of a heading, with places between them where a line may end: styles cut no word of a Chinese heading (ADR 0029).
 *
 * @param {string} text
 * @returns {Child[]}
 */
export function breakable(text) {
  if (!("Segmenter" in Intl)) return [text];
  /** @type {string[]} */
  const parts = [];
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(text)) {
    const before = parts[parts.length - 1] ?? "";
    if (/^[一-鿿]{2,}$/.test(segment) && /[一-鿿]$/.test(before)) parts.push(segment);
    else parts.splice(-1, 1, before + segment);
  }
  return parts.flatMap((part, index) => (index ? [make("wbr"), part] : [part]));
}

/**
 * Put values into a text such as "{met} of {of}"; {count:page|pages} is the word that goes with a value, as in Python's `fill`.
 *
 * @param {string | undefined} text
 * @param {Record<string, string | number>} [values]
 */
export function fill(text, values = {}) {
  return (text ?? "").replace(/\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g, (hole, name, one, many) => {
    const value = values[name];
    if (value === undefined || many === undefined) return String(value ?? hole);
    return String(value) === "1" ? one : many;
  });
}

/**
 * A sentence whose days stay whole: browsers would end a line at their hyphens.
 *
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function wholeDays(text) {
  return text.split(/(\d{4}-\d{2}-\d{2})/).map((part, index) => (index % 2 ? make("span", { class: "whole" }, part) : part));
}

/** The day in the visitor's own time zone, as 2026-11-22. @param {Date} [now] */
export function today(now = new Date()) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * The faults that the core found in a file, their places in the words of the form: the item's number and the field's name.
 *
 * @param {{ path: (string | number)[], text: string }[]} faults
 * @param {Record<string, any>} words
 */
export function faultsInWords(faults, words) {
  return faults.map(({ path, text }) => {
    // The first step is the key of the request, then comes that of the file.
    const [first, ...steps] = path.slice(["answers", "before", "after"].includes(String(path[0])) ? 1 : 0);
    const place = [...(first === "answers" ? [] : [first]), ...steps].filter((step) => step !== undefined);
    const named = place.map((step) => (typeof step === "number" ? step + 1 : (Object.keys(words.fields).includes(step) ? words.fields[step] : step)));
    return named.length ? `${named.join(" ")}${words.marks.colon}${text}` : text;
  });
}

/**
 * Print with the page marked, so that only the part asked for comes on paper.
 *
 * @param {string} mark a class of the body
 */
export function printAs(mark) {
  // Browsers of phones go on at once and print later.
  window.addEventListener("afterprint", () => document.body.classList.remove(mark), { once: true });
  document.body.classList.add(mark);
  window.print();
}
