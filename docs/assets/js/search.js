/**
 * The search page: asks Pagefind's index, which is loaded only when a word was typed.
 *
 * @typedef {{ url: string, excerpt: string, meta: Record<string, string> }} Found
 * @typedef {{ data: () => Promise<Found> }} Hit
 * @typedef {{ search: (query: string) => Promise<{ results: Hit[] }> }} Pagefind
 */

export {}; // a module

const PAGE = 10;
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-search-form]"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
const statusLine = /** @type {HTMLElement} */ (document.querySelector("[data-search-status]"));
const list = /** @type {HTMLElement} */ (document.querySelector("[data-search-results]"));
const more = /** @type {HTMLButtonElement} */ (document.querySelector("[data-search-more]"));
const index = new URL(/** @type {HTMLElement} */ (document.querySelector("script[data-index]")).dataset.index ?? "", document.baseURI);

/** @type {Promise<Pagefind> | undefined} */
let loading;
let edition = 0;

/** @returns {Promise<Pagefind>} */
function load() {
  loading ??= import(index.href);
  loading.catch(() => {
    loading = undefined; // so that the next try loads again
  });
  return loading;
}

/**
 * @param {string} state
 * @param {Record<string, string>} [values]
 */
function tell(state, values = {}) {
  const text = statusLine.dataset[state] ?? "";
  statusLine.textContent = Object.entries(values).reduce((sentence, [name, value]) => sentence.replace(`{${name}}`, value), text);
}

/** @param {string} query */
async function search(query) {
  edition += 1;
  const mine = edition;
  list.replaceChildren();
  more.hidden = true;
  if (!query) {
    tell("idle");
    return;
  }
  tell("busy");
  try {
    const { results } = await (await load()).search(query);
    if (mine === edition) {
      tell(results.length ? "found" : "none", { query, count: String(results.length) });
      await show(results, 0, mine);
    }
  } catch (error) {
    if (mine === edition) {
      tell("failed");
      console.warn(error);
    }
  }
}

/**
 * @param {Hit[]} results
 * @param {number} from
 * @param {number} mine
 */
async function show(results, from, mine) {
  const found = await Promise.all(results.slice(from, from + PAGE).map((hit) => hit.data()));
  if (mine !== edition) {
    return;
  }
  list.append(...found.map(row));
  more.hidden = results.length <= from + PAGE;
  more.onclick = () => void show(results, from + PAGE, mine);
}

/** @param {Found} found */
function row(found) {
  const item = document.createElement("li");
  const card = document.createElement("article");
  card.className = "card";
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title ?? found.url;
  heading.append(link);
  const line = document.createElement("p");
  line.className = "card-line";
  line.textContent = [found.meta.collection, found.meta.date].filter(Boolean).join(" · ");
  const excerpt = document.createElement("p");
  excerpt.append(...marked(found.excerpt));
  card.append(heading, line, excerpt);
  item.append(card);
  return item;
}

/** @type {Record<string, string>} */
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

/**
 * An excerpt with its marked words as nodes; nothing of it is taken as HTML.
 *
 * @param {string} excerpt
 * @returns {Node[]}
 */
function marked(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/).map((part) => {
    const text = part.replace(/<\/?mark>/g, "").replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
    if (!part.startsWith("<mark>")) return document.createTextNode(text);
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = field.value.trim();
  const address = new URL(window.location.href);
  address.search = query ? `?${new URLSearchParams({ q: query })}` : "";
  window.history.replaceState(null, "", address);
  void search(query);
});
field.addEventListener("focus", () => void load(), { once: true });

field.value = new URLSearchParams(window.location.search).get("q") ?? "";
void search(field.value.trim());
