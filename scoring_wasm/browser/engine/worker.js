/**
 * The worker in which Python scores. It speaks with engine.js only, in the messages typed below. Python is started from its
 * snapshot; where that cannot be had, or cannot go on, the ordinary way, and what was asked is then answered from there.
 *
 * @typedef {import("./download.js").Reason} Reason
 * @typedef {"snapshot" | "ordinary"} Boot
 * @typedef {{type: "boot", standard: string, boot: Boot} | {type: "request", id: number, text: string}
 *   | {type: "handOver", id: number, cache: string}} ToWorker
 * @typedef {{stage: "download" | "start", boot: Boot, loaded: number, total: number, instead: string}} Progress
 *   `instead`: why Python is not started from the snapshot, or ""
 * @typedef {{type: "progress"} & Progress
 *   | {type: "ready", boot: Boot}
 *   | {type: "failed", reason: Reason, detail: string}
 *   | {type: "answer", id: number, text: string}
 *   | {type: "refusal", id: number, detail: string}} FromWorker
 */
import { bundle } from "./bundle.js";
import { EngineError, ROOT } from "./download.js";
import { SNAPSHOT, downloadSnapshot } from "./packed.js";
import { openSnapshot } from "./snapshot.js";

/** @typedef {(request: string) => string} Serve answers a request; throws what Python raised, or because Python broke */

/** What is done one after the other. @type {Promise<void>} */
let work = Promise.resolve();
let standard = "";
/** @type {Boot} */
let boot = "snapshot";
/** @type {Serve} */
let serve;
/** The snapshot as it came over the network, until it is handed over. @type {Uint8Array<ArrayBuffer> | undefined} */
let fetched;

addEventListener("message", ({ data }) => {
  const message = /** @type {ToWorker} */ (data);
  work = work.then(() => does(message)).catch(fail);
});

/** @param {ToWorker} message */
function does(message) {
  if (message.type === "boot") return start(message);
  return message.type === "request" ? answer(message) : handOver(message);
}

/** @param {FromWorker} message */
function tell(message) {
  postMessage(message);
}

/** @param {unknown} error */
function fail(error) {
  tell({ type: "failed", reason: error instanceof EngineError ? error.reason : "crash", detail: String(error) });
}

/** @param {Extract<ToWorker, {type: "boot"}>} message */
async function start(message) {
  standard = message.standard;
  if (message.boot === "ordinary") return startOrdinary("The snapshot failed before");
  try {
    const progress = progressOf([SNAPSHOT], "");
    const { wasm, fresh } = await downloadSnapshot(progress.received, progress.again);
    progress.started();
    const snapshot = await openSnapshot(wasm);
    if (fresh && "caches" in globalThis) fetched = wasm;
    serve = (request) => snapshot.serve(standard, request);
  } catch (error) {
    return startOrdinary(String(error));
  }
  tell({ type: "ready", boot });
}

/** @param {string} instead why not from the snapshot */
async function startOrdinary(instead) {
  boot = "ordinary";
  const { ORDINARY_FILES, openPyodide } = await import("./ordinary.js").catch((error) => {
    throw new EngineError("network", String(error));
  });
  const { received, started } = progressOf([...ORDINARY_FILES, standard], instead);
  serve = await openPyodide(standard, received, started);
  tell({ type: "ready", boot });
}

/**
 * @param {string[]} names of the files that are downloaded
 * @param {string} instead
 */
function progressOf(names, instead) {
  const total = names.reduce((sum, name) => sum + (bundle.files[name]?.bytes ?? 0), 0);
  let loaded = 0;
  const report = (/** @type {"download" | "start"} */ stage) =>
    tell({ type: "progress", stage, boot, loaded, total, instead });
  report("download");
  return {
    received: (/** @type {number} */ bytes) => {
      loaded += bytes;
      report("download");
    },
    again: () => {
      loaded = 0;
      report("download");
    },
    started: () => report("start"),
  };
}

/**
 * Put the snapshot where the service worker takes it from, so that it need not be fetched again.
 *
 * @param {Extract<ToWorker, {type: "handOver"}>} message
 */
async function handOver({ id, cache }) {
  const content = fetched;
  fetched = undefined;
  try {
    if (content) {
      const headers = { "content-type": "application/wasm" };
      await (await caches.open(cache)).put(ROOT + SNAPSHOT, new Response(content, { headers }));
    }
  } catch {
    // No room, or not allowed: then it is fetched again, or not kept.
  }
  tell({ type: "answer", id, text: "{}" });
}

/** @param {Extract<ToWorker, {type: "request"}>} message */
async function answer({ id, text }) {
  try {
    tell({ type: "answer", id, text: serve(text) });
  } catch (error) {
    if (boot === "snapshot") {
      await startOrdinary(String(error));
      return answer({ type: "request", id, text });
    }
    // A Python exception leaves the interpreter whole; anything else has broken it.
    if (!(error instanceof Error && error.name === "PythonError")) throw error;
    tell({ type: "refusal", id, detail: error.message });
  }
}
