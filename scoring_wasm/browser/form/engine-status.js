/**
 * How the engine fares: started at the first touch, its state in words, a button for another try, and the copy for visits without a
 * network.
 *
 * @typedef {import("./form.js").Assessment} Assessment
 * @typedef {import("../engine/core.js").EngineState} EngineState
 */

import { keepOffline } from "../engine/offline.js";
import { isRenewed } from "../engine/renewal.js";
import { fill, find, make } from "../page.js";

/** @param {Assessment} assessment */
export function mountEngineStatus({ form, core, words }) {
  const status = find(form, "[data-engine-status]");
  const retry = find(form, "[data-engine-retry]");
  // For the eye alone: heard, each step would be an interruption.
  const progress = make("p", { class: "engine", "aria-hidden": "true" });
  status.after(progress);
  core.subscribe((state) => {
    progress.textContent = progressOf(state, words);
    const stage = stageOf(state);
    const shown = state.state === "ready" ? stage + state.boot : stage;
    // Pieces of a download arrive many a second; what is told changes seldom.
    if (form.dataset.engine !== state.state || status.dataset.stage !== shown) {
      form.dataset.engine = state.state;
      status.dataset.stage = shown;
      status.textContent = sentence(state, words);
      find(form, "[data-engine-short]").textContent =
        state.state === "failed" ? fill(words.short_failed, { reason: words.short_reasons[state.reason] ?? words.short_reasons.other }) : "";
      retry.hidden = state.state !== "failed" || state.reason === "old"; // where it cannot run, another try is of no use
      if (state.state === "failed" && state.reason !== "old") void offerReload(form, words);
    }
    if (core.isReady) void offline(form, core, words);
  });
  // Python is loaded at the first touch; after a failure only when the visitor asks for it.
  for (const touch of ["pointerdown", "focusin", "change"]) {
    form.addEventListener(touch, () => core.state.state === "idle" && core.start());
  }
  retry.addEventListener("click", () => (retry.dataset.reloads ? location.reload() : core.start()));
}

/**
 * Where the engine cannot be had because the site has been published anew, say so; the tab keeps the answers over a reload.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, any>} words
 */
async function offerReload(form, words) {
  if (!(await isRenewed()) || form.dataset.engine !== "failed") return;
  const retry = find(form, "[data-engine-retry]");
  retry.dataset.reloads = "true";
  retry.textContent = words.reload;
  find(form, "[data-engine-status]").textContent = words.renewed;
}

/** @param {EngineState} state */
function stageOf(state) {
  if (state.state !== "loading") return state.state;
  if (state.boot === "ordinary") return "ordinary";
  return state.stage === "start" ? "starting" : "loading";
}

/**
 * How much of the download has come.
 *
 * @param {EngineState} state
 * @param {Record<string, any>} words
 */
function progressOf(state, words) {
  if (state.state !== "loading" || state.stage !== "download" || !state.total) return "";
  return fill(words.states.percent, { percent: Math.min(100, Math.floor((100 * state.loaded) / state.total)) });
}

/**
 * @param {EngineState} state
 * @param {Record<string, any>} words
 */
function sentence(state, words) {
  const reason = state.state === "failed" ? (words.reasons[state.reason] ?? words.reasons.other) : "";
  const tier = state.state === "ready" ? words.tiers[state.boot] : "";
  return fill(words.states[stageOf(state)], { reason, tier });
}

/**
 * Once Python has run here, keep what it took for visits without a network, and say so.
 *
 * @param {HTMLFormElement} form
 * @param {import("../engine/core.js").Core} core
 * @param {Record<string, any>} words
 */
async function offline(form, core, words) {
  if (form.dataset.offline) return;
  form.dataset.offline = "asked";
  form.dataset.offline = await keepOffline((cache) => core.handOver(cache));
  find(form, "[data-offline-told]").textContent = form.dataset.offline === "kept" ? words.offline : "";
}
