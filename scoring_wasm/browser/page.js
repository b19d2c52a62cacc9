/**
 * Small helpers for the page's parts.
 */

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
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * Put values into a text such as "{met} of {of}".
 *
 * @param {string | undefined} text
 * @param {Record<string, string | number>} [values]
 */
export function fill(text, values = {}) {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
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
