/**
 * The search page. The index and what reads it are loaded when the field is entered or the address holds a query.
 *
 * @import { Found, Hit, PageText, SearchIndex } from "./search-index.js"
 * @import { Term } from "./search-query.js"
 * @typedef {typeof import("./search-query.js")} Query
 * @typedef {{ index: SearchIndex, query: Query }} Tools
 */

export {}; // a module

const PAGE = 10;
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
  const version = new URL(import.meta.url).search; // a new version of the site must not meet an old part
  loading ??= Promise.all([import(`./search-index.js${version}`), import(`./search-query.js${version}`)]).then(
    async ([{ SearchIndex }, query]) => ({ index: await SearchIndex.open(here), query }),
  );
  return loading;
}

/**
 * @param {string} state
 * @param {Record<string, string>} [values]
 */
function tell(state, values = {}) {
  const text = statusLine.dataset[state] ?? "";
  statusLine.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Answers what the form asks. */
async function search() {
  edition += 1;
  const mine = edition;
  const query = field.value.trim();
  list.replaceChildren();
  more.hidden = true;
  if (!query) {
    facets.hidden = true;
    tell("idle");
    return;
  }
  tell("busy");
  try {
    const tools = await load();
    const found = await tools.index.find(tools.query.termsOf(query, tools.index.contents));
    const hits = found.hits.filter((hit) => FACETS.every((facet) => fits(hit, facet)));
    const literal = tools.query.literalOf(query, tools.index.contents);
    const sorted = found.near ? hits : await tools.index.sort(hits, (text) => tools.query.rankOf(text, literal, found.terms));
    if (mine === edition) {
      fillFacets(tools, found.hits);
      await show(tools, sorted, found, 0, mine);
    }
    if (mine === edition) {
      const state = found.near ? "near" : "found";
      tell(hits.length ? state + (hits.length === 1 ? "One" : "") : "none", { query, count: String(hits.length) });
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
function fillFacets({ index }, hits) {
  facets.hidden = !hits.length;
  for (const facet of FACETS) {
    const left = hits.filter((hit) => FACETS.every((other) => other === facet || fits(hit, other)));
    const named = facet === "collection" ? index.contents.collections : index.contents.years.map((year) => /** @type {const} */ ([year, year]));
    const chosen = select(facet).value;
    const options = named.flatMap(([value, name]) => {
      const count = left.filter((hit) => hit[facet] === value).length;
      return value && (count || value === chosen) ? [option(value, name, count)] : [];
    });
    select(facet).replaceChildren(option("", select(facet).dataset.all ?? "", left.length), ...options);
    select(facet).value = chosen;
  }
}

/**
 * @param {string} value
 * @param {string} name
 * @param {number} count
 */
function option(value, name, count) {
  return new Option((facets.dataset.option ?? "").replace("{name}", name).replace("{count}", String(count)), value);
}

/**
 * @param {Tools} tools
 * @param {Hit[]} hits
 * @param {Pick<Found, "terms">} found
 * @param {number} from
 * @param {number} mine
 */
async function show(tools, hits, { terms }, from, mine) {
  const shown = hits.slice(from, from + PAGE);
  const texts = await Promise.all(shown.map(({ page }) => tools.index.read(page)));
  if (mine !== edition) {
    return;
  }
  list.append(...texts.map((text, at) => row(tools, text, terms, shown[at]?.collection ?? "")));
  more.hidden = hits.length <= from + PAGE;
  more.onclick = () => {
    const next = show(tools, hits, { terms }, from + PAGE, mine);
    next.then(() => links()[from + PAGE]?.focus(), fail);
  };
}

/**
 * @param {Tools} tools
 * @param {PageText} page
 * @param {Term[]} terms
 * @param {string} collection
 */
function row({ index, query }, page, terms, collection) {
  const patterns = query.patternsOf(terms);
  const marked = (/** @type {string} */ text) => query.cutAt(text, patterns).map(({ part, found }) => (found ? element("mark", part) : part));
  const { anchor, heading, text } = query.bestOf(page, terms, Number(list.dataset.length));
  const link = element("a", ...marked(page.title));
  link.href = page.url + (anchor && `#${encodeURIComponent(anchor)}`);
  const [, name = ""] = index.contents.collections.find(([key]) => key === collection) ?? [];
  const line = element("p", ...[name, page.date].filter(Boolean).map((part) => element("span", part)));
  line.className = "card-line";
  if (heading) {
    line.append(spoken(element("span", "› ", ...marked(heading)), heading));
  }
  const card = element("article", element("h2", spoken(link, page.title)), line, spoken(element("p", ...marked(text)), text));
  card.className = "card";
  return element("li", card);
}

/**
 * Chinese on an English page is marked as such.
 *
 * @template {HTMLElement} E
 * @param {E} shown
 * @param {string} text
 */
function spoken(shown, text) {
  if (2 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length && document.documentElement.lang !== "zh-CN") {
    shown.lang = "zh-CN";
  }
  return shown;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {(Node | string)[]} children
 */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function links() {
  return [...list.querySelectorAll("a")];
}

/** Puts the address's query and choices into the form. */
function restore() {
  const asked = new URLSearchParams(window.location.search);
  field.value = asked.get("q") ?? "";
  for (const facet of FACETS) {
    const value = asked.get(facet) ?? "";
    select(facet).replaceChildren(option(value, value, 0));
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
