/**
 * The search page. The index and what reads it are loaded when the field is entered or the address holds a query.
 *
 * @import { Answer } from "./search-answer.js"
 * @import { Hit, PageText, SearchIndex } from "./search-index.js"
 * @import { Term } from "./search-query.js"
 * @typedef {typeof import("./search-quote.js")} Quote
 * @typedef {typeof import("../../../scoring_wasm/browser/page.js")} Page
 * @typedef {typeof import("./search-answer.js").answer} AnswerQuery
 * @typedef {{ index: SearchIndex, answer: AnswerQuery, quote: Quote, page: Page }} Tools
 */

export {}; // a module

const SHOWN_AT_ONCE = 10;
const FACETS = /** @type {const} */ (["collection", "year"]);

/**
 * @template {Element} E
 * @param {string} selector
 */
const find = (selector) => /** @type {E} */ (document.querySelector(selector));
/** @type {HTMLFormElement} */
const form = find("[data-search-form]");
/** @type {HTMLInputElement} */
const field = find("[data-search-form] input[type=search]");
/** @type {HTMLElement} */
const statusLine = find("[data-search-status]");
/** @type {HTMLElement} */
const facets = find("[data-search-facets]");
/** @type {HTMLElement} */
const list = find("[data-search-results]");
/** @type {HTMLButtonElement} */
const more = find("[data-search-more]");
const here = new URL(window.location.pathname, window.location.href);

/** @type {Promise<Tools> | undefined} */
let loading;
let edition = 0;

/** @returns {Promise<Tools>} */
function load() {
  const page = new URL(form.dataset.pageModule ?? "", here).href; // stands with the assessment, in a folder named by its content
  loading = loading ?? Promise.all([import("./search-index.js"), import("./search-answer.js"), import("./search-quote.js"), import(page)]).then(
    async ([{ SearchIndex }, { answer }, quote, page]) => ({ index: await SearchIndex.open(here), answer, quote, page }),
  );
  return loading;
}

/** @param {string} state */
function tell(state) {
  statusLine.textContent = statusLine.dataset[state] ?? "";
}

/**
 * Tells how much was found for what.
 *
 * @param {Tools} tools
 * @param {boolean} isNear
 * @param {string} query
 * @param {number} count
 */
function tellResult({ page }, isNear, query, count) {
  const found = isNear ? "near" : "found";
  const [before = "", after = ""] = page.fill(statusLine.dataset[count ? found : "none"], { count }).split("{query}");
  page.put(statusLine, before, page.make("span", languageOf(query), query), after);
}

/** Answers what the form asks. */
async function search() {
  edition += 1;
  const mine = edition;
  const query = field.value.trim();
  list.textContent = "";
  more.hidden = true;
  if (!query) {
    facets.hidden = true;
    tell("idle");
    return;
  }
  tell("busy");
  try {
    const tools = await load();
    const found = await tools.answer(tools.index, query);
    const hits = found.hits.filter((hit) => FACETS.every((facet) => fits(hit, facet)));
    if (mine === edition) {
      fillFacets(tools, found.hits);
      await show(tools, hits, found, 0, mine);
    }
    if (mine === edition) {
      tellResult(tools, found.near, query, hits.length);
    }
  } catch (error) {
    if (mine === edition) {
      fail(error);
    }
  }
}

/** @param {unknown} error */
function fail(error) {
  loading = undefined; // so that the next try loads again: the site may have been published anew meanwhile
  tell("failed");
  console.warn(error);
}

/** @param {typeof FACETS[number]} facet */
function select(facet) {
  return /** @type {HTMLSelectElement} */ (form.elements.namedItem(facet));
}

/**
 * @param {Hit} hit
 * @param {typeof FACETS[number]} facet
 */
function fits(hit, facet) {
  return !select(facet).value || select(facet).value === hit[facet];
}

/**
 * Offers what the results can be narrowed to, with the number that would be left.
 *
 * @param {Tools} tools
 * @param {Hit[]} hits
 */
function fillFacets({ index, page }, hits) {
  facets.hidden = !hits.length;
  const option = (/** @type {string} */ value, /** @type {string} */ name, /** @type {number} */ count) =>
    page.make("option", { value }, page.fill(facets.dataset.option, { name, count }));
  for (const facet of FACETS) {
    const left = hits.filter((hit) => FACETS.every((other) => other === facet || fits(hit, other)));
    const named = facet === "collection" ? index.contents.collections : index.contents.years.map((year) => /** @type {const} */ ([year, year]));
    const chosen = select(facet).value;
    const options = named.flatMap(([value, name]) => {
      const count = left.filter((hit) => hit[facet] === value).length;
      return value && (count || value === chosen) ? [option(value, name, count)] : [];
    });
    page.put(select(facet), option("", select(facet).dataset.all ?? "", left.length), ...options);
    select(facet).value = chosen;
  }
}

/**
 * @param {Tools} tools
 * @param {Hit[]} hits
 * @param {Pick<Answer, "terms">} found
 * @param {number} from
 * @param {number} mine
 */
async function show(tools, hits, { terms }, from, mine) {
  const shown = hits.slice(from, from + SHOWN_AT_ONCE);
  const texts = await Promise.all(shown.map(({ page }) => tools.index.read(page)));
  if (mine !== edition) {
    return;
  }
  list.append(...texts.map((text, at) => row(tools, text, terms, shown[at]?.collection ?? "")));
  more.hidden = hits.length <= from + SHOWN_AT_ONCE;
  more.onclick = () => {
    const next = show(tools, hits, { terms }, from + SHOWN_AT_ONCE, mine);
    next.then(() => links()[from + SHOWN_AT_ONCE]?.focus(), fail);
  };
}

/**
 * @param {Tools} tools
 * @param {PageText} found
 * @param {Term[]} terms
 * @param {string} collection
 */
function row({ index, quote, page }, found, terms, collection) {
  const { make } = page;
  const { title, url, date } = found;
  const patterns = quote.patternsOf(terms);
  const marked = (/** @type {string} */ text) => quote.cutAt(text, patterns).map(({ part, found: isFound }) => (isFound ? make("mark", {}, part) : part));
  const { anchor, heading, text } = quote.bestOf(found, terms, Number(list.dataset.length));
  const [, name = ""] = index.contents.collections.find(([key]) => key === collection) ?? [];
  const link = make("a", { href: url + (anchor && `#${encodeURIComponent(anchor)}`), ...languageOf(title) }, ...marked(title));
  letBreak(page, link, title);
  const where = [name, date].filter(Boolean).map((part) => make("span", {}, part));
  const below = heading && make("span", languageOf(heading), "› ", ...marked(heading));
  return make(
    "li",
    {},
    make(
      "article",
      { class: "card" },
      make("h2", {}, link),
      make("p", { class: "card-line" }, ...where, below),
      make("p", languageOf(text), ...marked(text)),
    ),
  );
}

/**
 * Lets lines of a title end where those of other headings may, whatever is marked in it.
 *
 * @param {Page} page
 * @param {HTMLElement} link
 * @param {string} title
 */
function letBreak({ breakable, make }, link, title) {
  let left = breakable(title).flatMap((word) => (typeof word === "string" ? [word.length] : []));
  const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = /** @type {Text} */ (texts.currentNode);
    const [length = 0, ...rest] = left;
    if (length < text.length) text.splitText(length); // the rest comes next
    if (length === text.length) text.after(make("wbr"));
    left = length === text.length ? rest : [length - text.length, ...rest];
  }
}

/**
 * Chinese on an English page is marked as such.
 *
 * @param {string} text
 * @returns {Record<string, string>} the attribute, if there is need of one
 */
function languageOf(text) {
  const isChinese = 2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length;
  return isChinese && document.documentElement.lang !== "zh-CN" ? { lang: "zh-CN" } : {};
}

function links() {
  return [...list.querySelectorAll("a")];
}

/** Puts the address's query and choices into the form. */
function restore() {
  const asked = new URLSearchParams(window.location.search);
  field.value = (asked.get("q") ?? "").slice(0, field.maxLength); // an address may hold more than the field takes
  for (const facet of FACETS) {
    const value = asked.get(facet) ?? "";
    select(facet).textContent = "";
    select(facet).append(new Option(value, value));
  }
  void search();
}

/** Puts the form into the address, and answers it. */
function ask() {
  const asked = [...new FormData(form)].filter(([, value]) => value);
  const address = new URL(here);
  address.search = new URLSearchParams(/** @type {[string, string][]} */ (asked)).toString();
  window.history.pushState(null, "", address);
  void search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (new URLSearchParams(window.location.search).get("q") !== field.value) {
    FACETS.forEach((facet) => (select(facet).value = ""));
  }
  ask();
});
facets.addEventListener("change", ask);
field.addEventListener("focus", () => void load().catch(() => (loading = undefined))); // told when it is asked
window.addEventListener("popstate", restore);

// Down and up go through the results, Escape back to the field.
document.addEventListener("keydown", (event) => {
  const stops = [field, ...links()];
  const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at && 0 }[event.key];
  if (at >= 0 && to !== undefined && to !== at && stops[to]) {
    event.preventDefault();
    stops[to].focus();
  }
});

restore();
