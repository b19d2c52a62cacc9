/**
 * The standard as the page holds it.
 *
 * @typedef {import("./tally.js").Node} Node
 */

/**
 * The tree that the tally counts, read from the page: nodes carry `data-node` and `data-cap`, items `data-points`.
 *
 * @param {HTMLElement} root
 * @returns {Node}
 */
export function readTree(root) {
  /** @type {Node & { children: Node[] }} */
  const tree = { id: "total", ...capOf(root), children: [] };
  /** @type {Map<Element, Node & { children: Node[] }>} */
  const nodes = new Map([[root, tree]]);
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-node], input[data-item]"))) {
    const parent = nodes.get(element.parentElement?.closest("[data-node]") ?? root) ?? tree;
    if (element.dataset.item) {
      parent.children.push(leaf(element));
    } else {
      const node = { id: element.dataset.node ?? "", ...capOf(element), children: [] };
      nodes.set(element, node);
      parent.children.push(node);
    }
  }
  return tree;
}

/**
 * An item: a leaf; with levels or a count, a node with leaves, as `scoring.tree` names them.
 *
 * @param {HTMLElement} box
 * @returns {Node}
 */
function leaf(box) {
  const id = box.dataset.item ?? "";
  /** @type {NodeListOf<HTMLElement> | undefined} */
  const levels = box.closest("[data-row]")?.querySelectorAll("[data-level]");
  if (levels?.length) {
    return { id, children: Array.from(levels, ({ dataset }) => ({ id: `${id}=${dataset.level}`, points: dataset.points ?? "0" })) };
  }
  if (box.dataset.each) {
    return { id, ...capOf(box), children: [{ id: `${id}#`, points: box.dataset.each }] };
  }
  return { id, points: box.dataset.points ?? "0" };
}

/** @param {HTMLElement} element */
function capOf(element) {
  return element.dataset.cap === undefined ? {} : { cap: element.dataset.cap };
}
