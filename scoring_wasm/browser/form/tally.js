/**
 * The tally: the score counted from the points written in the page, without Python.
 *
 * All scoring of a standard comes down to nested sums with caps. The core (`scoring.tree`) and the page hold the same tree; the tests
 * prove that both count alike.
 *
 * @typedef {object} Node a leaf has points (none in a checklist), any other node has children and perhaps a cap
 * @property {string} id
 * @property {string} [points]
 * @property {string} [cap]
 * @property {Node[]} [children]
 */

/**
 * Count a tree. Decimal points are counted as whole units, so that the sum is exact.
 *
 * @param {Node} tree the standard's tree; points and caps are decimal strings such as "2.5"
 * @param {ReadonlyMap<string, number>} quantities how often each leaf counts: 1 if it is met; absent is 0
 * @returns {Map<string, string>} the score of every node and leaf by its id, as plain decimals such as "97.5"
 */
export function tally(tree, quantities) {
  const digits = mostDigits(tree);
  /** @type {Map<string, string>} */
  const scores = new Map();

  /**
   * @param {Node} node
   * @returns {number} units of 10^-digits points
   */
  function count(node) {
    const sum = node.children
      ? node.children.reduce((total, child) => total + count(child), 0)
      : toUnits(node.points ?? "0", digits) * (quantities.get(node.id) ?? 0);
    const score = node.cap === undefined ? sum : Math.min(sum, toUnits(node.cap, digits));
    scores.set(node.id, toDecimal(score, digits));
    return score;
  }

  count(tree);
  return scores;
}

/**
 * @param {Node} node
 * @returns {number} the most digits behind a decimal point anywhere in the tree
 */
function mostDigits(node) {
  return Math.max(fraction(node.points ?? "").length, fraction(node.cap ?? "").length, ...(node.children ?? []).map(mostDigits));
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
