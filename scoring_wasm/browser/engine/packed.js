/**
 * The snapshot by the way that costs least: from this device where it was kept, as it is from a server that compresses well, else
 * packed. Whatever goes wrong on the way ends in the plain file.
 */
import { bundle } from "./bundle.js";
import { ROOT, checked, download } from "./download.js";

export const SNAPSHOT = "python-snapshot.wasm";
/** A small file of the same type: how it comes tells how the snapshot would. */
const PROBE = "probe.wasm";

/**
 * @param {(bytes: number) => void} received called with the size of each piece, unpacked
 * @param {() => void} again called when it begins anew, another way
 * @returns {Promise<{wasm: Uint8Array<ArrayBuffer>, fresh: boolean}>} `fresh`: it came over the network
 */
export async function downloadSnapshot(received, again) {
  try {
    const copy = "caches" in globalThis ? await caches.match(ROOT + SNAPSHOT) : undefined;
    if (copy) return { wasm: await checked(SNAPSHOT, copy.body, received), fresh: false };
  } catch {
    again();
  }
  if (typeof DecompressionStream === "function" && !(await serverCompresses())) {
    try {
      return { wasm: await unpacked(received), fresh: true };
    } catch {
      again();
    }
  }
  return { wasm: await download(SNAPSHOT, received), fresh: true };
}

/** Whether the server sends such files smaller than packed ones: only brotli does. */
async function serverCompresses() {
  try {
    const response = await fetch(ROOT + PROBE);
    return response.headers.get("content-encoding") === "br";
  } catch {
    return false;
  }
}

/** @param {(bytes: number) => void} received */
async function unpacked(received) {
  const { file, start, bytes } = bundle.packed;
  const inflate = new DecompressionStream("deflate-raw"); // before anything is fetched: Chromium knows it since 103 only
  const response = await fetch(ROOT + file);
  if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
  const stream = response.body.pipeThrough(part(start, bytes)).pipeThrough(inflate);
  return checked(SNAPSHOT, stream, received);
}

/**
 * Lets only a part of what is sent through it pass.
 *
 * @param {number} start
 * @param {number} size
 * @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}
 */
function part(start, size) {
  let at = 0;
  return new TransformStream({
    transform(piece, controller) {
      const inside = piece.subarray(Math.max(0, start - at), Math.max(0, start + size - at));
      if (inside.length) controller.enqueue(inside);
      at += piece.length;
    },
  });
}
