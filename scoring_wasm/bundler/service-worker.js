/**
 * Keeps the assessment usable without a network. It is installed by the page once Python has run there, and deals with
 * nothing but the files listed here; all other requests of the site pass by it untouched.
 *
 * All files of one version are kept in one cache, each checked against its hash before any is used; if one is not as
 * built (a deployment half done, a proxy that rewrites pages), the version is not installed.
 */

/**
 * The files by their address relative to this script: the SHA-256 in hexadecimal, and whether the address itself changes
 * with the content. The bundler writes the list in this place.
 *
 * @type {{version: string, files: Record<string, {sha256: string, immutable: boolean}>}}
 */
const kept = { version: "", files: {} };

/** @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} LifeEvent */
/** @typedef {LifeEvent & {request: Request, respondWith: (response: Promise<Response>) => void}} FetchEvent */

const ROOT = new URL("./", location.href).href;
/** Caches belong to an origin: their names hold the site's path, so that columns that share a host keep out of each other's. */
const FAMILY = `assessment ${new URL(ROOT).pathname} `;
const NAME = FAMILY + kept.version;
/** How long the network is waited for where a kept copy would do. */
const NETWORK_TIMEOUT_MS = 4000;

addEventListener("install", (event) => /** @type {LifeEvent} */ (event).waitUntil(install()));
addEventListener("activate", (event) => /** @type {LifeEvent} */ (event).waitUntil(forgetOlder()));
addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {FetchEvent} */ (event);
  const address = request.url.startsWith(ROOT) ? request.url.slice(ROOT.length).replace(/#.*/, "") : "";
  const file = kept.files[request.mode === "navigate" ? address.replace(/\?.*/, "") : address];
  if (file && request.method === "GET") {
    respondWith.call(event, file.immutable ? keptFirst(request) : networkFirst(request));
  }
});

async function install() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(Object.entries(kept.files).map(([address, { sha256 }]) => keep(cache, address, sha256)));
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

/**
 * @param {Cache} cache
 * @param {string} address
 * @param {string} sha256
 */
async function keep(cache, address, sha256) {
  const url = ROOT + address;
  const copy = await cache.match(url);
  if (copy) return;
  // What the page has just loaded is taken from the browser's cache; if that is outdated, from the server.
  for (const from of /** @type {const} */ (["default", "reload"])) {
    const response = await fetch(url, { cache: from });
    const content = await response.arrayBuffer();
    if (response.ok && (await hash(content)) === sha256) {
      await cache.put(url, new Response(content, { headers: { "content-type": response.headers.get("content-type") ?? "" } }));
      return;
    }
  }
  throw new Error(`${url} is not the file of this version`);
}

/** @param {ArrayBuffer} content */
async function hash(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== NAME).map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function keptFirst(request) {
  return (await copyOf(request)) ?? fetch(request);
}

/**
 * A page as it is now, where the network allows: a correction must not have to wait for the next visit.
 *
 * @param {Request} request
 */
async function networkFirst(request) {
  const network = fetch(request, { cache: "no-cache" });
  network.catch(() => undefined); // It may fail after the time is up.
  try {
    const response = await Promise.race([network, timeout()]);
    if (response && response.status < 500) return response;
  } catch {
    // No network: that is what the copy is for.
  }
  return (await copyOf(request)) ?? network;
}

/** @returns {Promise<undefined>} */
function timeout() {
  return new Promise((resolve) => setTimeout(resolve, NETWORK_TIMEOUT_MS));
}

/** @param {Request} request */
async function copyOf(request) {
  const cache = await caches.open(NAME);
  return cache.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
}
