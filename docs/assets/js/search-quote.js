/**
 * What was found, marked in texts, and the sentence to quote of a page.
 *
 * @import { PageText } from "./search-index.js"
 * @import { Term } from "./search-query.js"
 */

import { fold } from "./search-query.js";

const LEAD = 40; // characters before what was found that a quotation may begin with

/**
 * Where the patterns stand in a text, in order, none over another.
 *
 * @param {string} text
 * @param {RegExp[]} patterns
 * @returns {[number, number][]}
 */
function placesOf(text, patterns) {
  const folded = fold(text);
  /** @type {[number, number][]} */
  const all = patterns.flatMap((pattern) => [...folded.matchAll(pattern)].map((match) => /** @type {[number, number]} */ ([match.index, match.index + match[0].length])));
  all.sort(([a, b], [c, d]) => a - c || d - b);
  let end = 0;
  return all.filter(([from, to]) => {
    const free = from >= end;
    end = free ? to : end;
    return free;
  });
}

/** @param {Term[]} terms */
export function patternsOf(terms) {
  return terms.flatMap(({ wordings }) => wordings.flatMap(({ phrases }) => phrases.map(({ pattern }) => pattern)));
}

/**
 * A text in parts, those that were found marked so.
 *
 * @param {string} text
 * @param {RegExp[]} patterns
 */
export function cutAt(text, patterns) {
  const places = placesOf(text, patterns);
  const ends = [0, ...places.map(([, to]) => to)];
  const parts = places.flatMap(([from, to], at) => [
    { part: text.slice(ends[at], from), found: false },
    { part: text.slice(from, to), found: true },
  ]);
  return [...parts, { part: text.slice(ends[ends.length - 1]), found: false }];
}

/**
 * What to show of a page: the section whose best sentence holds most of the terms, and that sentence with what follows. Where the
 * title holds them all or no section any, the top with the summary.
 *
 * @param {PageText} page
 * @param {Term[]} terms
 * @param {number} length of the quotation, in characters
 */
export function bestOf({ title, summary, sections }, terms, length) {
  const held = (/** @type {string} */ text) => terms.filter((term) => placesOf(text, patternsOf([term])).length).length;
  const [best] = sections
    .map(([anchor, heading, text]) => ({ anchor, heading, text, held: 2 * held(`${heading}\n${text}`) + held(heading) }))
    .sort((a, b) => b.held - a.held);
  const isBelow = best?.held && held(title) < terms.length && held(summary) * 2 < best.held;
  const { anchor, heading, text } = isBelow ? best : { anchor: "", heading: "", text: summary };
  return { anchor, heading, text: quote(isBelow ? fromBest(text, held) : text, patternsOf(terms), length) };
}

/**
 * A text from the sentence on that holds most.
 *
 * @param {string} text
 * @param {(text: string) => number} held
 */
function fromBest(text, held) {
  const sentences = text.split(/(?<=[。；！？\n])/);
  const counts = sentences.map(held);
  return sentences.slice(counts.indexOf(Math.max(...counts))).join("");
}

/**
 * A stretch of a text around what was found, from the beginning of its sentence where that is near.
 *
 * @param {string} text
 * @param {RegExp[]} patterns
 * @param {number} length
 */
function quote(text, patterns, length) {
  const [[first] = [0]] = placesOf(text, patterns);
  const before = text.slice(Math.max(0, first - LEAD), first);
  const sentence = /[^。；\n]*$/.exec(before)?.[0] ?? "";
  const cutOff = sentence.length === LEAD; // it begins further ahead, so this may begin amid a word
  const rest = text.slice(first - (cutOff ? sentence.replace(/^[\w'-]+/, "") : sentence).length).trimStart();
  const cut = rest.length > length ? `${rest.slice(0, length).replace(/[\w'-]+$/, "")}…` : rest;
  return `${cutOff ? "…" : ""}${cut}`.replace(/\n/g, " ");
}
