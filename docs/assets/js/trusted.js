/**
 * The site's Trusted Types policy, for the pages that start workers: scripts may come from this site only. It makes no HTML and no
 * script out of text, so that stays forbidden here as on all other pages. A plain script: it must stand before the modules.
 */
(function () {
  /** @typedef {{ createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown }} Factory */
  const types = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (window)).trustedTypes;
  types?.createPolicy("default", {
    createScriptURL(url) {
      if (new URL(url, document.baseURI).origin !== window.location.origin) {
        throw new TypeError(`${url} is not of this site`);
      }
      return url;
    },
  });
})();
