/**
 * The assessment form. Ticks are counted in the same frame (the tally), and the Python core confirms and explains the count.
 *
 * The sheet (sheet.js) is what the visitor filled in; the page shows it. A number shown is never stale: an answer of the core is
 * shown only while the sheet it was given still stands.
 *
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./sheet.js").Answer} Answer
 * @typedef {import("./tally.js").Node} Node
 * @typedef {import("./engine.js").EngineState} EngineState
 */

import { mountDesk } from "./desk.js";
import { createDrafts, Refused } from "./drafts.js";
import { createEngine } from "./engine.js";
import { keepOffline } from "./engine-offline.js";
import { mountItem } from "./item.js";
import { faultsInWords, fill, find, printAs, today } from "./page.js";
import { mountReport } from "./report-desk.js";
import { answerTo, emptySheet, fromFile, isSaid, quantities, readKept, toFile } from "./sheet.js";
import { tally } from "./tally.js";

const MOST_UNDO = 100;

const form = document.querySelector("form[data-engine]");
if (form instanceof HTMLFormElement) {
  mount(form);
}

/** @param {HTMLFormElement} form */
function mount(form) {
  const { language, assessment: words, report: reportWords } = JSON.parse(document.getElementById("words")?.textContent ?? "");
  const countWords = form.querySelector("[data-coverage]") ? words.checklist.states : words.states;
  const name = { id: form.dataset.standard ?? "", sha256: form.dataset.sha256 ?? "" };
  const tree = readTree(form);
  const drafts = createDrafts(name.id);
  const total = form.querySelector('[data-score="total"]');
  const label = find(form, "[data-total-label]");
  const status = find(form, "[data-engine-status]");
  const told = find(form, "[data-told]");
  const retry = find(form, "[data-engine-retry]");
  const undo = find(form, "[data-undo]");
  const unit = /** @type {HTMLInputElement} */ (find(form, "[data-unit]"));
  const draftName = /** @type {HTMLInputElement} */ (find(document, "[data-draft-name]"));

  /** @type {Sheet} */
  let sheet = emptySheet();
  /** @type {string[]} */
  const past = [];
  /** Where the visitor is typing; one step of undo takes back all of it. @type {EventTarget | null} */
  let typingIn = null;
  /** Counts the changes, so that a late answer is recognised. */
  let edition = 0;

  const rows = Array.from(form.querySelectorAll("[data-row]"), (row) => {
    const element = /** @type {HTMLElement} */ (row);
    const id = element.dataset.row ?? "";
    const mine = (/** @type {(answer: Answer) => void} */ use, /** @type {boolean} */ isText = false) =>
      change((draft) => use(answerTo(draft, id)), isText);
    return mountItem(element, mine, () => guidanceFor(id), words);
  });

  // --- Changes ------------------------------------------------------------------------------------------------------------

  /**
   * @param {(sheet: Sheet) => void} use
   * @param {boolean} [isText]
   */
  function change(use, isText = false) {
    if (!isText || typingIn !== document.activeElement) {
      past.push(JSON.stringify(sheet));
      past.splice(0, past.length - MOST_UNDO);
    }
    typingIn = isText ? document.activeElement : null;
    sheet.created = today();
    use(sheet);
    told.textContent = "";
    refresh();
  }

  function refresh() {
    edition += 1;
    const scores = tally(tree, quantities(sheet));
    showScores((part) => scores.get(part), "tally");
    showProgress();
    for (const row of rows) {
      row.show(sheet.answers[row.id]);
    }
    unit.value = sheet.unit;
    draftName.value = sheet.name;
    find(form, "[data-paper-unit]").textContent = sheet.unit;
    undo.setAttribute("aria-disabled", String(!past.length)); // not `disabled`, which would drop the focus
    document.dispatchEvent(new Event("answers-changed"));
    try {
      drafts.keepInTab(JSON.stringify(file()));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.textContent = words.told.unsaved;
    }
    if (form.dataset.engine === "ready") {
      void confirm();
    }
  }

  /** @param {import("./sheet.js").AnswersFile} adopted which keeps its own day */
  function adopt(adopted) {
    change(() => {
      sheet = fromFile(adopted);
    });
  }

  function forget() {
    sheet = emptySheet();
    past.length = 0;
    refresh();
  }

  function file() {
    return toFile(sheet, name, rows.map((row) => row.id), today());
  }

  // --- What is shown ------------------------------------------------------------------------------------------------------

  /**
   * @param {(name: string) => string | undefined} scoreOf
   * @param {"tally" | "python"} by
   */
  function showScores(scoreOf, by) {
    for (const found of form.querySelectorAll("[data-score]")) {
      const element = /** @type {HTMLElement} */ (found);
      const score = scoreOf(element.dataset.score ?? "");
      if (score !== undefined && element.textContent !== score) {
        element.textContent = score;
      }
      const echo = form.querySelector(`[data-echo="${element.dataset.score}"]`);
      if (echo) echo.textContent = element.textContent;
    }
    total?.setAttribute("data-score-by", by);
    label.textContent = countWords[by];
  }

  function showProgress() {
    for (const section of form.querySelectorAll(".step")) {
      const boxes = Array.from(section.querySelectorAll("[data-row]"), (row) => /** @type {HTMLElement} */ (row).dataset.row ?? "");
      const met = boxes.filter((id) => sheet.answers[id]?.met).length;
      find(section, "[data-progress]").textContent = fill(words.progress, { met, of: boxes.length });
    }
    const coverage = form.querySelector("[data-coverage]");
    if (coverage) {
      const met = rows.filter((row) => sheet.answers[row.id]?.met).length;
      coverage.textContent = fill(words.progress, { met, of: rows.length });
    }
  }

  /** @param {{ kind: string, text: string, items: string[] }[]} warnings */
  function showHints(warnings) {
    const hints = warnings.filter((one) => one.kind !== "evidence");
    const box = find(form, "[data-hints]");
    box.hidden = !hints.length;
    find(box, "ul").replaceChildren(
      ...hints.map((one) => Object.assign(document.createElement("li"), { textContent: `${one.items.join(words.marks.comma)} ${one.text}` })),
    );
  }

  // --- The core -----------------------------------------------------------------------------------------------------------

  /** @type {((ready: boolean) => void)[]} */
  let waiting = [];
  const engine = createEngine({
    standard: `${name.id}.json`,
    onState: (state) => {
      const stage = state.state === "loading" ? loadingStage(state) : state.state;
      const boot = state.state === "ready" ? state.boot : "";
      if (form.dataset.engine !== state.state || status.dataset.stage !== stage + boot) {
        form.dataset.engine = state.state;
        status.dataset.stage = stage + boot;
        status.textContent = sentence(state, stage);
        retry.hidden = state.state !== "failed";
      }
      if (state.state === "ready") {
        void confirm();
        void offline();
      }
      if (state.state === "ready" || state.state === "failed") {
        waiting.forEach((resolve) => resolve(state.state === "ready"));
        waiting = [];
      }
    },
  });

  /** @param {Extract<EngineState, { state: "loading" }>} state */
  function loadingStage(state) {
    if (state.boot === "ordinary") return "ordinary";
    return state.stage === "start" ? "starting" : "loading";
  }

  /**
   * @param {EngineState} state
   * @param {string} stage
   */
  function sentence(state, stage) {
    const reason = state.state === "failed" ? (words.reasons[state.reason] ?? words.reasons.other) : "";
    const tier = state.state === "ready" ? words.tiers[state.boot] : "";
    return fill(words.states[stage], { reason, tier });
  }

  /**
   * Ask the core, starting it if need be; null if it is not to be had.
   *
   * @param {object} request
   */
  async function ask(request) {
    if (form.dataset.engine !== "ready") {
      const ready = new Promise((resolve) => waiting.push(/** @type {(ready: boolean) => void} */ (resolve)));
      engine.start();
      if (!(await ready)) return null;
    }
    // A worker that dies meanwhile is told by onState.
    return engine.request({ lang: language, ...request }).catch(() => null);
  }

  /** Once Python has run here, keep what it took for visits without a network, and say so. */
  async function offline() {
    if (form.dataset.offline) return;
    form.dataset.offline = "asked";
    form.dataset.offline = await keepOffline();
    find(form, "[data-offline-told]").textContent = form.dataset.offline === "kept" ? words.offline : "";
  }

  async function confirm() {
    const asked = edition;
    const answer = await ask({ op: "score", answers: file() });
    if (!answer || asked !== edition) return;
    if (!answer.ok) {
      told.textContent = [words.told.refused, ...faultsInWords(answer.faults, words)].join(" ");
      return;
    }
    const { result } = answer;
    if (result.scored) {
      showScores((part) => (part.startsWith("section-") ? result.sections[part.slice(8)] : result[part]) ?? undefined, "python");
    } else {
      showScores(() => undefined, "python");
    }
    showHints(result.warnings);
  }

  /** @type {Promise<any> | undefined} */
  let loadedStandard;

  /** The standard with our guidance, from the same file that the worker reads. */
  function standardData() {
    loadedStandard ??= fetch(new URL(`./${name.id}.json`, import.meta.url)).then((response) => response.json());
    loadedStandard.catch(() => {
      loadedStandard = undefined; // so that the next try fetches again
    });
    return loadedStandard;
  }

  /** @param {string} id */
  async function guidanceFor(id) {
    const data = await standardData().catch(() => null); // suggestions only: the item works without them
    const mine = (/** @type {any} */ note) => note.items?.includes(id);
    return {
      ideas: (data?.guidance?.evidence?.[id] ?? []).map((/** @type {any} */ idea) => idea[language]),
      notes: (data?.guidance?.notes ?? []).filter(mine).map((/** @type {any} */ note) => note.text[language]),
    };
  }

  // --- Controls -----------------------------------------------------------------------------------------------------------

  // Python is loaded at the first touch; after a failure only when the visitor asks for it.
  for (const touch of ["pointerdown", "focusin", "change"]) {
    form.addEventListener(touch, () => form.dataset.engine === "idle" && engine.start());
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  retry.addEventListener("click", () => engine.start());
  unit.addEventListener("input", () => change((draft) => (draft.unit = unit.value), true));
  draftName.addEventListener("input", () => change((draft) => (draft.name = draftName.value), true));
  find(form, "[data-print]").addEventListener("click", () => printAs("printing-form"));
  find(form, "[data-clear]").addEventListener("click", () =>
    change((draft) => {
      for (const answer of Object.values(draft.answers)) {
        answer.met = false;
        delete answer.level;
        delete answer.count;
      }
    }),
  );
  find(form, "[data-next]").addEventListener("click", () => {
    const here = rows.findIndex((row) => row.id === lastTouched);
    const order = [...rows.slice(here + 1), ...rows.slice(0, here + 1)];
    const next = order.find((row) => !sheet.answers[row.id]?.met);
    told.textContent = next ? "" : words.none_open;
    if (next) {
      lastTouched = next.id;
      next.box.focus();
    }
  });
  let lastTouched = "";
  form.addEventListener("focusin", (event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    lastTouched = row instanceof HTMLElement ? (row.dataset.row ?? "") : lastTouched;
  });
  function takeBack() {
    const before = past.pop();
    if (before !== undefined) {
      sheet = JSON.parse(before);
      typingIn = null;
      refresh();
      told.textContent = words.undone;
    }
  }
  undo.addEventListener("click", takeBack);
  form.addEventListener("keydown", (event) => {
    const isText = event.target instanceof Element && event.target.matches("textarea, input:not([type=checkbox], [type=radio])");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !isText) {
      event.preventDefault();
      takeBack();
    }
  });

  // --- Start --------------------------------------------------------------------------------------------------------------

  mountDesk(find(document, "[data-desk]"), { file, adopt, forget, ask, standard: name }, drafts, words, form.dataset.home ?? "../");
  mountReport(find(document, "[data-report-desk]"), { file, ask, standardData }, { words, reportWords, language });
  restore();
  for (const element of document.querySelectorAll("[data-scripted]")) {
    /** @type {HTMLElement} */ (element).hidden = false;
  }
  // classic.js stands back; it takes over where a browser lacked something on the way here.
  form.dataset.mounted = "true";

  /** Bring back what this tab held before a reload; else what was ticked before the script came. */
  function restore() {
    let text = null;
    try {
      text = drafts.tab();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    const kept = readKept(text);
    let say = text && !kept ? "damaged" : "restored";
    if (kept) {
      const ids = new Set(rows.map((row) => row.id));
      const known = Object.entries(kept.answers).filter(([id]) => ids.has(id));
      const changed = kept.standard.sha256 !== name.sha256;
      say = changed ? "changed_standard" : say;
      // An item may have kept its number and changed its words.
      sheet = fromFile({ ...kept, answers: Object.fromEntries(known.map(([id, answer]) => [id, changed && isSaid(answer) ? { ...answer, check: true } : answer])) });
    }
    for (const row of rows.filter((one) => one.box.checked)) {
      answerTo(sheet, row.id).met = true;
    }
    refresh();
    const filled = rows.some((row) => isSaid(sheet.answers[row.id]));
    told.textContent = (kept && filled) || say === "damaged" ? words.told[say] : "";
    label.textContent = filled ? countWords.tally : countWords.idle;
  }
}

/**
 * The tree that the tally counts, read from the page: nodes carry `data-node` and `data-cap`, items `data-points`.
 *
 * @param {HTMLElement} root
 * @returns {Node}
 */
function readTree(root) {
  /** @type {Node & { children: Node[] }} */
  const tree = { id: "total", ...capOf(root), children: [] };
  /** @type {Map<Element, Node & { children: Node[] }>} */
  const nodes = new Map([[root, tree]]);
  for (const found of root.querySelectorAll("[data-node], input[data-item]")) {
    const element = /** @type {HTMLElement} */ (found);
    const parent = nodes.get(element.parentElement?.closest("[data-node]") ?? root) ?? tree;
    if (element.dataset.item) {
      parent.children.push(leaf(element));
    } else {
      const node = { id: element.dataset.node ?? "", ...capOf(element), children: [] };
      nodes.set(element, node);
      parent.children.push(node);
    }
  }
  return tree;
}

/**
 * An item: a leaf; with levels or a count, a node with leaves, as `scoring.tree` names them.
 *
 * @param {HTMLElement} box
 * @returns {Node}
 */
function leaf(box) {
  const id = box.dataset.item ?? "";
  const levels = Array.from(box.closest("[data-row]")?.querySelectorAll("[data-level]") ?? [], (one) => /** @type {HTMLElement} */ (one));
  if (levels.length) {
    return { id, children: levels.map(({ dataset }) => ({ id: `${id}=${dataset.level}`, points: dataset.points ?? "0" })) };
  }
  if (box.dataset.each) {
    return { id, ...capOf(box), children: [{ id: `${id}#`, points: box.dataset.each }] };
  }
  return { id, points: box.dataset.points ?? "0" };
}

/** @param {HTMLElement} element */
function capOf(element) {
  return element.dataset.cap === undefined ? {} : { cap: element.dataset.cap };
}
