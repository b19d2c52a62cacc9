/**
 * Keeps the assessment usable without a network. It is installed by the page once Python has run there, and deals with
 * nothing but the files listed here; all other requests of the site pass by it untouched.
 *
 * All files of one version are kept in one cache, each checked against its hash before any is used; if one is not as
 * built (a deployment half done, a proxy that rewrites pages), the version is not installed.
 */

/**
 * The files by their address relative to this script: the SHA-256 in hexadecimal, whether the address itself changes with the
 * content, and where else the content lies, packed with deflate. The bundler writes the list in this place.
 *
 * @typedef {{address: string, start: number, bytes: number}} Packed
 * @typedef {{sha256: string, immutable: boolean, packed?: Packed}} KeptFile
 * @type {{version: string, files: Record<string, KeptFile>}}
 */
const kept = { version: "", files: {} };

/** @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} LifeEvent */
/** @typedef {LifeEvent & {request: Request, respondWith: (response: Promise<Response>) => void}} FetchEvent */

const ROOT = new URL("./", location.href).href;
/** Caches belong to an origin: their names hold the site's path, so that columns that share a host keep out of each other's. */
const FAMILY = `assessment ${new URL(ROOT).pathname} `;
const NAME = FAMILY + kept.version;
/** Addresses that change with what lies there: such a file of a release before is the right one for a page of then. */
const IMMUTABLE = /^(engine|assets)\/(.*[./-])?[0-9a-f]{8,}[./]/;
/** How long the network is waited for where a kept copy would do. */
const NETWORK_TIMEOUT_MS = 4000;

addEventListener("install", (event) => /** @type {LifeEvent} */ (event).waitUntil(install()));
addEventListener("activate", (event) => /** @type {LifeEvent} */ (event).waitUntil(forgetOlder()));
addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {FetchEvent} */ (event);
  const address = request.url.startsWith(ROOT) ? request.url.slice(ROOT.length).replace(/#.*/, "") : "";
  const file = kept.files[request.mode === "navigate" ? address.replace(/\?.*/, "") : address];
  if (request.method === "GET" && (file || IMMUTABLE.test(address))) {
    respondWith.call(event, file && !file.immutable ? networkFirst(request) : keptFirst(request));
  }
});

async function install() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(Object.entries(kept.files).map(([address, file]) => keep(cache, address, file)));
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
  // The copy for visits without a network is that of the newest release, whatever pages are still open.
  await /** @type {any} */ (globalThis).skipWaiting();
}

/**
 * @param {Cache} cache
 * @param {string} address
 * @param {KeptFile} file
 */
async function keep(cache, address, { sha256, packed }) {
  const url = ROOT + address;
  // From another cache, as the page has handed it over or as it was kept before; from the browser's own; from the server.
  const ways = [
    () => caches.match(url),
    () => packed && unpacked(packed),
    () => fetch(url, { cache: "force-cache" }),
    () => fetch(url, { cache: "reload" }),
  ];
  for (const way of ways) {
    const response = await way();
    const content = await response?.arrayBuffer();
    if (response?.ok && content && (await hash(content)) === sha256) {
      await cache.put(url, new Response(content, { headers: { "content-type": response.headers.get("content-type") ?? "" } }));
      return;
    }
  }
  throw new Error(`${url} is not the file of this version`);
}

/**
 * @param {Packed} packed
 * @returns {Promise<Response | undefined>} undefined where it is not to be had so
 */
async function unpacked({ address, start, bytes }) {
  try {
    const packed = await (await fetch(ROOT + address, { cache: "force-cache" })).blob();
    const stream = packed.slice(start, start + bytes).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(await new Response(stream).arrayBuffer(), { headers: { "content-type": "application/wasm" } });
  } catch {
    return undefined;
  }
}

/** @param {ArrayBuffer} content */
async function hash(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keep what the release before has kept for pages that are still open, and nothing older. */
async function forgetOlder() {
  const older = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== NAME);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function keptFirst(request) {
  return (await copyOf(request)) ?? (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
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
