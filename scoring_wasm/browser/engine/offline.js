/**
 * The assessment without a network: a service worker at the site's root keeps its files. Only on HTTPS; on plain HTTP
 * browsers have none, and all else works without it.
 */

import { SITE } from "../column.js";

const SERVICE_WORKER = new URL("sw.js", SITE);
/** How the service worker names its caches. */
const FAMILY = `assessment ${SITE.pathname} `;
/** What the page has fetched, for the service worker to take. */
const HANDED = `${FAMILY}handed`;

/**
 * Keep the files of the assessment on this device. Called when they have been used, so that readers download nothing.
 *
 * @param {(cache: string) => Promise<unknown>} [handOver] puts what was fetched into a cache
 * @returns {Promise<"kept" | "unavailable" | "failed">} unavailable: this browser or this address allows no service worker;
 *   failed: a file could not be had as it was built, so none was kept
 */
export async function keepOffline(handOver = async () => undefined) {
  if (!("serviceWorker" in navigator)) return "unavailable";
  try {
    const known = await navigator.serviceWorker.getRegistration(SITE);
    if (known?.scope !== SITE.href || !known.active) await handOver(HANDED);
    const { installing } = await navigator.serviceWorker.register(SERVICE_WORKER);
    return installing ? await outcomeOf(installing) : "kept";
  } catch {
    // Forbidden by the browser's settings, no such file on the server, or no storage: the visitor can do nothing about it.
    return "unavailable";
  } finally {
    await dropHanded().catch(() => undefined); // where there is no storage, nothing was handed over
  }
}

/** Asynchronous as a whole: where storage is denied, `caches` itself throws. */
async function dropHanded() {
  await caches.delete(HANDED);
}

/**
 * @param {ServiceWorker} installing
 * @returns {Promise<"kept" | "failed">}
 */
function outcomeOf(installing) {
  return new Promise((resolve) => {
    installing.onstatechange = () => {
      if (installing.state === "activated" || installing.state === "installed") resolve("kept");
      if (installing.state === "redundant") resolve("failed");
    };
  });
}

/** Remove everything that `keepOffline` put on this device. */
export async function forgetOffline() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(SITE);
  // Where this column has none, the browser answers with that of a column above it.
  if (registration?.scope === SITE.href) await registration.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY)).map((name) => caches.delete(name)));
}
