/**
 * Whether the site has been published anew under a page that is still open. Servers keep the engine of the release before; where it
 * is gone all the same, the page as it is now tells why: it loads another.
 */
import { ROOT } from "./download.js";

/** The engine's folder as pages name it: its last part is the hash of its content. */
const FOLDER = /\bengine\/[0-9a-f]{16}\//g;

/** @returns {Promise<boolean>} false too where the page cannot be had */
export async function isRenewed() {
  try {
    const response = await fetch(location.href.replace(/#.*/, ""), { cache: "no-cache" });
    const folders = response.ok ? (await response.text()).match(FOLDER) : null;
    return !!folders && !folders.some((folder) => ROOT.endsWith(`/${folder}`));
  } catch {
    return false;
  }
}
