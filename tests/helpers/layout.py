"""What is to be seen of a page in any engine: each fact is a function of JavaScript that returns what is wrong."""

OVERLAPPING = """() => {
  const box = (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { left, right, top, bottom, one }; };
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().height > 1 && !one.closest(".visually-hidden");
  const inFlow = (one) => !["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position);
  const named = ({ one }) => one.outerHTML.slice(0, 80); // takes long: of those alone that lie over another
  const families = [...document.querySelectorAll("body, main, main *")].map((parent) => [...parent.children].filter((one) => shown(one) && inFlow(one)
    && ["block", "flex", "grid", "table", "list-item"].includes(getComputedStyle(one).display)).map(box));
  return families.flatMap((family) => family.flatMap((one, index) => family.slice(index + 1)
    .filter((other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
      && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1)
    .map((other) => `${named(one)} and ${named(other)}`)));
}"""
"""Sibling blocks of which one lies over the other."""

CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  if (!one.checkVisibility() || one.closest(".visually-hidden, .skip, svg") || style.webkitLineClamp !== "none") return false;
  if (style.clipPath === "inset(50%)") return false; // for the ear only
  const cuts = (overflow) => ["hidden", "clip"].includes(overflow);
  return (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1) || (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""
"""Elements that hide a part of what they hold."""

OUT_OF_ORDER = """() => {
  const regions = ["header.site-header", "nav.site-nav", "main", "main h1", "footer.site-footer"];
  const tops = regions.map((region) => document.querySelector(region)?.getBoundingClientRect().top ?? NaN);
  const wrong = regions.filter((_, index) => index > 0 && !(tops[index - 1] <= tops[index]));
  return document.querySelectorAll("h1").length === 1 ? wrong : [...wrong, "not one h1"];
}"""
"""Regions that do not stand below the one before."""

_WIDER = """() => MODES.flatMap(([elder, size]) => {
  document.documentElement.toggleAttribute("data-elder", elder);
  document.documentElement.dataset.textSize = size;
  const { scrollWidth, clientWidth } = document.scrollingElement;
  return scrollWidth > clientWidth ? [`${scrollWidth} pixels, ${elder ? "长者模式, " : ""}${size}`] : [];
})"""
WIDER = _WIDER.replace("MODES", '[[true, "standard"], [true, "largest"], [false, "largest"], [false, "standard"]]')
"""How wide a page is that scrolls sideways, by the mode and the size of letters. The last of them is the usual one, so that other facts can be asked for after it."""
WIDER_AT_FIRST = _WIDER.replace("MODES", '[[true, "standard"], [false, "standard"]]')
"""The same in both modes with letters as they are at first."""
WIDEST = _WIDER.replace("MODES", '[[true, "largest"], [false, "standard"]]')
"""The same at both ends: large letters in the mode for older readers, and the usual ones."""
LARGEST = _WIDER.replace("MODES", '[[true, "largest"]]')
"""The same with the largest letters alone."""

FACTS = {"overlapping": OVERLAPPING, "cut": CUT, "out of order": OUT_OF_ORDER, "wider": WIDEST}
