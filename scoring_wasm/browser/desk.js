/**
 * Drafts, files and comparison: everything that brings answers into the form or out of it.
 *
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./sheet.js").Answer} Answer
 * @typedef {Record<string, any>} Words
 * @typedef {{ ok: true, result: any } | { ok: false, problems: string[] }} Reply
 *
 * @typedef {object} Form what the desk needs of the form
 * @property {() => object} file the current answers in the exported format
 * @property {(file: { unit?: string, answers: Record<string, Answer> }) => void} adopt put answers into the form; can be undone
 * @property {(request: object) => Promise<Reply | null>} ask the core; null if it is not to be had
 * @property {() => string} unit
 * @property {import("./sheet.js").StandardName} standard
 */

import { Refused } from "./drafts.js";
import { forgetOffline } from "./engine-offline.js";
import { fileName, download } from "./files.js";
import { fill, find, make, today } from "./page.js";
import { readKept } from "./sheet.js";

const MOST_BYTES = 1_000_000;

/**
 * @param {HTMLElement} desk
 * @param {Form} form
 * @param {ReturnType<typeof import("./drafts.js").createDrafts>} drafts
 * @param {Words} words
 * @param {string} home
 */
export function mountDesk(desk, form, drafts, words, home) {
  const told = find(desk, "[data-desk-told]");
  const result = find(desk, "[data-desk-result]");
  const name = /** @type {HTMLInputElement} */ (find(desk, "[data-draft-name]"));
  const compareWith = /** @type {HTMLSelectElement} */ (find(desk, "[data-compare-with]"));

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  function tell(key, values) {
    told.textContent = fill(words.told[key], values);
  }

  /**
   * Do something with storage; where the browser refuses, say so.
   *
   * @param {() => void} use
   */
  function stored(use) {
    try {
      use();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tell("unsaved");
      return false;
    }
  }

  function showDrafts() {
    stored(() => {
      const all = drafts.list();
      const label = (/** @type {import("./drafts.js").Draft} */ one) => fill(words.draft_saved, { name: one.name, date: one.saved });
      find(desk, "[data-drafts]").replaceChildren(
        ...(all.length ? all.map((one) => draftRow(one, label(one))) : [make("li", {}, words.drafts_none)]),
      );
      compareWith.replaceChildren(...all.map((one) => make("option", { value: one.id }, label(one))));
      find(desk, "[data-drafts-erase]").hidden = !all.length;
      /** @type {HTMLElement} */ (compareWith.parentElement).hidden = !all.length;
      /** @type {HTMLButtonElement} */ (find(desk, "[data-compare]")).disabled = !all.length;
    });
  }

  /**
   * @param {import("./drafts.js").Draft} draft
   * @param {string} label
   */
  function draftRow(draft, label) {
    const open = make("button", { type: "button", "aria-label": fill(words.draft_open_of, { name: draft.name }) }, words.draft_open);
    const erase = make("button", { type: "button", "aria-label": fill(words.draft_erase_of, { name: draft.name }) }, words.draft_erase);
    open.addEventListener("click", () => {
      const file = readKept(draft.file);
      if (!file) {
        tell("damaged");
      } else if (file.standard.sha256 !== form.standard.sha256) {
        void importText(draft.file); // it was kept before the standard changed
      } else {
        form.adopt(file);
        name.value = draft.name;
        tell("opened", { name: draft.name });
      }
    });
    erase.addEventListener("click", () => {
      if (stored(() => drafts.erase(draft.id))) {
        showDrafts();
        tell("erased");
        name.focus();
      }
    });
    return make("li", {}, make("span", {}, label), open, erase);
  }

  /**
   * The text of a file that the visitor chose; null after a refusal.
   *
   * @param {HTMLInputElement} field
   */
  async function chosen(field) {
    const file = field.files?.[0];
    field.value = "";
    result.replaceChildren();
    if (!file) return null;
    if (file.size > MOST_BYTES) {
      tell("large");
      return null;
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      tell("not_text");
      return null;
    }
  }

  /** Say why a file was not used. @param {string[]} problems */
  function refuse(problems) {
    tell("unread");
    const rows = problems.map((problem) => make("li", {}, problem.replace(/^answers\//, "")));
    result.replaceChildren(make("ul", { class: "problems" }, ...rows));
  }

  /** @param {object} request */
  async function ask(request) {
    tell("busy");
    const reply = await form.ask(request);
    if (!reply) {
      tell("unready");
    } else if (!reply.ok) {
      refuse(reply.problems);
    }
    return reply?.ok ? reply.result : null;
  }

  /** @param {string} text */
  async function importText(text) {
    const migration = await ask({ op: "migrate", answers: text });
    if (!migration) return;
    if (!migration.same_standard) {
      refuse([words.told.other_standard]);
      return;
    }
    if (migration.same_version && migration.dropped.length) {
      refuse([fill(words.told.strange_items, { items: migration.dropped.join("、") })]);
      return;
    }
    const adopt = () => {
      form.adopt(migration.answers);
      result.replaceChildren();
      tell("imported", { count: migration.kept.length });
    };
    if (migration.same_version) {
      adopt();
      return;
    }
    tell("other_version");
    const line = (/** @type {string} */ key, /** @type {string[]} */ items) =>
      make("li", {}, fill(words.told[key], { count: items.length, items: items.join("、") || words.told.none }));
    const yes = make("button", { type: "button" }, words.told.adopt);
    const no = make("button", { type: "button" }, words.told.refuse);
    yes.addEventListener("click", adopt);
    no.addEventListener("click", () => {
      result.replaceChildren();
      told.textContent = "";
    });
    result.replaceChildren(
      make(
        "ul",
        { class: "problems" },
        line("kept", migration.kept),
        line("dropped", migration.dropped),
        line("fresh", migration.new),
      ),
      make("p", { class: "actions" }, yes, no),
    );
  }

  /** @param {string | object} before */
  async function compare(before) {
    const comparison = await ask({ op: "compare", before, after: form.file() });
    if (comparison) {
      told.textContent = "";
      result.replaceChildren(comparisonTable(comparison, words));
      result.scrollIntoView({ block: "nearest" });
    }
  }

  // What is shown below must not outlive the answers it was made from.
  document.addEventListener("answers-changed", () => {
    if (result.querySelector(".comparison")) {
      result.replaceChildren();
      tell("stale");
    }
  });

  find(desk, "[data-draft-save]").addEventListener("click", () => {
    const title = name.value.trim() || form.unit() || today();
    if (stored(() => drafts.save(title, today(), JSON.stringify(form.file())))) {
      showDrafts();
      tell("saved", { name: title });
    }
  });
  find(desk, "[data-drafts-erase]").addEventListener("click", () => {
    if (stored(() => drafts.eraseAll())) {
      showDrafts();
      tell("erased");
      name.focus();
    }
  });
  find(desk, "[data-export]").addEventListener("click", () => {
    download(fileName([words.file_name, form.unit(), today()]) + ".json", "application/json", `${JSON.stringify(form.file(), null, 2)}\n`);
    tell("exported");
  });
  for (const [button, field, use] of /** @type {const} */ ([
    ["[data-import]", "[data-import-file]", importText],
    ["[data-compare-import]", "[data-compare-file]", compare],
  ])) {
    const input = /** @type {HTMLInputElement} */ (find(desk, field));
    find(desk, button).addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      const text = await chosen(input);
      if (text !== null) await use(text);
    });
  }
  find(desk, "[data-compare]").addEventListener("click", () => {
    const draft = drafts.list().find((one) => one.id === compareWith.value);
    if (draft) void compare(draft.file);
  });
  find(desk, "[data-leave]").addEventListener("click", async () => {
    if (stored(() => drafts.leave())) {
      form.adopt({ unit: "", answers: {} });
      stored(() => drafts.leave()); // what the emptied form has just kept
      await forgetOffline().catch(() => undefined); // the browser keeps copies of our pages, never of answers
      window.location.replace(home);
    }
  });
  showDrafts();
}

/**
 * @param {any} comparison the core's answer to "compare"
 * @param {Words} words
 */
function comparisonTable(comparison, words) {
  const say = words.comparison;
  const cells = (/** @type {string[]} */ texts) => texts.map((text) => make("td", {}, text));
  const signed = (/** @type {string} */ change) => (change.startsWith("-") || change === "0" ? change : `+${change}`);
  const rows = [];
  if (comparison.change) {
    for (const part of ["total", "base", "bonus"]) {
      if (comparison.change[part] === undefined || comparison.change[part] === null) continue;
      rows.push([say[part], comparison.before[part], comparison.after[part], signed(comparison.change[part])]);
    }
    for (const [id, change] of Object.entries(comparison.change.sections)) {
      const title = document.getElementById(`section-${id}-title`)?.textContent ?? id;
      rows.push([title, comparison.before.sections[id], comparison.after.sections[id], signed(String(change))]);
    }
  }
  const list = (/** @type {string} */ key, /** @type {string[]} */ items) =>
    items.length ? [make("p", {}, fill(say[key], { items: items.join("、") }))] : [];
  const moved = [...list("gained", comparison.gained), ...list("lost", comparison.lost)];
  return make(
    "div",
    { class: "comparison" },
    make(
      "div",
      { class: "table-scroll", role: "region", tabindex: "0", "aria-label": say.caption },
      make(
        "table",
        {},
        make("caption", {}, say.caption),
        make("thead", {}, make("tr", {}, ...["part", "before", "after", "change"].map((key) => make("th", { scope: "col" }, say[key])))),
        make("tbody", {}, ...rows.map(([head, ...rest]) => make("tr", {}, make("th", { scope: "row" }, head), ...cells(rest)))),
      ),
    ),
    ...(moved.length ? moved : [make("p", {}, say.same)]),
  );
}
