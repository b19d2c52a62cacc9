/**
 * The Python engine as the page sees it: started when wanted, asked with plain objects, and never silent about its state.
 *
 * @typedef {import("./download.js").Reason} Reason
 * @typedef {import("./worker.js").Boot} Boot
 * @typedef {import("./worker.js").ToWorker} ToWorker
 * @typedef {import("./worker.js").FromWorker} FromWorker
 *
 * @typedef {{state: "idle"}
 *   | {state: "loading"} & import("./worker.js").Progress
 *   | {state: "ready", boot: Boot}
 *   | {state: "failed", reason: Reason, detail: string}} EngineState
 *   `loaded` of `total` bytes (unpacked) have come; `instead` and `detail` are English, technical, for the curious
 *
 * @typedef {object} EngineOptions
 * @property {string} standard file name of the standard in the bundle, such as "chongqing-2023.json"
 * @property {(state: EngineState) => void} onState told of every change, and of every piece that arrives while loading
 * @property {Partial<typeof TIMEOUTS_MS>} [timeouts]
 */

/** Without a sign of life the worker is given up: between two pieces of a download, for Python's start, for an answer. */
const TIMEOUTS_MS = { download: 60_000, start: 90_000, answer: 8_000 };

export class Engine {
  /** @param {EngineOptions} options */
  constructor({ standard, onState, timeouts }) {
    /** @private */
    this.standard = standard;
    /** @private */
    this.onState = onState;
    /** @private */
    this.timeouts = { ...TIMEOUTS_MS, ...timeouts };
    /** Who waits for which answer. @private @type {Map<number, {resolve: (answer: object) => void, reject: (error: Error) => void}>} */
    this.pending = new Map();
    /** @private @type {Worker | undefined} */
    this.worker = undefined;
    /** What is running or starting; once it has failed, the ordinary way is tried. @private @type {Boot} */
    this.boot = "snapshot";
    /** @private */
    this.ready = false;
    /** @private */
    this.lastId = 0;
    /** @private @type {ReturnType<typeof setTimeout> | undefined} */
    this.watchdog = undefined;
  }

  /** Start Python unless it runs or is starting; after a failure, try again. */
  start() {
    if (this.worker) return;
    /** @type {Worker} */
    let worker;
    try {
      this.worker = worker = openWorker();
    } catch (error) {
      this.fail(error instanceof OldBrowserError ? "old" : "unsupported", String(error));
      return;
    }
    // A discarded worker may still have messages on the way.
    const current = () => worker === this.worker;
    worker.onmessage = ({ data }) => current() && this.receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      // Without a message, a file of the worker could not be fetched or was no script.
      if (current()) this.fail(event.message ? "crash" : "network", event.message || "The worker's script did not load");
    };
    worker.onmessageerror = () => current() && this.fail("crash", "A message could not be read");
    this.watch("download");
    this.onState({ state: "loading", stage: "download", boot: this.boot, loaded: 0, total: 0, instead: "" });
    this.post({ type: "boot", standard: this.standard, boot: this.boot });
  }

  /**
   * Ask Python. While the engine is loading, the request waits for it.
   *
   * @param {object} request what `scoring.Engine.respond` takes
   * @returns {Promise<any>} what it answers; rejected when the engine is not running, fails, or Python raised an exception
   */
  request(request) {
    return this.ask((id) => ({ type: "request", id, text: JSON.stringify(request) }));
  }

  /**
   * @private
   * @param {(id: number) => ToWorker} message
   * @returns {Promise<any>}
   */
  ask(message) {
    return new Promise((resolve, reject) => {
      if (!this.worker) {
        reject(new Error("The engine is not running"));
        return;
      }
      const id = ++this.lastId;
      if (this.ready && !this.pending.size) this.watch("answer");
      this.pending.set(id, { resolve, reject });
      this.post(message(id));
    });
  }

  /**
   * Let the worker put what it has fetched into a cache, for the service worker to take it.
   *
   * @param {string} cache its name
   * @returns {Promise<unknown>} settled when that is done, or nothing is to be had
   */
  handOver(cache) {
    return this.ask((id) => ({ type: "handOver", id, cache })).catch(() => undefined);
  }

  /** Stop Python and free its memory; `start` begins anew. */
  stop() {
    this.discard("The engine was stopped");
    this.onState({ state: "idle" });
  }

  /** @private @param {FromWorker} message */
  receive(message) {
    switch (message.type) {
      case "progress": {
        const { type: _, ...progress } = message;
        this.ready = false;
        this.watch(progress.stage);
        this.onState({ state: "loading", ...progress });
        break;
      }
      case "ready":
        this.ready = true;
        this.watch(this.pending.size ? "answer" : null);
        this.onState({ state: "ready", boot: message.boot });
        break;
      case "failed":
        this.fail(message.reason, message.detail);
        break;
      default: {
        const waiting = this.pending.get(message.id);
        this.pending.delete(message.id);
        this.watch(this.pending.size ? "answer" : null);
        if (message.type === "answer") waiting?.resolve(JSON.parse(message.text));
        else waiting?.reject(new Error(message.detail));
      }
    }
  }

  /** @private @param {ToWorker} message */
  post(message) {
    this.worker?.postMessage(message);
  }

  /**
   * Give the worker so long until its next sign of life.
   *
   * @private
   * @param {"download" | "start" | "answer" | null} stage null: nothing is awaited
   */
  watch(stage) {
    clearTimeout(this.watchdog);
    if (!stage) return;
    const silent = `No sign of life for ${this.timeouts[stage] / 1000} s (${stage})`;
    this.watchdog = setTimeout(() => this.fail("timeout", silent), this.timeouts[stage]);
  }

  /**
   * @private
   * @param {Reason} reason
   * @param {string} detail
   */
  fail(reason, detail) {
    if (reason === "crash" || reason === "timeout") this.boot = "ordinary";
    this.discard(detail);
    this.onState({ state: "failed", reason, detail });
  }

  /** Let go of the worker and of all who wait for it. @private @param {string} why */
  discard(why) {
    this.watch(null);
    this.worker?.terminate();
    this.worker = undefined;
    this.ready = false;
    for (const { reject } of this.pending.values()) reject(new Error(why));
    this.pending.clear();
  }
}

/** The browser lacks what Python needs. */
class OldBrowserError extends Error {}

/** A module of one type, a function that takes a reference: Chromium knows those since 96, and since 97 the policy that allows any. */
const REFERENCES = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 1, 0x6f, 0]);

/**
 * @returns {Worker}
 * @throws {OldBrowserError}
 * @throws where the browser forbids it (pages opened from the disk)
 */
function openWorker() {
  try {
    new WebAssembly.Module(REFERENCES);
  } catch (error) {
    throw new OldBrowserError(`No WebAssembly with references: ${error}`);
  }
  let modules = false;
  const options = {
    // Browsers without module workers do not look here; they would run the module as a classic script.
    get type() {
      modules = true;
      return /** @type {"module"} */ ("module");
    },
  };
  const worker = new Worker(new URL("./worker.js", import.meta.url), options);
  if (modules) return worker;
  worker.terminate();
  throw new OldBrowserError("This browser has no module workers");
}
