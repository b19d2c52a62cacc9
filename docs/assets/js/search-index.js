/**
 * Finds pages in the static index that scripts/publicity/search/index.py writes and describes.
 *
 * @import { Cutting, Phrase, Term, Wording } from "./search-query.js"
 * @typedef {Cutting & { version: string, shards: number, stem: number, collections: [string, string][], years: string[],
 *   collection: string, year: string }} Contents
 * @typedef {{ url: string, title: string, date: string, summary: string, names: string[], keywords: string[], sections: [string, string, string][] }} PageText
 * @typedef {{ page: number, collection: string, year: string }} Hit
 * @typedef {{ hits: Hit[], terms: Term[], near: boolean }} Found `near`: no page holds all that was asked, these come close
 * @typedef {Map<number, number>} Scores of pages, by their number
 */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const WEIGHTS = [1, 2, 4, 8]; // by level: in the body, often in the body, in a heading, in the title
const LESS = 0.5; // what the beginning of a longer word counts
const SYNONYM = 0.5; // what a synonym counts: what was typed comes first, a title with a synonym before a text with it
const FULL = 10; // results that hold the words as typed, or are called so, are enough
const MOST = 20; // texts to read in search of them
const NEAR_SHARE = 1 / 3; // of a phrase's pairs that a page must hold to come close

export class SearchIndex {
  /**
   * @param {URL} folder
   * @param {Contents} contents
   */
  constructor(folder, contents) {
    this.contents = contents;
    this.folder = new URL(`index-${contents.version}/`, folder);
    this.word = new RegExp(`^[${contents.words}]+$`, "u");
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /** @param {URL} folder */
  static async open(folder) {
    const response = await fetch(new URL("index.json", folder), { cache: "no-cache" });
    return new SearchIndex(folder, await checked(response).json());
  }

  /**
   * The pages that hold all terms, the best first; where there are none, those that come close.
   *
   * @param {Term[]} asked
   * @returns {Promise<Found>}
   */
  async find(asked) {
    const exact = await Promise.all(asked.map(async (term) => ({ term, scores: await this.scoresOf(term) })));
    const found = await Promise.all(exact.map((one) => (one.scores.size ? one : this.near(one.term))));
    let scores = all(found.map((one) => one.scores), (a, b) => a + b);
    const near = !scores.size || found.some((one, at) => one !== exact[at]);
    if (!scores.size) {
      scores = any(found.map((one) => one.scores), (a, b) => a + b);
    }
    const { contents } = this;
    const hits = [...scores].sort(([a, x], [b, y]) => y - x || a - b).map(([page]) => ({
      page,
      collection: contents.collections[DIGITS.indexOf(contents.collection.charAt(page))]?.[0] ?? "",
      year: contents.years[DIGITS.indexOf(contents.year.charAt(page))] ?? "",
    }));
    return { hits, terms: found.map((one) => one.term), near };
  }

  /**
   * The same hits by rank, 0 first. Reads the likeliest texts, until enough of them have rank 0.
   *
   * @param {Hit[]} hits
   * @param {(text: PageText) => number} rankOf
   */
  async sort(hits, rankOf) {
    /** @type {number[]} */
    const ranks = [];
    while (ranks.length < Math.min(hits.length, MOST) && ranks.filter((rank) => rank <= 1).length < FULL) {
      const texts = await Promise.all(hits.slice(ranks.length, ranks.length + FULL).map(({ page }) => this.read(page)));
      ranks.push(...texts.map(rankOf));
    }
    const read = hits.slice(0, ranks.length).map((hit, at) => ({ hit, rank: ranks[at] ?? 0 }));
    return [...read.sort((a, b) => a.rank - b.rank).map(({ hit }) => hit), ...hits.slice(ranks.length)];
  }

  /**
   * @param {number} page
   * @returns {Promise<PageText>}
   */
  read(page) {
    return this.file(`pages/${page}.json`);
  }

  /**
   * @param {Term} term
   * @returns {Promise<Scores>}
   */
  async scoresOf({ wordings }) {
    const found = await Promise.all(wordings.map(({ phrases }) => Promise.all(phrases.map((phrase) => this.levelsOf(phrase)))));
    const scores = found.map((levels, at) => this.weigh(all(levels, Math.min), at ? SYNONYM : 1));
    return any(scores, Math.max);
  }

  /**
   * Rare terms tell more about a page than common ones.
   *
   * @param {Scores} levels
   * @param {number} factor
   */
  weigh(levels, factor) {
    const rarity = Math.log(1 + this.contents.collection.length / levels.size);
    return new Map([...levels].map(([page, level]) => [page, level * rarity * factor]));
  }

  /**
   * How prominently the pages hold a phrase: as all its pairs, or as a word or the beginning of one.
   *
   * @param {Phrase} phrase
   * @returns {Promise<Scores>}
   */
  async levelsOf({ units }) {
    const [first = ""] = units;
    if (units.length > 1) {
      return all(await Promise.all(pairs(units).map((pair) => this.postings(pair))), Math.min);
    }
    if (!this.word.test(first) || first.length < this.contents.stem) {
      return this.postings(first);
    }
    const stem = first.length > this.contents.stem ? first.replace(/s$/, "") : first;
    const longer = Object.entries(await this.shard(first)).filter(([term]) => term.startsWith(stem));
    return any(longer.map(([term, text]) => decode(text, term === first ? 1 : LESS)), Math.max);
  }

  /**
   * A term that stands nowhere: the words spelled most like it, or the pages that hold part of its pairs.
   *
   * @param {Term} term
   * @returns {Promise<{ term: Term, scores: Scores }>}
   */
  async near(term) {
    const units = term.wordings[0]?.phrases.flatMap((phrase) => phrase.units) ?? [];
    const [first = ""] = units;
    if (units.length === 1 && this.word.test(first)) {
      const words = (await this.shard(`~${first.charAt(0)}`))[`~${first.charAt(0)}`]?.split(" ") ?? [];
      const close = { wordings: closest(first, words).map((word) => wording([word], `\\b${word}`)) };
      return { term: close, scores: await this.scoresOf(close) };
    }
    const found = await Promise.all(pairs(units).map(async (pair) => ({ pair, levels: await this.postings(pair) })));
    const held = found.filter(({ levels }) => levels.size);
    const counts = any(held.map(({ levels }) => new Map([...levels.keys()].map((page) => [page, 1]))), (a, b) => a + b);
    const scores = any(held.map(({ levels }) => this.weigh(levels, LESS)), (a, b) => a + b);
    const close = [...scores].filter(([page]) => (counts.get(page) ?? 0) >= NEAR_SHARE * found.length);
    return { term: { wordings: held.map(({ pair }) => wording([...pair], [...pair].join(" ?"))) }, scores: new Map(close) };
  }

  /** @param {string} term */
  async postings(term) {
    return decode((await this.shard(term))[term] ?? "", 1);
  }

  /**
   * The file that a term lies in; as `shard_of` in index.py.
   *
   * @param {string} term
   * @returns {Promise<Record<string, string>>}
   */
  shard(term) {
    let value = 0;
    for (const character of this.word.test(term) ? term.slice(0, this.contents.stem) : term) {
      value = (value * 33 + (character.codePointAt(0) ?? 0)) % 65521;
    }
    return this.file(`terms/${value % this.contents.shards}.json`);
  }

  /** @param {string} name */
  file(name) {
    let file = this.files.get(name);
    if (!file) {
      file = fetch(new URL(name, this.folder)).then((response) => checked(response).json());
      this.files.set(name, file);
    }
    return file;
  }
}

/** @param {Response} response */
function checked(response) {
  if (!response.ok) {
    throw new Error(`${response.url}: ${response.status}`);
  }
  return response;
}

/** @param {string[]} units */
function pairs(units) {
  return units.slice(1).map((unit, at) => `${units[at]}${unit}`);
}

/**
 * @param {string[]} units
 * @param {string} pattern
 * @returns {Wording}
 */
function wording(units, pattern) {
  return { phrases: [{ units, pattern: new RegExp(pattern, "gu") }] };
}

/**
 * Postings as weights by page.
 *
 * @param {string} text
 * @param {number} factor
 * @returns {Scores}
 */
function decode(text, factor) {
  const weights = new Map();
  let page = -1;
  let value = 0;
  let place = 1;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    value += (digit % 32) * place;
    place *= 32;
    if (digit < 32) {
      page += value >> 2;
      weights.set(page, (WEIGHTS[value & 3] ?? 0) * factor);
      value = 0;
      place = 1;
    }
  }
  return weights;
}

/**
 * @param {Scores[]} maps
 * @param {(a: number, b: number) => number} join
 * @returns {Scores} of the pages in all maps
 */
function all([first, ...others], join) {
  const pages = [...(first ?? [])].filter(([page]) => others.every((other) => other.has(page)));
  return new Map(pages.map(([page, score]) => [page, others.reduce((sum, other) => join(sum, other.get(page) ?? 0), score)]));
}

/**
 * @param {Scores[]} maps
 * @param {(a: number, b: number) => number} join
 * @returns {Scores} of the pages in any map
 */
function any(maps, join) {
  const scores = new Map();
  for (const [page, score] of maps.flatMap((map) => [...map])) {
    scores.set(page, scores.has(page) ? join(scores.get(page), score) : score);
  }
  return scores;
}

/**
 * The words fewest slips away from a mistyped one, and not too many.
 *
 * @param {string} typed
 * @param {string[]} words
 */
function closest(typed, words) {
  const slips = words.map((word) => ({ word, count: distance(typed, word) }));
  const least = Math.min(...slips.map(({ count }) => count));
  return least > (typed.length < 8 ? 1 : 2) ? [] : slips.filter(({ count }) => count === least).map(({ word }) => word);
}

/**
 * Letters to add, drop, change or swap with the next (Damerau and Levenshtein, optimal string alignment).
 *
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (/** @type {number} */ up, /** @type {number} */ left) => (up ? rows[i - up] : row)?.[j - left] ?? Infinity;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + Number(a[i - 1] !== b[j - 1]), swapped ? at(2, 2) + 1 : Infinity));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? Infinity;
}
