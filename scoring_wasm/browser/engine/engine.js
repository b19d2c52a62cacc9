/**
 * The Python engine as the page sees it: started when wanted, asked with plain objects, and never silent about its state.
 *
 * @typedef {import("./engine-download.js").Reason} Reason
 * @typedef {import("./engine-worker.js").Boot} Boot
 * @typedef {import("./engine-worker.js").ToWorker} ToWorker
 * @typedef {import("./engine-worker.js").FromWorker} FromWorker
 *
 * @typedef {{state: "idle"}
 *   | {state: "loading"} & import("./engine-worker.js").Progress
 *   | {state: "ready", boot: Boot}
 *   | {state: "failed", reason: Reason, detail: string}} EngineState
 *   `loaded` of `total` bytes (unpacked) have come; `instead` and `detail` are English, technical, for the curious
 *
 * @typedef {object} EngineOptions
 * @property {string} standard file name of the standard in the bundle, such as "chongqing-2023.json"
 * @property {(state: EngineState) => void} onState told of every change, and of every piece that arrives while loading
 * @property {{download?: number, start?: number, answer?: number}} [patience] milliseconds without a sign of life after which
 *   the worker is given up: between two pieces of a download, for Python's start, for an answer
 */

const PATIENCE = { download: 60_000, start: 90_000, answer: 8_000 };

/** @param {EngineOptions} options */
export function createEngine({ standard, onState, patience }) {
  const limits = { ...PATIENCE, ...patience };
  /** Who waits for which answer. @type {Map<number, {resolve: (answer: object) => void, reject: (error: Error) => void}>} */
  const pending = new Map();
  /** @type {Worker | undefined} */
  let worker;
  /** What is running or starting; once it has failed, the ordinary way is tried. @type {Boot} */
  let boot = "snapshot";
  let ready = false;
  let lastId = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watchdog;

  /**
   * Give the worker so long until its next sign of life.
   *
   * @param {"download" | "start" | "answer" | null} stage null: nothing is awaited
   */
  function watch(stage) {
    clearTimeout(watchdog);
    if (!stage) return;
    const silent = `No sign of life for ${limits[stage] / 1000} s (${stage})`;
    watchdog = setTimeout(() => fail("timeout", silent), limits[stage]);
  }

  /** Let go of the worker and of all who wait for it. @param {string} why */
  function discard(why) {
    watch(null);
    worker?.terminate();
    worker = undefined;
    ready = false;
    for (const { reject } of pending.values()) reject(new Error(why));
    pending.clear();
  }

  /**
   * @param {Reason} reason
   * @param {string} detail
   */
  function fail(reason, detail) {
    if (reason === "crash" || reason === "timeout") boot = "ordinary";
    discard(detail);
    onState({ state: "failed", reason, detail });
  }

  /** @param {FromWorker} message */
  function receive(message) {
    switch (message.type) {
      case "progress": {
        const { type: _, ...progress } = message;
        ready = false;
        watch(progress.stage);
        onState({ state: "loading", ...progress });
        break;
      }
      case "ready":
        ready = true;
        watch(pending.size ? "answer" : null);
        onState({ state: "ready", boot: message.boot });
        break;
      case "failed":
        fail(message.reason, message.detail);
        break;
      default: {
        const waiting = pending.get(message.id);
        pending.delete(message.id);
        watch(pending.size ? "answer" : null);
        if (message.type === "answer") waiting?.resolve(JSON.parse(message.text));
        else waiting?.reject(new Error(message.detail));
      }
    }
  }

  /** @param {ToWorker} message */
  function post(message) {
    worker?.postMessage(message);
  }

  return {
    /** Start Python unless it runs or is starting; after a failure, try again. */
    start() {
      if (worker) return;
      /** @type {Worker} */
      let started;
      try {
        worker = started = openWorker();
      } catch (error) {
        fail("unsupported", String(error));
        return;
      }
      // A discarded worker may still have messages on the way.
      started.onmessage = ({ data }) => started === worker && receive(data);
      started.onerror = (event) => {
        event.preventDefault();
        // Without a message, a file of the worker could not be fetched or was no script.
        if (started === worker) fail(event.message ? "crash" : "network", event.message || "The worker's script did not load");
      };
      started.onmessageerror = () => started === worker && fail("crash", "A message could not be read");
      watch("download");
      onState({ state: "loading", stage: "download", boot, loaded: 0, total: 0, instead: "" });
      post({ type: "boot", standard, boot });
    },

    /**
     * Ask Python. While the engine is loading, the request waits for it.
     *
     * @param {object} request what `scoring.Engine.respond` takes
     * @returns {Promise<any>} what it answers; rejected when the engine is not running, fails, or Python raised an exception
     */
    request(request) {
      return new Promise((resolve, reject) => {
        if (!worker) {
          reject(new Error("The engine is not running"));
          return;
        }
        const id = ++lastId;
        if (ready && !pending.size) watch("answer");
        pending.set(id, { resolve, reject });
        post({ type: "request", id, text: JSON.stringify(request) });
      });
    },

    /** Stop Python and free its memory; `start` begins anew. */
    stop() {
      discard("The engine was stopped");
      onState({ state: "idle" });
    },
  };
}

/**
 * @returns {Worker}
 * @throws where the browser lacks what Python needs, or forbids it (pages opened from the disk)
 */
function openWorker() {
  if (typeof WebAssembly !== "object") throw new Error("This browser has no WebAssembly");
  let modules = false;
  const options = {
    // Browsers without module workers do not look here; they would run the module as a classic script.
    get type() {
      modules = true;
      return /** @type {"module"} */ ("module");
    },
  };
  const worker = new Worker(new URL("./engine-worker.js", import.meta.url), options);
  if (modules) return worker;
  worker.terminate();
  throw new Error("This browser has no module workers");
}
