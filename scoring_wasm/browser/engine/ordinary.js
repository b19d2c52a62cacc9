/** Python the ordinary way: Pyodide with its whole standard library, and the core beside it. */
import { bundle } from "./bundle.js";
import { EngineError, ROOT, download } from "./download.js";

const WASM = "pyodide.asm.wasm";
const STDLIB = "python_stdlib.zip";
const CORE = "scoring.zip";
/** What is downloaded for it, besides the standard and Pyodide's own modules. */
export const ORDINARY_FILES = [WASM, STDLIB, CORE];

/**
 * @param {string} standard file name
 * @param {(bytes: number) => void} received told of each piece that arrived
 * @param {() => void} started told when everything is there
 * @returns {Promise<(request: string) => string>}
 */
export async function openPyodide(standard, received, started) {
  const [wasm, stdlib, core, text, [{ loadPyodide }, { default: createPyodideModule }]] = await Promise.all([
    download(WASM, received),
    download(STDLIB, received),
    download(CORE, received),
    download(standard, received),
    importPyodide(),
  ]);
  started();
  const failure = handOver(wasm, stdlib);
  const loading = loadPyodide({
    indexURL: ROOT,
    packageBaseUrl: ROOT,
    createPyodideModule,
    // Without it, the list of all Pyodide's packages would be downloaded.
    lockFileContents: { info: { abi_version: bundle.abi }, packages: {} },
    env: { PYTHONPATH: `/lib/${CORE}` },
    fsInit: (/** @type {any} */ fs) => fs.writeFile(`/lib/${CORE}`, core),
  });
  const pyodide = await Promise.race([loading, failure]);
  return pyodide.pyimport("scoring").Engine(new TextDecoder().decode(text)).respond;
}

/** @returns {Promise<[any, any]>} */
async function importPyodide() {
  try {
    // @ts-ignore: the bundler puts these two into the bundle
    return await Promise.all([import("../pyodide.js"), import("../pyodide.asm.js")]);
  } catch (error) {
    throw new EngineError("network", String(error));
  }
}

/**
 * Pyodide fetches by itself: give it what has been downloaded, and refuse everything else for ever.
 *
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {Uint8Array<ArrayBuffer>} stdlib
 * @returns {Promise<never>} rejected when the WebAssembly module does not start, for which Pyodide would wait for ever
 */
function handOver(wasm, stdlib) {
  globalThis.fetch = async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url === ROOT + STDLIB) return new Response(stdlib);
    if (url === ROOT + WASM) return new Response();
    throw new TypeError(`The engine makes no requests, and was asked for ${url}`);
  };
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (_source, imports) => {
      const started = WebAssembly.instantiate(wasm, imports);
      // The bytes are the right ones, so the browser is at fault.
      started.catch((error) => reject(new EngineError("unsupported", String(error))));
      return started;
    };
  });
}
