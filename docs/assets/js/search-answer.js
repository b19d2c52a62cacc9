/**
 * Answers a query as people ask: drops the words around what they look for, mends one wrong character, reads pinyin, and weighs
 * the pages by where they hold what is left.
 *
 * @import { Term } from "./search-query.js"
 * @import { Contents, Hit, SearchIndex } from "./search-index.js"
 * @typedef {{ pairs: string[], text: string, factor: number }} Alternative a wording as terms of the index
 * @typedef {{ alternatives: Alternative[] }} Unit what pages are to hold, in any of its wordings
 * @typedef {{ units: Unit[], isMended: boolean, isQuestion: boolean, isBroken: boolean, kinds: string[] }} Asked broken where no page can hold it as typed
 * @typedef {{ score: number, isWhole: boolean }} Worth of a page; whole where it holds all that was asked
 * @typedef {{ hits: Hit[], terms: Term[], near: boolean }} Answer `near`: no page holds all that was asked, these come close
 */

import { articlesApart, fold, knownWords, numbersOf, pairsOf, patternsFor, runsOf, termsOf, without } from "./search-query.js";

const TITLE = 8; // the weight of a term in a title
const SYNONYM = 0.7;
const PRECISE = 1; // what a title that says nothing else adds
const QUESTION = 1.3; // what a question is worth beside other entries to somebody who asks one
const KIND = 1.6; // what a page of the kind that was asked for is worth beside others
const DIGEST = 0.6; // what an issue of the newsletter is worth beside what it sums up
const TINY = 1e-6;
const ANSWERED = 0.75; // of the words of a question that a page must hold to be its answer, the rare ones counting more
const FITS = [100, 2, 1]; // by rank: is called so, holds what was typed, holds its words
const ENOUGH = 3; // pages that hold what was typed, to leave it at those
const LEAST = 0.2; // of the best page's worth
const BETTER = 3; // pages that may go before those that hold the words as typed
const FEW = 3; // questions to begin with where none was asked
const MENDED = 1; // characters of a run to look for a better one at
const WINDOWS = 10; // stretches of text to look up for one
const LONGEST = 8;
const SHORTEST = 3;
const WORD = 3; // pairs that make a word by themselves, which the character beside it need not mend
const MEANT = 3; // words that pinyin may stand for

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
  const terms = termsOf(typed, contents);
  const asked = await read(index, typed);
  const exact = asked.isBroken ? new Map() : await index.find(terms);
  const worth = await weigh(index, asked);
  for (const [page, score] of exact) {
    worth.set(page, worth.get(page) ?? { score: score * TINY, isWhole: true });
  }
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
 * What a query asks for, without the words around it.
 *
 * @param {SearchIndex} index
 * @param {string} typed
 * @returns {Promise<Asked>}
 */
async function read(index, typed) {
  const { contents } = index;
  const left = without(typed, contents.idle);
  const isQuestion = left !== typed;
  const kinds = Object.entries(contents.kinds).flatMap(([kind, words]) => (words.some((word) => typed.includes(word) && typed !== word) ? [kind] : []));
  /** @type {Unit[]} */
  const units = [];
  /** @type {string[]} */
  const strange = [];
  let isMended = false;
  let isBroken = false;
  for (const run of runsOf(articlesApart(left), contents)) {
    const numbers = numbersOf(run);
    if (/^[a-z]$/.test(run) && run !== left) {
      continue; // a letter among words says nothing
    }
    if (index.word.test(run)) {
      const { size } = await index.of(run);
      if (size || /\d/.test(run)) {
        units.push({ alternatives: wordingsOf(run, contents) });
      } else {
        strange.push(run);
      }
    } else if (numbers.length > 1) {
      units.push({ alternatives: numbers.map((text, at) => alternative(text, at ? SYNONYM : 1)) });
    } else {
      const mended = await mend(index, run);
      isMended ||= mended !== run;
      const parts = await cut(index, mended);
      isBroken ||= parts.isBroken;
      units.push(...parts.units);
    }
  }
  const { found, isSpelled } = await spelled(index, strange);
  return { units: [...units, ...found], isMended: isMended || isSpelled || (strange.length > 0 && !found.length), isQuestion, isBroken, kinds: /第.+条/.test(typed) ? [...kinds, "regulations"] : kinds };
}

/**
 * A run of characters in known words and what stands between them, where no page joins those.
 *
 * @param {SearchIndex} index
 * @param {string} run
 * @returns {Promise<{ units: Unit[], isBroken: boolean }>}
 */
async function cut(index, run) {
  const parts = knownWords(run, index.contents.synonyms);
  let isBroken = false;
  const units = parts.map(async (part) => {
    if (Array.isArray(part)) {
      return [{ alternatives: part.map((text, at) => alternative(text, at ? SYNONYM : 1)) }];
    }
    const pairs = pairsOf(part);
    if (!pairs.length) {
      return part.length && run.length === 1 ? [{ alternatives: [alternative(part, 1)] }] : [];
    }
    const known = await Promise.all(pairs.map((pair) => index.of(pair)));
    const ends = known.flatMap(({ size }, at) => (size ? [] : [at + 1]));
    isBroken ||= ends.length > 0;
    const pieces = [0, ...ends].map((from, at) => part.slice(from, ends[at] ?? part.length));
    return pieces.filter((piece) => piece.length > 1).map((piece) => ({ alternatives: [alternative(piece, 1)] }));
  });
  const found = (await Promise.all(units)).flat();
  return { units: found, isBroken };
}

/**
 * The run with a character in the place of one that joins with neither of its neighbours, where that makes a word.
 *
 * @param {SearchIndex} index
 * @param {string} run
 * @returns {Promise<string>}
 */
async function mend(index, run) {
  const pairs = pairsOf(run);
  const sizes = await Promise.all(pairs.map(async (pair) => (await index.of(pair)).size));
  const isWord = (/** @type {number} */ from) => sizes.slice(from, from + WORD).filter(Boolean).length === WORD;
  const alone = [...run].flatMap((_, at) => (sizes[at - 1] || sizes[at] || (!at && isWord(1)) || (at === run.length - 1 && isWord(at - 1 - WORD)) ? [] : [at]));
  const loneliness = (/** @type {number} */ at) => Number(sizes[at - 1] === 0) + Number(sizes[at] === 0);
  alone.sort((a, b) => loneliness(b) - loneliness(a));
  for (const at of alone.slice(0, MENDED)) {
    const found = await Promise.all(windows(run, at).map(async ([from, to]) => {
      const gap = `${run.slice(from, at)}?${run.slice(at + 1, to)}`;
      const [word] = (await index.meant(gap)) ?? [];
      return word ? run.slice(0, from) + word + run.slice(to) : "";
    }));
    const mended = found.find(Boolean);
    if (mended) {
      return mended;
    }
  }
  return run;
}

/**
 * The stretches of a run around a character, the longest first.
 *
 * @param {string} run
 * @param {number} at
 * @returns {[number, number][]}
 */
function windows(run, at) {
  /** @type {[number, number][]} */
  const all = [];
  for (let size = Math.min(LONGEST, run.length); size >= SHORTEST; size--) {
    for (let from = Math.max(0, at - size + 1); from <= at && from + size <= run.length; from++) {
      all.push([from, from + size]);
    }
  }
  const near = all.filter(([from, to]) => to - from <= SHORTEST + 2 || to - from === run.length);
  return near.slice(0, WINDOWS);
}

/**
 * What words that stand nowhere mean: by their sounds, all together or each, else by the words spelled most like them.
 *
 * @param {SearchIndex} index
 * @param {string[]} words
 * @returns {Promise<{ found: Unit[], isSpelled: boolean }>}
 */
async function spelled(index, words) {
  if (!words.length) {
    return { found: [], isSpelled: false };
  }
  const together = await index.meant(`^${words.join("")}`);
  if (together) {
    return { found: [meaning(together)], isSpelled: false };
  }
  const each = await Promise.all(words.map(async (word) => ({ sounds: await index.meant(`^${word}`), like: await index.like(word) })));
  const found = each.flatMap(({ sounds, like }) => {
    if (sounds) {
      return [meaning(sounds)];
    }
    return like.length ? [{ alternatives: like.map((word) => ({ pairs: [word], text: word, factor: 1 })) }] : [];
  });
  return { found, isSpelled: each.some(({ sounds }) => !sounds) };
}

/** @param {string[]} words */
function meaning(words) {
  return { alternatives: words.slice(0, MEANT).map((word, at) => alternative(word, at ? SYNONYM : 1)) };
}

/**
 * @param {string} text
 * @param {number} factor
 * @returns {Alternative}
 */
function alternative(text, factor) {
  const runs = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return { pairs: runs.flatMap((run) => (/^[a-z0-9]+$/.test(run) ? [run] : pairsOf(run).length ? pairsOf(run) : [run])), text, factor };
}

/**
 * A word with its synonyms.
 *
 * @param {string} word
 * @param {Contents} contents
 */
function wordingsOf(word, { synonyms }) {
  const group = synonyms.find((words) => words.includes(word)) ?? [];
  return [word, ...group.filter((other) => other !== word)].map((text, at) => alternative(text, at ? SYNONYM : 1));
}

/**
 * What each page that holds some of the units is worth.
 *
 * @param {SearchIndex} index
 * @param {Asked} asked
 * @returns {Promise<Map<number, Worth>>}
 */
async function weigh(index, { units, isQuestion, kinds }) {
  /** @type {Map<number, { sum: number, held: number, titled: number, whole: number }>} */
  const pages = new Map();
  let total = 0;
  for (const { alternatives } of units) {
    const parts = await Promise.all(alternatives.map((one) => holders(index, one)));
    const typed = parts[0]?.weight || Math.max(0, ...parts.map(({ weight }) => weight));
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
      const before = pages.get(page) ?? { sum: 0, held: 0, titled: 0, whole: 0 };
      pages.set(page, { sum: before.sum + sum, held: before.held + share * weight, titled: before.titled + titled, whole: before.whole + Number(share === 1) });
    }
  }
  return new Map([...pages].map(([page, { sum, held, titled, whole }]) => {
    const cover = Math.min(1, held / total);
    const precise = 1 + PRECISE * cover * Math.min(1, titled / Math.max(1, index.sizeOf(page)));
    const kind = index.collectionOf(page);
    const wanted = kinds.includes(kind) ? KIND : 1;
    const boost = kind === "questions" && isQuestion && !kinds.length ? QUESTION : kind === "newsletter" && wanted === 1 ? DIGEST : wanted;
    return [page, { score: (sum / (TITLE * total)) * cover * precise * boost, isWhole: whole === units.length || (isQuestion && cover >= ANSWERED) }];
  }));
}

/**
 * The pages that hold a wording, or part of it.
 *
 * @param {SearchIndex} index
 * @param {Alternative} wording
 */
async function holders(index, { pairs, factor }) {
  const count = index.contents.collection.length;
  const levels = await Promise.all(pairs.map((pair) => index.of(pair)));
  const rarity = levels.map(({ size }) => (size ? Math.log(1 + count / size) : 0));
  /** @type {Map<number, { sum: number, share: number, titled: number }>} */
  const found = new Map();
  levels.forEach((level, at) => {
    for (const [page, weight] of level) {
      const { sum, share, titled } = found.get(page) ?? { sum: 0, share: 0, titled: 0 };
      found.set(page, { sum: sum + weight * (rarity[at] ?? 0), share: share + 1, titled: titled + Number(weight === TITLE) });
    }
  });
  for (const [page, { sum, share, titled }] of found) {
    found.set(page, { sum: (sum * factor * share) / pairs.length, share: share / pairs.length, titled });
  }
  return { found, weight: rarity.reduce((sum, one) => sum + one, 0) };
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
