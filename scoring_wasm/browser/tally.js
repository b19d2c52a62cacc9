/**
 * The tally: the score counted from the points written in the page, without Python.
 *
 * All scoring of a standard comes down to nested sums with caps. The core (`scoring.tree`) and the page hold the same tree; the tests
 * prove that both count alike.
 *
 * @typedef {{ id: string, points: string }} Leaf
 * @typedef {{ id: string, cap: string | null, children: Array<Node | Leaf> }} Node
 */

/**
 * Count a tree. Decimal points are counted as whole units, so that the sum is exact.
 *
 * @param {Node} tree the standard's tree; points and caps are decimal strings such as "2.5"
 * @param {ReadonlySet<string>} met ids of the leaves that are met
 * @returns {Map<string, string>} the score of every node by its id, as plain decimals such as "97.5"
 */
export function tally(tree, met) {
  const digits = mostDigits(tree);
  /** @type {Map<string, string>} */
  const scores = new Map();

  /**
   * @param {Node | Leaf} node
   * @returns {number} units of 10^-digits points
   */
  function count(node) {
    if (!("children" in node)) {
      return met.has(node.id) ? toUnits(node.points, digits) : 0;
    }
    const sum = node.children.reduce((total, child) => total + count(child), 0);
    const score = node.cap === null ? sum : Math.min(sum, toUnits(node.cap, digits));
    scores.set(node.id, toDecimal(score, digits));
    return score;
  }

  count(tree);
  return scores;
}

/**
 * @param {Node | Leaf} node
 * @returns {number} the most digits behind a decimal point anywhere in the tree
 */
function mostDigits(node) {
  if (!("children" in node)) {
    return fraction(node.points).length;
  }
  return Math.max(node.cap === null ? 0 : fraction(node.cap).length, ...node.children.map(mostDigits));
}

/** @param {string} decimal */
function fraction(decimal) {
  return decimal.split(".")[1] ?? "";
}

/**
 * @param {string} decimal
 * @param {number} digits
 */
function toUnits(decimal, digits) {
  return Number(decimal.split(".")[0] + fraction(decimal).padEnd(digits, "0"));
}

/**
 * @param {number} units
 * @param {number} digits
 */
function toDecimal(units, digits) {
  const text = String(units).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const rest = text.slice(text.length - digits).replace(/0+$/, "");
  return rest ? `${whole}.${rest}` : whole;
}
