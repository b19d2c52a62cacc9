/**
 * Narrows an index. A stylesheet already hides what a choice leaves out; this adds the number found, a word where nothing
 * is left, empty headings out of the way, and an address that keeps the choices (`?procedure=civil&year=2024`).
 */

export {}; // a module

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-filters]"));
const statusLine = /** @type {HTMLElement} */ (form.querySelector("[data-filters-status]"));
const selects = Array.from(form.querySelectorAll("select"));
const groups = Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-results] > [data-entry]")), (group) => ({
  group,
  entries: Array.from(/** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll("[data-entry]"))),
  link: document.querySelector(`.jump a[href="#${group.getAttribute("aria-labelledby")}"]`),
}));

/** Take the choices from the address; what is no choice of this page is passed over. */
function read() {
  const query = new URLSearchParams(window.location.search);
  for (const select of selects) {
    const value = query.get(select.name) ?? "";
    select.value = Array.from(select.options, (option) => option.value).includes(value) ? value : "";
  }
}

/** Keep the choices in the address, in the order of the form, so that it can be shared. */
function write() {
  const chosen = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
  const address = new URL(window.location.href);
  address.search = new URLSearchParams(chosen).toString();
  window.history.replaceState(null, "", address);
}

/** Show what has every chosen value, and say how many that are. */
function show() {
  const chosen = selects.filter((select) => select.value);
  let all = 0;
  let found = 0;
  for (const { group, entries, link } of groups) {
    let left = 0;
    for (const entry of entries) {
      entry.hidden = !chosen.every((select) => (entry.getAttribute(`data-facet-${select.name}`) ?? "").split(" ").includes(select.value));
      left += Number(!entry.hidden);
    }
    group.hidden = left === 0;
    const count = link?.querySelector(".count");
    if (link?.parentElement && count) {
      link.parentElement.hidden = left === 0;
      count.textContent = ` ${left}`;
    }
    all += entries.length;
    found += left;
  }
  const text = chosen.length === 0 ? statusLine.dataset.all : found ? statusLine.dataset.found : statusLine.dataset.none;
  statusLine.textContent = (text ?? "").replace("{all}", String(all)).replace("{found}", String(found));
}

form.addEventListener("change", () => {
  write();
  show();
});
form.addEventListener("reset", (event) => {
  event.preventDefault(); // it would act only after this, and set what the page came with
  for (const select of selects) {
    select.value = "";
  }
  write();
  show();
  selects[0]?.focus(); // the button that had the focus is gone
});
form.addEventListener("submit", (event) => event.preventDefault());

read();
show();
