/** Files that the visitor takes along: their names, and how they are handed over. */

import { make } from "./page.js";

/** Not to stand in a file's name: what Windows forbids, and what is no visible sign. */
const FORBIDDEN = /[<>:"/\\|?*]|\p{C}/gu;
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i;
const LONGEST_PART = 30;

/**
 * A name that every system takes for a file.
 *
 * @param {string[]} parts such as a title, a unit and "2026-06-30.csv"; blank ones are left out
 * @returns {string}
 */
export function fileName(parts) {
  const ends = /^[.\s]+|[.\s]+$/g; // Windows drops them, others hide a file that begins with a dot
  const clean = parts
    .map((part) => part.replace(FORBIDDEN, " ").replace(/\s+/g, " ").replace(ends, ""))
    .map((part) => Array.from(part).slice(0, LONGEST_PART).join("").replace(ends, ""));
  const name = clean.filter(Boolean).join("-");
  return RESERVED.test(name) || name === "" ? `_${name}` : name;
}

/**
 * Hand a text, or a file that was made, to the visitor.
 *
 * @param {string} name
 * @param {string} type
 * @param {string | Blob} text
 */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers read it only after the click
}
