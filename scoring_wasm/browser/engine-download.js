/**
 * Downloads of the engine, checked by their bytes: what a server says about them (status 200, a MIME type) is often wrong.
 */

/** @typedef {"unsupported" | "network" | "content" | "timeout" | "crash"} Reason */

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

/** How each kind of file begins. A login page or an error page sent with status 200 begins otherwise. */
const BEGINNINGS = { wasm: "\0asm", zip: "PK", json: "{" };

/**
 * Fetch a file beside this module and check its beginning.
 *
 * @param {string} name
 * @param {(bytes: number) => void} received called with the size of each piece that arrived
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function download(name, received) {
  const response = await request(name);
  return checked(name, await readAll(name, response, received));
}

/**
 * Fetch a WebAssembly file and compile it while it arrives. Browsers insist on the right MIME type for that, so a wrong one
 * is repaired; a rightly served response stays untouched, for only then do they keep the compiled code for the next visit.
 *
 * @param {string} name
 * @param {(bytes: number) => void} received
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(name, received) {
  let response = await request(name);
  const type = response.headers.get("content-type");
  if (type !== "application/wasm") {
    const bytes = checked(name, await readAll(name, response, received));
    response = new Response(bytes, { headers: { "content-type": "application/wasm" } });
  }
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw new EngineError("network", `${name} broke off: ${error}`);
    throw new EngineError("content", `${name} is damaged, or this browser is too old for it: ${error}`);
  }
}

/**
 * @param {string} name
 * @returns {Promise<Response>}
 */
async function request(name) {
  let response;
  try {
    response = await fetch(new URL(name, import.meta.url));
  } catch (error) {
    throw new EngineError("network", `${name} could not be fetched: ${error}`);
  }
  if (!response.ok) throw new EngineError("network", `${name} could not be fetched: HTTP status ${response.status}`);
  return response;
}

/**
 * @param {string} name
 * @param {Response} response
 * @param {(bytes: number) => void} received
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function readAll(name, response, received) {
  const pieces = [];
  let size = 0;
  try {
    const reader = response.body?.getReader();
    for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
      pieces.push(piece.value);
      size += piece.value.byteLength;
      received(piece.value.byteLength);
    }
  } catch (error) {
    throw new EngineError("network", `The download of ${name} broke off after ${size} bytes: ${error}`);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/**
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Uint8Array<ArrayBuffer>}
 */
function checked(name, bytes) {
  const beginning = BEGINNINGS[/** @type {keyof typeof BEGINNINGS} */ (name.split(".").pop())];
  const found = String.fromCharCode(...bytes.subarray(0, 40));
  if (!found.startsWith(beginning)) {
    throw new EngineError("content", `${name} is not what it should be; it begins with ${JSON.stringify(found)}`);
  }
  return bytes;
}
