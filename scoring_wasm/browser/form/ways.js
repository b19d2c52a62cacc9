/**
 * The ways through one form: all on one sheet, one section at a time, with which phones begin, or a few questions first. What is filled in is the same; only
 * what is in sight differs. The choice stays with this entry of the browser's history, over a reload, and is kept nowhere else.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 */

import { find, make } from "../page.js";
import { makeFirstPass } from "./first-pass.js";

const PHONE = "(max-width: 47.99em)";

/**
 * @param {Assessment} assessment
 * @returns {(element: Element) => void} brings the section of an element into sight
 */
export function mountWays(assessment) {
  const { form } = assessment;
  const sections = Array.from(/** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".step")));
  const links = Array.from(/** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".section-jump a")));
  const buttons = Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-way]")));
  /** @type {HTMLElement | null} */
  let first = null;
  let current = 0;

  /** @param {string} way @param {number} [index] */
  function show(way, index = current) {
    current = index;
    form.dataset.way = way;
    sections.forEach((section, at) => (section.hidden = way === "first" || (way === "sections" && at !== index)));
    if (way === "first") first = first ?? makeFirstPass(assessment);
    if (first) first.hidden = way !== "first";
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.way === way)));
    links.forEach((link, at) => {
      if (way === "sections" && at === index) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    history.replaceState({ ...history.state, way, section: index }, "");
  }

  /** Show a section and begin it anew, for the eye and for the keyboard. @param {number} index */
  function turnTo(index) {
    const section = sections[index];
    if (!section) return;
    show(form.dataset.way ?? "sheet", index);
    section.scrollIntoView({ block: "start" });
    find(section, "h2").focus({ preventScroll: true });
  }

  /** @param {Element | null} element */
  function reveal(element) {
    const index = sections.findIndex((section) => element && section.contains(element));
    if (index >= 0) show(form.dataset.way === "sheet" ? "sheet" : "sections", index);
  }

  listen({ buttons, links, sections }, show, turnTo);
  endWithReport(sections[sections.length - 1]);
  const named = () => document.getElementById(fragment());
  const goToNamed = () => {
    const element = named();
    const isHidden = element?.getClientRects().length === 0;
    reveal(element);
    element?.scrollIntoView({ block: "start" });
    if (isHidden) element?.focus({ preventScroll: true }); // the browser itself reaches only what is in sight
  };
  window.addEventListener("hashchange", goToNamed);
  form.addEventListener("click", ({ target: clicked }) => {
    const link = clicked instanceof Element ? clicked.closest("a") : null;
    if (link?.hash && link.href === location.href) goToNamed(); // an address that stays as it is tells of no change
  });
  show(history.state?.way ?? (matchMedia(PHONE).matches ? "sections" : "sheet"), Math.min(history.state?.section ?? 0, sections.length - 1));
  const target = named();
  reveal(target);
  if (target && form.dataset.way === "sections") target.scrollIntoView({ block: "start" });
  return reveal;
}

/** What stands behind the # of the address; no name at all where somebody has cut it in the middle of a letter. */
function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/**
 * @param {Record<"buttons" | "links" | "sections", HTMLElement[]>} controls
 * @param {(way: string) => void} show
 * @param {(index: number) => void} turnTo
 */
function listen({ buttons, links, sections }, show, turnTo) {
  buttons.forEach((button) => button.addEventListener("click", () => show(button.dataset.way ?? "sheet")));
  links.forEach((link, at) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      turnTo(at);
    }),
  );
  sections.forEach((section, at) => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-turn]"))) {
      const index = at + Number(button.dataset.turn);
      button.hidden = !sections[index];
      button.addEventListener("click", () => turnTo(index));
    }
  });
}

/** Where there is no section to turn to, the way on leads to the report. @param {HTMLElement} [last] */
function endWithReport(last) {
  const maker = find(document, "[data-report-make]");
  const button = make("button", { type: "button", class: "primary", "data-turn-report": "" }, maker.textContent ?? "");
  button.addEventListener("click", () => {
    find(document, "[data-report-desk]").scrollIntoView({ block: "start" });
    maker.click();
  });
  last?.querySelector(".step-turn")?.append(button);
}
