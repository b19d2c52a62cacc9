/**
 * Reads a query as people type it: drops the words around what they look for, mends one wrong character, takes sounds for words.
 *
 * @import { Contents, SearchIndex } from "./search-index.js"
 * @typedef {{ pairs: string[], text: string, factor: number, isNumber?: boolean }} Alternative a wording as terms of the index; of a number no
 *   part will do
 * @typedef {{ alternatives: Alternative[], isLeft?: boolean }} Unit what pages are to hold, in any of its wordings; `isLeft`: left over between words
 * @typedef {{ units: Unit[], words: string, isMended: boolean, isQuestion: boolean, isBroken: boolean, kinds: string[] }} Asked `words`: what
 *   was typed but the words that only name a kind; `isBroken`: no page can hold it as typed; `kinds` are the collections asked for
 */

import { articlesApart, knownWords, numbersOf, pairsOf, runsOf, stemOf, without } from "./search-query.js";

const RARE = 5; // times as often that a neighbour of a pair stands in pages, where it but ends a word and begins another
const RARER = 2; // the same for both of its neighbours
const WHOLE = 4; // characters of a query that is a word by itself
const SYNONYM = 0.7;
const MENDED = 1; // characters of a run to look for a better one at
const WINDOWS = 10; // stretches of text to look up for one
const LONGEST = 8;
const SHORTEST = 3;
const WORD = 3; // pairs that make a word by themselves, which the character beside it need not mend
const LETTERED = /(?<![a-z0-9])[a-z]\p{Script=Han}/gu; // words like U盘
const SINGLES = 2; // single characters to look for: each is another file
const MEANT = 3; // words that pinyin may stand for

/**
 * What a query asks for, without the words around it.
 *
 * @param {SearchIndex} index
 * @param {string} typed
 * @returns {Promise<Asked>}
 */
export async function read(index, typed) {
  const { contents } = index;
  const left = without(typed, contents.idle);
  const isQuestion = left !== typed;
  const named = Object.entries(contents.kinds).map(([kind, words]) => ({ kind, at: Math.max(...words.flat().map((word) => (typed === word ? -1 : placeOf(typed, word)))) }));
  const [{ kind = "", at = -1 } = {}] = named.sort((a, b) => b.at - a.at); // the last: 讲案例的电子刊 is a newsletter
  const kinds = at < 0 ? [] : [kind];
  const [bare = []] = contents.kinds[kind] ?? [];
  const words = typed.split(" ").filter((word) => !bare.includes(word)).join(" ") || typed;
  /** @type {Unit[]} */
  const units = [];
  /** @type {string[]} */
  const strange = [];
  let isMended = false;
  let isBroken = false;
  for (const [word] of left.matchAll(LETTERED)) {
    units.push({ alternatives: [{ pairs: [word], text: word, factor: 1 }] });
  }
  for (const run of runsOf(articlesApart(left.replace(LETTERED, " ")), contents)) {
    const numbers = numbersOf(run);
    if (/^[a-z]$/.test(run) && run !== left) {
      continue; // a letter among words says nothing
    }
    if (index.word.test(run)) {
      const { size } = await index.of(run);
      const wordings = wordingsOf(run, contents);
      const apart = size ? [] : partsOf(run);
      if (apart.length > 1) {
        units.push(...apart.map((part) => ({ alternatives: [alternative(part, 1)] })));
      } else if (size || wordings.length > 1 || /\d/.test(run)) {
        units.push({ alternatives: wordings });
      } else {
        strange.push(run);
      }
    } else if (numbers.length > 1) {
      units.push({ alternatives: numbers.map((text, at) => ({ ...alternative(text, at ? SYNONYM : 1), isNumber: true })) });
    } else {
      const mended = await mend(index, run);
      isMended = isMended || mended !== run;
      const parts = await cut(index, mended, run === typed);
      isBroken = isBroken || parts.isBroken;
      units.push(...parts.units);
    }
  }
  const { found, isSpelled } = await spelled(index, strange);
  const sounds = strange.length && /^[a-z]+( [a-z]+)+$/.test(left) ? await index.meant(`^${left.replace(/ /g, "")}`) : undefined;
  const all = sounds ? [meaning(sounds)] : [...new Map([...units, ...found].map((unit) => [unit.alternatives[0]?.text, unit])).values()]; // said twice is asked once
  const told = all.filter(({ alternatives: [one] }) => !bare.includes(one?.text ?? ""));
  const singles = told.filter(({ alternatives: [one] }) => one?.text.length === 1).slice(SINGLES);
  return { units: told.length ? told.filter((unit) => !singles.includes(unit)) : all, words, isMended: !sounds && (isMended || isSpelled || (strange.length > 0 && !found.length)), isQuestion, isBroken, kinds: /第.+条/.test(typed) ? [...kinds, "regulations"] : kinds };
}

/**
 * Where a word stands last in a text, below 0 where it does not.
 *
 * @param {string} text
 * @param {string} word words in letters count only whole
 */
function placeOf(text, word) {
  return /^[a-z]/.test(word) ? ` ${text.replace(/[^a-z]/g, " ")} `.lastIndexOf(` ${word} `) : text.lastIndexOf(word);
}

/**
 * A number typed without its signs, as DB50T1732 and 法释20207号: letters with the number behind them, letters, years, other numbers.
 *
 * @param {string} run
 */
function partsOf(run) {
  return /\d/.test(run) ? (run.match(/[a-z]{2,}\d+|[a-z]+|(?:19|20)\d\d(?=\d)|\d+/g) ?? []) : [];
}

/**
 * A run of characters in known words and what stands between them, where no page joins those.
 *
 * @param {SearchIndex} index
 * @param {string} run
 * @param {boolean} isAll whether nothing else was asked for
 * @returns {Promise<{ units: Unit[], isBroken: boolean }>}
 */
async function cut(index, run, isAll) {
  const isWhole = isAll && run.length <= WHOLE; // it is a word as it stands
  const parts = knownWords(run, index.contents.synonyms);
  const lengths = parts.map((part) => (Array.isArray(part) ? (part[0] ?? "") : part).length);
  let isBroken = false;
  const units = parts.map(async (part, place) => {
    if (Array.isArray(part)) {
      return [{ alternatives: part.map((text, at) => alternative(text, at ? SYNONYM : 1)) }];
    }
    const pairs = pairsOf(part);
    const start = lengths.slice(0, place).reduce((a, b) => a + b, 0);
    if (!pairs.length) {
      return isAll && run.length === 1 ? [{ alternatives: [alternative(part, 1)] }] : leftOver(index, run, start);
    }
    const known = await Promise.all(pairs.map((pair) => index.of(pair)));
    const ends = known.flatMap(({ size }, at) => {
      const beside = [known[at - 1]?.size, known[at + 1]?.size].filter((one) => one !== undefined);
      const loose = [...(pairs[at] ?? "")].filter((one) => index.contents.loose.includes(one)).length;
      const [least, most] = beside.length ? [Math.min(...beside), Math.max(...beside)] : [0, 0];
      const isEnd = loose ? size <= most || loose > 1 : size * RARER <= least && size * RARE <= most;
      return isEnd && beside.length && (!isWhole || !size) ? [at + 1] : [];
    });
    isBroken = isBroken || known.some(({ size }) => !size);
    const pieces = [0, ...ends].map(async (from, at) => {
      const piece = part.slice(from, ends[at] ?? part.length);
      return piece.length > 1 ? [{ alternatives: [alternative(piece, 1)] }] : leftOver(index, run, start + from);
    });
    return (await Promise.all(pieces)).flat();
  });
  const found = (await Promise.all(units)).flat();
  return { units: found, isBroken };
}

/**
 * A character that is left over between words, as in 商业秘密罪 and 新员工, by the pair that it makes with one of its neighbours; none where
 * it is a word by itself.
 *
 * @param {SearchIndex} index
 * @param {string} run
 * @param {number} at
 * @returns {Promise<Unit[]>}
 */
async function leftOver(index, run, at) {
  if (index.contents.loose.includes(run.charAt(at))) {
    return [];
  }
  const one = run.charAt(at);
  const joined = [run.slice(at - 1, at + 1), run.slice(at, at + 2)].filter((pair) => pair.length > 1);
  const sizes = await Promise.all(joined.map(async (pair) => (await index.of(pair)).size));
  const pair = Math.max(...sizes) ? joined[sizes.indexOf(Math.max(...sizes))] : "";
  const text = pair || one;
  return [{ alternatives: [{ pairs: [text], text, factor: 1 }], isLeft: true }];
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
  const slips = alone.filter((at) => !index.contents.loose.includes(run.charAt(at)));
  const loneliness = (/** @type {number} */ at) => Number(sizes[at - 1] === 0) + Number(sizes[at] === 0);
  slips.sort((a, b) => loneliness(b) - loneliness(a));
  for (const at of slips.slice(0, MENDED)) {
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
  const near = all.filter(([from, to]) => to - from <= SHORTEST + 2 || to - from === run.length).filter(([from, to]) => to - from > SHORTEST || (from < at && at < to - 1));
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
  const stem = stemOf(word, SHORTEST);
  const group = synonyms.find((words) => words.some((one) => stemOf(one, SHORTEST) === stem)) ?? [];
  return [word, ...group.filter((other) => other !== word)].map((text, at) => alternative(text, at ? SYNONYM : 1));
}
