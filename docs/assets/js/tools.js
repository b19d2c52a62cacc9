/** The tools of a page: print it whole, copy its address, report an error in it. */

export {}; // a module

const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("[data-page-address]"));
const address = field?.value || window.location.href.replace(/#.*/, "");

for (const tools of document.querySelectorAll("[data-page-tools]")) {
  tools.removeAttribute("hidden");
  tools.querySelector("[data-print-page]")?.addEventListener("click", () => window.print());
}

// A table that scrolls must be reached by keyboard; for one that fits, a stop would be in the way.
const tables = new ResizeObserver(() => {
  for (const table of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main .table-scroll"))) {
    table.tabIndex = table.scrollWidth > table.clientWidth ? 0 : -1;
  }
});
document.querySelectorAll("main .table-scroll, main .table-scroll > table").forEach((one) => tables.observe(one));

// The contents mark the section that is being read: the last whose head has passed the upper third.
const sections = Array.from(/** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".toc a")), (link) => ({
  link,
  head: document.getElementById(decodeURIComponent(link.hash.slice(1))),
}));
const passing = new IntersectionObserver(() => {
  const line = window.innerHeight / 3;
  let current = null;
  let nearest = -Infinity;
  for (const { link, head } of sections) {
    const top = head?.getBoundingClientRect().top ?? Infinity;
    if (top <= line && top > nearest) {
      [current, nearest] = [link, top];
    }
  }
  sections.forEach(({ link }) => (link === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
}, { rootMargin: "0px 0px -66%" });
sections.forEach(({ head }) => head && passing.observe(head));

// What is folded up is printed all the same. Styles see to it where they can; older browsers need it opened.
const folded = () => document.querySelectorAll("main details:not([open])");
/** @type {Element[]} */
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = Array.from(folded());
  opened.forEach((one) => one.setAttribute("open", ""));
});
window.addEventListener("afterprint", () => opened.splice(0).forEach((one) => one.removeAttribute("open")));

if (field) {
  field.value = address;
  for (const text of document.querySelectorAll("[data-address-text]")) {
    text.textContent = address;
  }
  for (const part of document.querySelectorAll("[data-share], [data-printed-address], [data-copy-address]")) {
    part.removeAttribute("hidden");
  }
  document.querySelector("[data-copy-address]")?.addEventListener("click", () => void copyAddress(field));
}

// Where the build did not know the site's address, the letter could not name the page's either.
for (const link of document.querySelectorAll("a[data-mail-body]")) {
  if (link instanceof HTMLAnchorElement) {
    const body = (link.dataset.mailBody ?? "").replace("{address}", address).replace(/\n/g, "\r\n"); // as letters break lines
    link.href = link.href.replace(/&body=.*/, `&body=${encodeURIComponent(body)}`);
  }
}

/** @param {HTMLTextAreaElement} field */
async function copyAddress(field) {
  const told = /** @type {HTMLElement} */ (document.querySelector("[data-copy-told]"));
  try {
    await navigator.clipboard.writeText(address);
    told.textContent = told.dataset.done ?? "";
  } catch {
    // Not offered without https, or not allowed: the reader copies what is selected.
    field.select();
    told.textContent = told.dataset.failed ?? "";
  }
}
