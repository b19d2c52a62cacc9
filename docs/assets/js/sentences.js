/**
 * The sentences of a page in the order of reading, each with its language and its place in the text.
 *
 * @typedef {{ text: string, language: string, range: Range }} Sentence
 */

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, summary, legend, label, figcaption, blockquote, pre, div, section";
const SILENT = "nav, button, select, input, textarea, script, style, template, svg, [aria-hidden=true], [data-reader], [data-page-tools]";

/**
 * @param {Element} root
 * @returns {Sentence[]}
 */
export function sentencesOf(root) {
  return passages(root).flatMap(split);
}

/**
 * Runs of text nodes that belong together: one block, one language.
 *
 * @param {Element} root
 * @returns {{ language: string, nodes: Text[] }[]}
 */
function passages(root) {
  /** @type {{ block: Element | null, language: string, nodes: Text[] }[]} */
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const parent = node.parentElement;
    if (!parent || !node.data.trim() || parent.closest(SILENT) || !isShown(parent)) {
      continue;
    }
    const block = parent.closest(BLOCKS);
    const language = parent.closest("[lang]")?.getAttribute("lang") ?? "";
    const last = found[found.length - 1];
    if (last && last.block === block && last.language === language) {
      last.nodes.push(node);
    } else {
      found.push({ block, language, nodes: [node] });
    }
  }
  return found;
}

/** @param {Element} element */
function isShown(element) {
  return element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
}

/**
 * @param {{ language: string, nodes: Text[] }} passage
 * @returns {Sentence[]}
 */
function split({ language, nodes }) {
  const text = nodes.map((node) => node.data).join("");
  const cuts = "Segmenter" in Intl ? Array.from(new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)) : [{ index: 0, segment: text }];
  return cuts
    .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
    .map(({ index, segment }) => ({
      text: segment.replace(/\s+/g, " ").trim(),
      language,
      range: rangeOf(nodes, index, index + segment.length),
    }));
}

/**
 * @param {Text[]} nodes
 * @param {number} start in the nodes' joined text
 * @param {number} end
 */
function rangeOf(nodes, start, end) {
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.length;
    if (start >= before && start < after) {
      range.setStart(node, start - before);
    }
    if (end > before && end <= after) {
      range.setEnd(node, end - before);
    }
    before = after;
  }
  return range;
}
