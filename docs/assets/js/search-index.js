/**
 * Finds pages in the static index that scripts/publicity/search/index.py writes and describes.
 *
 * @import { Cutting, Phrase, Term } from "./search-query.js"
 * @typedef {Cutting & { version: string, shards: number, collections: [string, string][], years: string[], collection: string,
 *   year: string, sizes: string, loose: string,
 *   kinds: Record<string, [string[], string[]]> }} Contents
 * @typedef {{ url: string, title: string, date: string, summary: string, names: string[], keywords: string[], sections: [string, string, string][] }} PageText
 * @typedef {{ page: number, collection: string, year: string }} Hit
 * @typedef {Map<number, number>} Scores of pages, by their number
 */

import { literalOf, rankOf, stemOf } from "./search-query.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const WEIGHTS = [1, 3, 6, 8]; // by level: in the body, in a heading or often in the body, among the names, in the title
const LESS = 0.5; // what the beginning of a longer word counts
const SYNONYM = 0.5; // what a synonym counts: what was typed comes first, a title with a synonym before a text with it
const READ = 10; // texts to read in search of those that hold the words as typed, or are called so

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
    const stored = await checked(response).json();
    const synonyms = stored.synonyms.split(";").map((/** @type {string} */ group) => group.split("|"));
    const collection = stored.collection.map((/** @type {[string, number]} */ [digit, count]) => digit.repeat(count)).join("");
    return new SearchIndex(folder, { ...stored, synonyms, collection, idle: stored.idle.split("|") });
  }

  /**
   * The pages that hold all terms, with what they are worth.
   *
   * @param {Term[]} terms
   * @returns {Promise<Scores>}
   */
  async find(terms) {
    return all(await Promise.all(terms.map((term) => this.scoresOf(term))), (a, b) => a + b);
  }

  /** @param {number[]} pages */
  hits(pages) {
    return pages.map((page) => ({ page, collection: this.collectionOf(page), year: this.contents.years[at(this.contents.year, page)] ?? "" }));
  }

  /** @param {number} page */
  collectionOf(page) {
    return this.contents.collections[at(this.contents.collection, page)]?.[0] ?? "";
  }

  /**
   * How many terms the title of a page makes.
   *
   * @param {number} page
   */
  sizeOf(page) {
    return at(this.contents.sizes, page);
  }

  /**
   * How well the likeliest of the pages fit, as `rankOf` has it. Reads their texts.
   *
   * @param {number[]} pages the likeliest first
   * @param {string} typed
   * @param {Term[]} terms
   * @returns {Promise<Map<number, number>>}
   */
  async ranks(pages, typed, terms) {
    const literal = literalOf(typed, this.contents);
    const ranks = pages.slice(0, READ).map(async (page) => /** @type {[number, number]} */ ([page, rankOf(await this.read(page), literal, terms)]));
    return new Map(await Promise.all(ranks));
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
   * @param {Pick<Phrase, "units">} phrase
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
    const stem = stemOf(first, this.contents.stem);
    const longer = Object.entries(await this.shard(first)).filter(([term]) => term.startsWith(stem));
    return any(longer.map(([term, text]) => decode(text, stemOf(term, this.contents.stem) === stem ? 1 : LESS)), Math.max);
  }

  /**
   * How prominently the pages hold a term of the index; a word also as the beginning of a longer one.
   *
   * @param {string} term
   */
  of(term) {
    return this.word.test(term) ? this.levelsOf({ units: [term] }) : this.postings(term);
  }

  /**
   * How much a term tells about a page that holds it: rare ones more; none that stands nowhere.
   *
   * @param {string} term
   */
  async rarity(term) {
    const { size } = await this.of(term);
    return size ? Math.log(1 + this.contents.collection.length / size) : 0;
  }

  /**
   * What a key of another kind than a term stands for: sounds, or a word with a gap.
   *
   * @param {string} key
   * @returns {Promise<string[] | undefined>}
   */
  async meant(key) {
    return (await this.shard(key))[key]?.split(" ");
  }

  /**
   * The words spelled most like one that stands nowhere.
   *
   * @param {string} word
   */
  async like(word) {
    const key = `~${word.charAt(0)}`;
    return closest(word, (await this.meant(key)) ?? []);
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
    const gap = term.indexOf("?");
    const whole = gap < 0 ? term : term.slice(Math.max(0, gap - 1), gap + 2);
    let value = 0;
    for (const character of this.word.test(term) ? term.slice(0, this.contents.stem) : whole) {
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
 * The digit of a page among those of all.
 *
 * @param {string} digits
 * @param {number} page
 */
function at(digits, page) {
  return DIGITS.indexOf(digits.charAt(page));
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
