/**
 * The words of the report, reached by their place in `labels.report`.
 *
 * @typedef {Record<string, Record<string, string>>} Words groups of words
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Translate
 */

import { fill } from "../page.js";

/**
 * @param {Words} words
 * @returns {Translate} gives the words at "group.key", with its {holes} filled; it throws where there are none
 */
export function translator(words) {
  return (key, values) => {
    const [group = "", name = ""] = key.split(".");
    const text = words[group]?.[name];
    if (text === undefined) {
      throw new Error(`the labels have no report.${key}`);
    }
    return fill(text, values);
  };
}
