/**
 * The Python core as the form and the report ask it: started when it is first asked, with its state told to all who want it.
 *
 * @typedef {import("./engine.js").EngineState} EngineState
 */

import { Engine } from "./engine.js";

export class Core {
  /**
   * @param {string} standard its id
   * @param {"zh" | "en"} language of what the core says
   */
  constructor(standard, language) {
    /** @private */
    this.file = `${standard}.json`;
    /** @private */
    this.language = language;
    /** @private @type {((state: EngineState) => void)[]} */
    this.listeners = [];
    /** @private @type {Promise<any> | undefined} */
    this.loadedStandard = undefined;
    /** @type {EngineState} */
    this.state = { state: "idle" };
    /** @private */
    this.engine = new Engine({
      standard: this.file,
      onState: (state) => {
        this.state = state;
        this.listeners.forEach((listener) => listener(state));
      },
    });
  }

  /** @param {(state: EngineState) => void} listener called at every change, and at every piece that arrives while loading */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  get isReady() {
    return this.state.state === "ready";
  }

  /** Start Python unless it runs or is starting; after a failure, try again. */
  start() {
    this.engine.start();
  }

  /**
   * Ask the core, starting it if need be.
   *
   * @param {object} request what `scoring.Engine.respond` takes, but for the language
   * @returns {Promise<any>} its answer; null if it is not to be had, which the state then explains
   */
  async ask(request) {
    this.engine.start();
    return this.engine.request({ lang: this.language, ...request }).catch(() => null);
  }

  /** As `Engine.handOver`. @param {string} cache */
  handOver(cache) {
    return this.engine.handOver(cache);
  }

  /** The standard with our guidance, from the same file that the worker reads. @returns {Promise<any>} rejected without a network */
  standardData() {
    this.loadedStandard = this.loadedStandard ?? fetch(new URL(`../${this.file}`, import.meta.url)).then((response) => response.json());
    this.loadedStandard.catch(() => {
      this.loadedStandard = undefined; // so that the next try fetches again
    });
    return this.loadedStandard;
  }
}
