/**
 * The column that a page belongs to. Storage and caches belong to an origin, which columns may share: every name under which one of
 * them stores something bears the column's path. Paths hold no spaces, so that no name begins with that of another column.
 */

/** The site's root: the generator puts these modules into `engine/<hash>/`. */
export const SITE = new URL("../../", import.meta.url);

const OWN = `trade-secret-column ${SITE.pathname} `; // appearance.js, which can import nothing, makes its key the same way

/** The key of this column for something stored. @param {string} name */
export function ownKey(name) {
  return OWN + name;
}

/** Whether this column stores under a key. @param {string} key */
export function isOwn(key) {
  return key.startsWith(OWN);
}
