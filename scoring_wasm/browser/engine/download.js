/**
 * Downloads of the engine. They are judged by their bytes alone: what servers and proxies say about them (status 200 for a
 * login page, a wrong MIME type) is not to be relied on.
 */
import { bundle } from "./bundle.js";

/** The folder of the bundle, above that of these modules. */
export const ROOT = new URL("../", import.meta.url).href;

/** @typedef {"old" | "unsupported" | "network" | "content" | "timeout" | "crash"} Reason */

/** A failure whose reason the page can tell in words; the message is for the curious. */
export class EngineError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.name = "EngineError";
    this.reason = reason;
  }
}

/**
 * Fetch a file of the bundle and check that it is the one that was bundled.
 *
 * @param {string} name its address in the bundle
 * @param {(bytes: number) => void} received called with the size of each piece that arrived
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function download(name, received) {
  try {
    const response = await fetch(new URL(name, ROOT));
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return await checked(name, response.body, received);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError("network", `${name} could not be fetched: ${error}`);
  }
}

/**
 * Read a file of the bundle and check that it is the one that was bundled.
 *
 * @param {string} name its address in the bundle
 * @param {ReadableStream<Uint8Array> | null} stream
 * @param {(bytes: number) => void} received called with the size of each piece that arrived
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function checked(name, stream, received) {
  const expected = bundle.files[name];
  if (!expected) throw new EngineError("content", `${name} is no file of this engine`);
  const content = new Uint8Array(expected.bytes);
  let size = 0;
  const reader = stream?.getReader();
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    if (size + piece.value.length <= content.length) content.set(piece.value, size);
    size += piece.value.length;
    received(piece.value.length);
  }
  if (size !== expected.bytes) {
    throw new EngineError("content", `${name} came with ${size} bytes instead of ${expected.bytes}`);
  }
  if (adler32(content) !== expected.adler32) throw new EngineError("content", `${name} came damaged`);
  return content;
}

/**
 * A checksum against accidents, as in RFC 1950: SHA-256 is not to be had on pages served over plain HTTP.
 *
 * @param {Uint8Array} bytes
 */
function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += 5552) {
    const end = Math.min(start + 5552, bytes.length);
    for (let i = start; i < end; i++) b += a += /** @type {number} */ (bytes[i]);
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}
