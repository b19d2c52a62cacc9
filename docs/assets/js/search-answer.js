/**
 * Answers a query: weighs the pages by where they hold what is asked for.
 *
 * @import { Term } from "./search-query.js"
 * @import { Contents, Hit, SearchIndex } from "./search-index.js"
 * @import { Alternative, Asked, Unit } from "./search-read.js"
 * @typedef {{ score: number, isWhole: boolean }} Worth of a page; whole where it holds all that was asked
 * @typedef {{ hits: Hit[], terms: Term[], near: boolean }} Answer `near`: no page holds all that was asked, these come close
 */

import { fold, pairsOf, patternsFor, stemOf, termsOf, without } from "./search-query.js";
import { read } from "./search-read.js";

const TITLE = 8; // the weight of a term in a title
const PRECISE = 1; // what a title that says nothing else adds
const ALIKE = 1; // what a name adds that says the same
const PASSAGE = 1; // what a passage adds that holds all of it
const LEFT = 0.5; // what a unit is worth that was left over between words
const READ = 10; // pages whose names are read
const ASKED = ["questions", "pages", "guides", "templates"]; // kinds whose keywords are what people ask for, not what they are about
const QUESTION = 1.3; // what a question is worth beside other entries to somebody who asks one
const KIND = 3; // what a page of the kind that was asked for is worth beside others
const TELLING = 2.3; // the rarity of a word by which a country is named
const DIGEST = 0.6; // what an issue of the newsletter is worth beside what it sums up
const STEM = 3; // letters of a word that are kept
const TINY = 1e-6;
const ANSWERED = 0.75; // of the words of a question that a page must hold to be its answer, the rare ones counting more
const FITS = [100, 2, 1]; // by rank: is called so, holds what was typed, holds its words
const ENOUGH = 3; // pages that hold what was typed, to leave it at those
const LEAST = 0.05; // of the best page's worth
const BETTER = 3; // pages that may go before those that hold the words as typed
const FEW = 3; // questions to begin with where none was asked

/**
 * The pages that answer a query, the best first.
 *
 * @param {SearchIndex} index
 * @param {string} query
 * @returns {Promise<Answer>}
 */
export async function answer(index, query) {
  const { contents } = index;
  const typed = fold(query, contents.traditional).replace(/\s+/g, " ").trim();
  const asked = await read(index, typed);
  const terms = termsOf(asked.words, contents);
  const exact = asked.isBroken ? new Map() : await index.find(terms);
  const worth = await weigh(index, asked);
  for (const [page, score] of exact) {
    worth.set(page, worth.get(page) ?? { score: score * TINY, isWhole: true });
  }
  await likeness(index, asked.units, worth);
  const all = [...worth].map(([page, { score, isWhole }]) => ({ page, score, isWhole })).sort((a, b) => b.score - a.score || a.page - b.page);
  const held = all.filter(({ page }) => exact.has(page));
  const ranks = await index.ranks(held.map(({ page }) => page), typed, terms);
  const valued = held.map((one) => ({ ...one, score: one.score * (FITS[ranks.get(one.page) ?? FITS.length] ?? 1) }));
  valued.sort((a, b) => b.score - a.score || a.page - b.page);
  const others = all.filter(({ page }) => !exact.has(page));
  const [best] = held.length ? held : others;
  const close = others.filter(({ score }) => score >= LEAST * (best?.score ?? 0));
  const before = held.length ? close.filter(({ score }) => score > (best?.score ?? 0)).slice(0, BETTER) : close;
  const after = held.length && held.length < ENOUGH ? close.filter((one) => !before.includes(one)) : [];
  const hits = index.hits([...before, ...valued, ...after].map(({ page }) => page));
  const near = !held.length && (asked.isMended || !others.some(({ isWhole }) => isWhole));
  const isLoose = before.length > 0 || after.length > 0;
  return { hits: mixed(hits, asked.isQuestion), terms: isLoose ? [...terms, ...termsFor(asked.units, contents)] : terms, near };
}

/**
 * Where no question was asked, a few questions are enough to begin with.
 *
 * @param {Hit[]} hits
 * @param {boolean} isQuestion
 */
function mixed(hits, isQuestion) {
  const questions = hits.filter(({ collection }) => collection === "questions");
  if (isQuestion || questions.length <= FEW || hits.length === questions.length) {
    return hits;
  }
  const late = new Set(questions.slice(FEW));
  const early = hits.filter((hit) => !late.has(hit));
  return [...early.slice(0, 10), ...late, ...early.slice(10)];
}

/**
 * What each page that holds some of the units is worth.
 *
 * @param {SearchIndex} index
 * @param {Asked} asked
 * @returns {Promise<Map<number, Worth>>}
 */
async function weigh(index, { units, isQuestion, kinds }) {
  /** @type {Map<number, { sum: number, held: number, titled: number, whole: number, isNamed: boolean }>} */
  const pages = new Map();
  let total = 0;
  for (const { alternatives, isLeft } of units) {
    const parts = await Promise.all(alternatives.map((one) => holders(index, one)));
    const typed = (isLeft ? LEFT : 1) * (parts[0]?.weight || Math.max(0, ...parts.map(({ weight }) => weight)));
    total += typed;
    /** @type {Map<number, { sum: number, share: number, titled: number, weight: number }>} */
    const best = new Map();
    for (const { found, weight } of parts) {
      for (const [page, { sum, share, titled }] of found) {
        const worth = (sum * typed) / weight; // a rare synonym is worth no more than what was typed
        const before = best.get(page);
        const most = Math.max(titled, before?.titled ?? 0);
        best.set(page, worth > (before?.sum ?? 0) ? { sum: worth, share, titled: most, weight: typed } : { ...before, sum: before?.sum ?? 0, share: before?.share ?? 0, weight: typed, titled: most });
      }
    }
    for (const [page, { sum, share, titled, weight }] of best) {
      const before = pages.get(page) ?? { sum: 0, held: 0, titled: 0, whole: 0, isNamed: false };
      const isNamed = before.isNamed || parts.some((one, at) => {
        const { length } = alternatives[at]?.pairs ?? [];
        return one.found.get(page)?.titled === length && one.weight > length * TELLING;
      });
      pages.set(page, { sum: before.sum + sum, held: before.held + share * weight, titled: before.titled + titled, whole: before.whole + Number(share === 1), isNamed });
    }
  }
  return new Map([...pages].map(([page, { sum, held, titled, whole, isNamed }]) => {
    const cover = Math.min(1, held / total);
    const kind = index.collectionOf(page);
    const precise = 1 + PRECISE * cover * Math.min(1, titled / Math.max(1, index.sizeOf(page)));
    const wanted = kinds.includes(kind) || (kind === "countries" && isNamed && !kinds.includes("cases")) ? KIND : 1;
    const boost = kind === "questions" && isQuestion && !kinds.length ? QUESTION : kind === "newsletter" && wanted === 1 ? DIGEST : wanted;
    return [page, { score: (sum / (TITLE * total)) * cover * precise * boost, isWhole: whole === units.length || (isQuestion && cover >= ANSWERED) }];
  }));
}

/**
 * Raises the likeliest pages by how much one of their names, or a question as it is also asked, says the same as the query, and by
 * how much of it stands together in one of their paragraphs.
 *
 * @param {SearchIndex} index
 * @param {Unit[]} units
 * @param {Map<number, Worth>} worth
 */
async function likeness(index, units, worth) {
  const rare = await Promise.all(units.map(async ({ alternatives: [typed] }) => Promise.all((typed?.pairs ?? []).map((pair) => index.rarity(pair)))));
  const weights = rare.map((all, at) => (units[at]?.isLeft ? LEFT : 1) * sum(all));
  const usual = sum(weights) / Math.max(1, rare.flat().length);
  const likely = [...worth].sort(([a, x], [b, y]) => y.score - x.score || a - b).slice(0, READ);
  await Promise.all(likely.map(async ([page, one]) => {
    const { title, names, keywords, summary, sections } = await index.read(page);
    const called = [title, ...names, ...(ASKED.includes(index.collectionOf(page)) ? keywords : [])];
    const likest = Math.max(...called.map((name) => alike(units, weights, usual, without(fold(name), index.contents.idle))));
    const passages = [[title, ...names, ...keywords].join("\n"), summary, ...sections.flatMap(([, heading, text]) => text.split("\n").map((line) => `${heading}\n${line}`))];
    const best = Math.max(...passages.map((passage) => heldBy(fold(passage), units, weights)));
    worth.set(page, { ...one, score: one.score * (1 + ALIKE * likest) * (1 + PASSAGE * best) });
  }));
}

/**
 * How much of a name and of what is asked for is the same, from 0 to 1 (Dice's coefficient, of neighbouring characters).
 *
 * @param {Unit[]} units
 * @param {number[]} weights of the units
 * @param {number} usual the weight of two neighbours of the name that were not asked for
 * @param {string} name
 */
function alike(units, weights, usual, name) {
  const named = new Set(name.split(/[^\p{L}\p{N}]+/u).flatMap((run) => (/^[a-z0-9]+$/.test(run) ? [run] : pairsOf(run))));
  const share = (/** @type {Alternative} */ { pairs }) => pairs.filter((pair) => named.has(pair)).length / pairs.length;
  const same = units.map(({ alternatives }, at) => (weights[at] ?? 0) * Math.max(...alternatives.map(share)));
  const asked = new Set(units.flatMap(({ alternatives }) => alternatives.flatMap(({ pairs }) => pairs)));
  const other = [...named].filter((pair) => !asked.has(pair)).length * usual;
  return (2 * sum(same)) / (sum(weights) + sum(same) + other || 1);
}

/**
 * How much of what is asked for a passage holds, from 0 to 1.
 *
 * @param {string} passage
 * @param {Unit[]} units
 * @param {number[]} weights of the units
 */
function heldBy(passage, units, weights) {
  const share = (/** @type {Alternative} */ { pairs }) => pairs.filter((pair) => stands(passage, pair)).length / pairs.length;
  return sum(units.map(({ alternatives }, at) => (weights[at] ?? 0) * Math.max(...alternatives.map(share)))) / (sum(weights) || 1);
}

/**
 * Whether a term stands in a passage; a word in letters in any of its forms.
 *
 * @param {string} passage
 * @param {string} term
 */
function stands(passage, term) {
  const stem = stemOf(term, STEM);
  return passage.includes(stem) && (!/^[a-z]/.test(term) || new RegExp(`\\b${stem}`).test(passage));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

/**
 * The pages that hold a wording, or part of it.
 *
 * @param {SearchIndex} index
 * @param {Alternative} wording
 */
async function holders(index, { pairs, factor, isNumber }) {
  const levels = await Promise.all(pairs.map((pair) => index.of(pair)));
  const rarity = await Promise.all(pairs.map((pair) => index.rarity(pair)));
  /** @type {Map<number, { sum: number, share: number, titled: number }>} */
  const found = new Map();
  levels.forEach((level, at) => {
    for (const [page, weight] of level) {
      const { sum, share, titled } = found.get(page) ?? { sum: 0, share: 0, titled: 0 };
      found.set(page, { sum: sum + weight * (rarity[at] ?? 0), share: share + 1, titled: titled + Number(weight === TITLE) });
    }
  });
  for (const [page, { sum, share, titled }] of found) {
    if (isNumber && share < pairs.length) {
      found.delete(page);
    } else {
      found.set(page, { sum: (sum * factor * share) / pairs.length, share: share / pairs.length, titled });
    }
  }
  return { found, weight: sum(rarity) };
}

/**
 * The units as terms to be marked in texts.
 *
 * @param {Unit[]} units
 * @param {Contents} contents
 * @returns {Term[]}
 */
function termsFor(units, contents) {
  return units.map(({ alternatives }) => ({ wordings: alternatives.flatMap(({ text, pairs }) => patternsFor(text, pairs, contents)) }));
}
