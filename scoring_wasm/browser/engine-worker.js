/**
 * The worker in which Python scores. It speaks with engine.js only, in the messages typed below, and after its own files
 * it fetches nothing: what the visitor ticks cannot leave the browser from here.
 *
 * @typedef {import("./engine-download.js").Reason} Reason
 * @typedef {"snapshot" | "ordinary"} Boot
 * @typedef {{type: "boot", standard: string} | {type: "request", id: number, text: string}} ToWorker
 * @typedef {{type: "progress", stage: "download" | "start", boot: Boot, loaded: number}
 *   | {type: "ready", boot: Boot}
 *   | {type: "failed", reason: Reason, detail: string}
 *   | {type: "answer", id: number, text: string}
 *   | {type: "refusal", id: number, detail: string}} FromWorker
 */
import { bundle } from "./engine-bundle.js";
import { EngineError, compile, download } from "./engine-download.js";

// @ts-ignore: the bundler puts these two beside this module. Asked for at once, so that all downloads run side by side.
const modules = Promise.all([import("./pyodide.js"), import("./pyodide.asm.js")]);
modules.catch(() => undefined); // Told by boot(), which waits for them.

const HERE = new URL("./", import.meta.url).href;
const CORE = "/lib/scoring.zip";
let loaded = 0;
/** @type {(request: string) => string} */
let respond;

addEventListener("message", ({ data }) => {
  const message = /** @type {ToWorker} */ (data);
  if (message.type === "request") answer(message.id, message.text);
  else boot(message.standard).then(() => tell({ type: "ready", boot: "ordinary" }), fail);
});

/** @param {FromWorker} message */
function tell(message) {
  postMessage(message);
}

/** @param {number} bytes */
function received(bytes) {
  loaded += bytes;
  tell({ type: "progress", stage: "download", boot: "ordinary", loaded });
}

/** @param {unknown} error */
function fail(error) {
  const reason = error instanceof EngineError ? error.reason : "crash";
  tell({ type: "failed", reason, detail: String(error) });
}

/** @param {string} standard */
async function boot(standard) {
  received(0);
  const [wasm, stdlib, core, text, [{ loadPyodide }, { default: createPyodideModule }]] = await Promise.all([
    compile("pyodide.asm.wasm", received),
    download("python_stdlib.zip", received),
    download("scoring.zip", received),
    download(standard, received),
    modules.catch((error) => {
      throw new EngineError("network", String(error));
    }),
  ]);
  tell({ type: "progress", stage: "start", boot: "ordinary", loaded });
  const broken = serveOnly(wasm, { "python_stdlib.zip": stdlib });
  const started = loadPyodide({
    indexURL: HERE,
    packageBaseUrl: HERE,
    createPyodideModule,
    // Without it, the list of all Pyodide's packages would be downloaded.
    lockFileContents: { info: { abi_version: bundle.abi }, packages: {} },
    env: { PYTHONPATH: CORE },
    fsInit: (/** @type {any} */ fs) => fs.writeFile(CORE, core),
  });
  const pyodide = await Promise.race([started, broken]);
  respond = pyodide.pyimport("scoring").Engine(new TextDecoder().decode(text)).respond;
}

/**
 * Pyodide fetches by itself: give it what has been downloaded and compiled, and refuse everything else for ever.
 *
 * @param {WebAssembly.Module} wasm
 * @param {Record<string, Uint8Array<ArrayBuffer>>} files
 * @returns {Promise<never>} rejected when the WebAssembly module cannot be instantiated, for which Pyodide waits for ever
 */
function serveOnly(wasm, files) {
  globalThis.fetch = async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    const name = url.startsWith(HERE) ? url.slice(HERE.length) : url;
    if (name in files) return new Response(files[name]);
    if (name === "pyodide.asm.wasm") return new Response();
    throw new TypeError(`The engine makes no requests, and was asked for ${url}`);
  };
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (_source, imports) => {
      const instance = WebAssembly.instantiate(wasm, imports);
      instance.catch(reject);
      return { module: wasm, instance: await instance };
    };
  });
}

/**
 * @param {number} id
 * @param {string} text
 */
function answer(id, text) {
  try {
    tell({ type: "answer", id, text: respond(text) });
  } catch (error) {
    // A Python exception leaves the interpreter whole; anything else has broken it.
    if (error instanceof Error && error.name === "PythonError") tell({ type: "refusal", id, detail: error.message });
    else fail(error);
  }
}
