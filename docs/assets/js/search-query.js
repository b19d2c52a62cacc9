/**
 * What a visitor typed, cut as the index is cut (scripts/publicity/search/index.py).
 *
 * @import { PageText } from "./search-index.js"
 * @typedef {{ paired: string, words: string, stem: number, synonyms: string[][], idle: string[], traditional: string[] }} Cutting
 * @typedef {{ units: string[], pattern: RegExp }} Phrase units without a gap between them, and the same as it stands in a text
 * @typedef {{ phrases: Phrase[] }} Wording phrases that all belong to it
 * @typedef {{ wordings: Wording[] }} Term of which any wording will do; the first is the one typed
 */

const DIGITS = "零一二三四五六七八九";
const PLACES = ["", "十", "百", "千"];
const ARTICLE = "(?=[条款项章节期号])";
const COUNTED = "[号年家月日天名人个项批期倍级]"; // what stands behind a number and belongs to it

/**
 * A text without differences of case and width, and where a table is given, of traditional and simplified characters.
 *
 * @param {string} text
 * @param {string[]} [traditional] characters and what takes their place
 */
export function fold(text, [old = "", simple = ""] = []) {
  const narrow = text.replace(/[！-～]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
  const plain = narrow.replace(/\u3000/g, " ").toLowerCase();
  return old ? plain.replace(/\p{Script=Han}/gu, (one) => simple.charAt(old.indexOf(one)) || one) : plain;
}

/**
 * The terms of a query: what spaces separate, each with its synonyms.
 *
 * @param {string} query folded
 * @param {Cutting} cutting
 * @returns {Term[]}
 */
export function termsOf(query, cutting) {
  const texts = cutting.synonyms.some((group) => group.includes(query)) ? [query] : articlesApart(query).split(" ");
  const terms = texts.map((text) => ({
    wordings: wordingsOf(text, cutting)
      .map((wording) => ({ phrases: phrasesOf(wording, cutting) }))
      .filter(({ phrases }) => phrases.length),
  }));
  return terms.filter(({ wordings }) => wordings.length);
}

/**
 * A query without the words that people say around what they look for; where nothing else is there, the query.
 *
 * @param {string} text
 * @param {string[]} idle
 */
export function without(text, idle) {
  const [latin, chinese] = [true, false].map((isLatin) => idle.filter((word) => /^[a-z]/.test(word) === isLatin));
  const longest = (chinese ?? []).sort((a, b) => b.length - a.length).join("|");
  const left = text.replace(new RegExp(`${longest}|\\b(?:${(latin ?? []).join("|")})\\b|(\\p{Script=Han})不\\1|不(?=[吗呢啊?？。，!！ ]|$)|[?？]`, "gu"), " ").replace(/\s+/g, " ").trim();
  return left || text;
}

/**
 * Articles stand apart from their law, and 219条 is 第219条.
 *
 * @param {string} text
 */
export function articlesApart(text) {
  const named = text.replace(/(?<![第0-9])([0-9]{1,4})条(?!款|例)/g, "第$1条");
  return named.replace(new RegExp(` ?(第[0-9${DIGITS}${PLACES.join("")}]+[条期])`, "g"), " $1").trim();
}

/**
 * The stretches of a text in one script, and articles whole.
 *
 * @param {string} text
 * @param {Cutting} cutting
 */
export function runsOf(text, { paired, words }) {
  return text.match(new RegExp(`第[0-9${DIGITS}${PLACES.join("")}]+[条款项章节期号]|(?:(?<!\\d)\\d{1,4}|[${DIGITS}${PLACES.join("")}]{2,})${COUNTED}|[${paired}]+|[${words}]+`, "gu")) ?? [];
}

/**
 * An article's number in both ways to write it, one with what it counts also in digits and by itself; any other run alone.
 *
 * @param {string} run
 */
export function numbersOf(run) {
  const [, number = "", counted = ""] = new RegExp(`^([\\d${DIGITS}${PLACES.join("")}]+)(${COUNTED})$`).exec(run) ?? [];
  if (number) {
    const digits = /\d/.test(number) ? number : String(toArabic(number));
    return [...new Set([run, digits + counted, digits])];
  }
  return /^第.+[条款项章节期号]$/.test(run) ? [...new Set([run, ...notations(run)])] : [run];
}

/**
 * A run cut at the words that have synonyms: each of those with its group, itself first.
 *
 * @param {string} run
 * @param {string[][]} synonyms
 * @returns {(string | string[])[]}
 */
export function knownWords(run, synonyms) {
  const known = synonyms.flatMap((group) => group.filter((word) => word.length > 1 && run.includes(word)).map((word) => ({ word, group })));
  const [longest] = known.sort((a, b) => b.word.length - a.word.length);
  if (!longest) {
    return run ? [run] : [];
  }
  const { word, group } = longest;
  const at = run.indexOf(word);
  const before = knownWords(run.slice(0, at), synonyms);
  const after = knownWords(run.slice(at + word.length), synonyms);
  return [...before, [word, ...group.filter((other) => other !== word)], ...after];
}

/**
 * The terms of the index that a run makes: every two neighbours.
 *
 * @param {string} run
 */
export function pairsOf(run) {
  const units = run.match(/[0-9a-z\u00df-\u00ff]+|[^ ]/gu) ?? [];
  return units.slice(1).map((unit, at) => `${units[at]}${unit}`);
}

/**
 * What a word in letters begins with in all its forms.
 *
 * @param {string} word
 * @param {number} least characters of it
 */
export function stemOf(word, least) {
  return word.length > least ? word.replace(/(?<=^.{4,})(?:ing|ed|e?s)$|(?<=...)s$/, "") : word;
}

/**
 * A wording to be marked in texts: whole, or by its parts.
 *
 * @param {string} text
 * @param {string[]} parts
 * @param {Cutting} cutting
 * @returns {Wording[]}
 */
export function patternsFor(text, parts, cutting) {
  return [text, ...parts].map((one) => ({ phrases: phrasesOf(one, cutting) })).filter(({ phrases }) => phrases.length);
}

/**
 * The query as it would stand in a text, whatever is between its words.
 *
 * @param {string} query
 * @param {Cutting} cutting
 */
export function literalOf(query, cutting) {
  return new RegExp(phrasesOf(query, cutting).map(({ pattern }) => pattern.source).join("[^\\n]{0,2}?"), "gu");
}

/**
 * 0 where the query, or a synonym of it, is what a page is called, 1 where the page holds it as it was typed, 2 where it holds
 * its terms or synonyms of them, 3 otherwise.
 *
 * @param {PageText} page
 * @param {RegExp} literal
 * @param {Term[]} terms
 */
export function rankOf({ title, summary, names, keywords, sections }, literal, terms) {
  const asked = calledBy(terms);
  if ([title, ...names].some((name) => asked.includes(fold(name).replace(/[^\p{L}\p{N}]+/gu, "")))) {
    return 0;
  }
  const text = fold([title, summary, ...names, ...keywords, ...sections.flat()].join("\n"));
  const holds = (/** @type {RegExp} */ pattern) => text.search(pattern) >= 0;
  if (holds(literal)) {
    return 1;
  }
  return terms.every(({ wordings }) => wordings.some(({ phrases }) => phrases.every(({ pattern }) => holds(pattern)))) ? 2 : 3;
}

/**
 * What a page would be called that is asked for by its name, without spaces and signs.
 *
 * @param {Term[]} terms
 */
function calledBy(terms) {
  const [first, ...others] = terms.map(({ wordings }) => wordings.map(({ phrases }) => phrases.flatMap(({ units }) => units).join("")));
  return others.length ? [[first, ...others].map((wordings) => wordings?.[0]).join("")] : (first ?? []);
}

/**
 * @param {string} text
 * @param {Cutting} cutting
 * @returns {Phrase[]}
 */
function phrasesOf(text, { paired, words, stem }) {
  const runs = text.match(new RegExp(`[${paired}${words}]+`, "gu")) ?? [];
  return runs.map((run) => {
    const units = run.match(new RegExp(`[${paired}]|[${words}]+`, "gu")) ?? [];
    return { units, pattern: patternOf(units, stem) };
  });
}

/**
 * A phrase as it stands in a text: a word also as the beginning of a longer one, as in the index, unless it is very short.
 *
 * @param {string[]} units
 * @param {number} stem
 */
function patternOf(units, stem) {
  const start = /^\w/.test(units[0] ?? "") ? "\\b" : "";
  const end = units.length === 1 && (units[0] ?? "").length < stem ? start : "";
  return new RegExp(start + units.join(" ?").replace(/(\w{3})s$/, "$1s?") + end, "gu");
}

/**
 * The text itself, the same with its numbers written the other way, and with its longest known word replaced.
 *
 * @param {string} text
 * @param {Cutting} cutting
 */
function wordingsOf(text, { synonyms }) {
  const known = synonyms.flatMap((group) => group.filter((word) => contains(text, word)).map((word) => ({ word, group })));
  const [longest] = known.sort((a, b) => b.word.length - a.word.length);
  const replaced = longest?.group.map((other) => text.replace(longest.word, other)) ?? [];
  return [...new Set([text, ...notations(text), ...replaced])];
}

/**
 * The text with its numbers in digits, and in characters.
 *
 * @param {string} text
 */
function notations(text) {
  const arabic = text.replace(new RegExp(`第([${DIGITS}${PLACES.join("")}]+)${ARTICLE}`, "g"), (_, number) => `第${toArabic(number)}`);
  const chinese = text.replace(new RegExp(`第(\\d{1,4})${ARTICLE}`, "g"), (_, number) => `第${toChinese(number)}`);
  return [arabic, chinese];
}

/**
 * @param {string} text
 * @param {string} word words in letters count only whole
 */
function contains(text, word) {
  return /^[ -~]+$/.test(word) ? text === word : text.includes(word);
}

/** @param {string} number */
function toChinese(number) {
  const text = [...number].map((digit, at) => (digit === "0" ? "零" : DIGITS.charAt(Number(digit)) + PLACES[number.length - 1 - at]));
  return text.join("").replace(/零+/g, "零").replace(/零$/, "").replace(/^一十/, "十");
}

/** @param {string} number */
function toArabic(number) {
  let total = 0;
  let digit = 0;
  for (const character of number) {
    const place = PLACES.indexOf(character);
    if (place < 0) {
      digit = DIGITS.indexOf(character);
    } else {
      total += (digit || 1) * 10 ** place;
      digit = 0;
    }
  }
  return total + digit;
}
