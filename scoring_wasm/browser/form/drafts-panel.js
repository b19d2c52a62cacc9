/**
 * Drafts, files and comparison: everything that brings answers into the form or out of it.
 *
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./sheet.js").Answer} Answer
 * @typedef {Record<string, any>} Words
 * @typedef {{ path: (string | number)[], text: string }} Fault
 * @typedef {{ ok: true, result: any } | { ok: false, problems: string[], faults: Fault[] }} Reply
 *
 * @typedef {object} Form what the desk needs of the form
 * @property {() => import("./sheet.js").AnswersFile} file the current answers in the exported format
 * @property {(file: import("./sheet.js").AnswersFile) => void} adopt put answers into the form; can be undone
 * @property {() => void} forget empty the form; cannot be undone
 * @property {(request: object) => Promise<Reply | null>} ask the core; null if it is not to be had
 * @property {import("./sheet.js").StandardName} standard
 */

import { Refused } from "./drafts.js";
import { forgetOffline } from "./engine-offline.js";
import { fileName, download } from "./files.js";
import { faultsInWords, fill, find, make, today } from "./page.js";
import { isSaid, readKept } from "./sheet.js";

/** Of a file that is read (as in `scoring.strict_json`). */
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
        form.adopt({ ...file, name: draft.name });
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
   * Ask below the button before something is lost that undo cannot bring back.
   *
   * @param {HTMLElement} button
   * @param {string} question
   * @param {() => void} act
   */
  function confirm(button, question, act) {
    const place = button.parentElement;
    if (place?.nextElementSibling?.matches(".question")) return;
    const yes = make("button", { type: "button", class: "danger" }, words.confirm);
    const no = make("button", { type: "button" }, words.cancel);
    const box = make("div", { class: "question", role: "group", "aria-label": question }, make("p", {}, question), make("p", { class: "actions" }, yes, no));
    yes.addEventListener("click", () => {
      box.remove();
      act();
    });
    no.addEventListener("click", () => {
      box.remove();
      button.focus();
    });
    place?.after(box);
    no.focus();
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
    result.replaceChildren(make("ul", { class: "problems" }, ...problems.map((problem) => make("li", {}, problem))));
  }

  /** @param {object} request */
  async function ask(request) {
    tell("busy");
    const reply = await form.ask(request);
    if (!reply) {
      tell("unready");
    } else if (!reply.ok) {
      refuse(faultsInWords(reply.faults, words));
    }
    return reply?.ok ? reply.result : null;
  }

  /**
   * A file as answers to this standard, with what became of it; null after a refusal.
   *
   * @param {string} text
   */
  async function migrated(text) {
    const migration = await ask({ op: "migrate", answers: text });
    if (!migration) return null;
    if (!migration.same_standard) {
      refuse([words.told.other_standard]);
      return null;
    }
    if (migration.same_version && migration.dropped.length) {
      refuse([fill(words.told.strange_items, { items: migration.dropped.join(words.marks.comma) })]);
      return null;
    }
    return migration;
  }

  /** @param {string} text */
  async function importText(text) {
    const migration = await migrated(text);
    if (!migration) return;
    const said = migration.kept.filter((/** @type {string} */ id) => isSaid(migration.answers.answers[id]));
    const adopt = () => {
      form.adopt(migration.answers);
      result.replaceChildren();
      tell("imported", { count: said.length });
    };
    if (migration.same_version) {
      adopt();
      return;
    }
    tell("other_version");
    const line = (/** @type {string} */ key, /** @type {string[]} */ items) =>
      make("li", {}, fill(words.told[key], { count: items.length, items: items.join(words.marks.comma) || words.told.none }));
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
        line("kept", said),
        line("dropped", migration.dropped),
        line("fresh", migration.new),
      ),
      make("p", { class: "actions" }, yes, no),
    );
  }

  /**
   * @param {string} text the earlier answers
   * @param {string} title what they are called: the draft or the file
   */
  async function compare(text, title) {
    const migration = await migrated(text);
    if (!migration) return;
    const before = migration.answers;
    if (!migration.same_version) {
      // That all is to be checked again is the migration's doing and no difference to show.
      for (const [id, answer] of Object.entries(before.answers)) {
        if (!JSON.parse(text).answers[id].check) delete answer.check;
      }
    }
    const comparison = await ask({ op: "compare", before, after: form.file() });
    if (!comparison) return;
    told.textContent = "";
    const list = (/** @type {string[]} */ items) => items.join(words.marks.comma) || words.told.none;
    const older = fill(words.comparison.older, { dropped: list(migration.dropped), fresh: list(migration.new) });
    result.replaceChildren(comparisonTable(comparison, title, words));
    if (!migration.same_version) result.prepend(make("p", {}, older));
    result.scrollIntoView({ block: "nearest" });
  }

  // What is shown below must not outlive the answers it was made from.
  document.addEventListener("answers-changed", () => {
    if (result.querySelector(".comparison")) {
      result.replaceChildren();
      tell("stale");
    }
  });

  // Another tab of this browser keeps or erases drafts too.
  window.addEventListener("storage", (event) => {
    if (event.storageArea === localStorage) showDrafts();
  });

  find(desk, "[data-draft-save]").addEventListener("click", () => {
    const file = form.file();
    const title = name.value.trim() || file.unit || today();
    if (stored(() => drafts.save(title, today(), JSON.stringify(file)))) {
      showDrafts();
      tell("saved", { name: title });
    }
  });
  const eraseAll = find(desk, "[data-drafts-erase]");
  eraseAll.addEventListener("click", () =>
    confirm(eraseAll, fill(words.draft_erase_sure, { count: kept() }), () => {
      if (stored(() => drafts.eraseAll())) {
        showDrafts();
        tell("erased");
        name.focus();
      }
    }),
  );
  find(desk, "[data-export]").addEventListener("click", () => {
    const file = form.file();
    const text = `${JSON.stringify(file, null, 2)}\n`;
    download(fileName([words.file_name, file.unit ?? "", today()]) + ".json", "application/json", text);
    tell(new TextEncoder().encode(text).length > MOST_BYTES ? "exported_large" : "exported");
  });
  for (const [button, field, use] of /** @type {const} */ ([
    ["[data-import]", "[data-import-file]", importText],
    ["[data-compare-import]", "[data-compare-file]", compare],
  ])) {
    const input = /** @type {HTMLInputElement} */ (find(desk, field));
    find(desk, button).addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      const title = input.files?.[0]?.name ?? "";
      const text = await chosen(input);
      if (text !== null) await use(text, title);
    });
  }
  find(desk, "[data-compare]").addEventListener("click", () => {
    const draft = drafts.list().find((one) => one.id === compareWith.value);
    if (draft) void compare(draft.file, draft.name);
  });
  const leaveButton = find(desk, "[data-leave]");
  leaveButton.addEventListener("click", () => {
    const count = kept();
    if (count) confirm(leaveButton, fill(words.leave_sure, { count }), leave);
    else void leave();
  });

  async function leave() {
    if (!stored(() => drafts.leave())) return;
    form.forget();
    stored(() => drafts.leave()); // what the emptied form has just kept
    showDrafts();
    await forgetOffline().catch(() => undefined); // the browser keeps copies of our pages, never of answers
    // Without a network there is nowhere to go but to the browser's own page of errors.
    const there = await fetch(home, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);
    if (there) window.location.replace(home);
    else tell("left");
  }

  /** How many drafts this device keeps. */
  function kept() {
    let count = 0;
    stored(() => {
      count = drafts.list().length;
    });
    return count;
  }
  showDrafts();
}

/**
 * @param {any} comparison the core's answer to "compare"
 * @param {string} title what the earlier answers are called
 * @param {Words} words
 */
function comparisonTable(comparison, title, words) {
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
      const heading = document.getElementById(`section-${id}-title`)?.textContent ?? id;
      rows.push([heading, comparison.before.sections[id], comparison.after.sections[id], signed(String(change))]);
    }
  }
  /** The two sides by name and day. @param {string} key @param {string} name @param {string} day */
  const side = (key, name, day) => [say[key], name, day].filter(Boolean).join(" ");
  const heads = [
    say.part,
    side("before", title, comparison.before.created),
    side("after", comparison.after.name || comparison.after.unit, comparison.after.created),
    say.change,
  ];
  const lists = ["gained", "lost", "changed", "noted"].flatMap((key) => {
    /** @type {string[]} */
    const items = comparison[key];
    return items.length ? [make("h3", {}, fill(say[key], { count: items.length })), make("ul", {}, ...items.map((id) => make("li", {}, `${id} `, ...wordingOf(id))))] : [];
  });
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
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...rows.map(([head, ...rest]) => make("tr", {}, make("th", { scope: "row" }, head), ...cells(rest)))),
      ),
    ),
    ...(lists.length ? lists : [make("p", {}, say.same)]),
  );
}

/** The wording of an item as the form has it. @param {string} id */
function wordingOf(id) {
  const text = document.querySelector(`[data-row="${CSS.escape(id)}"] .item-text`);
  return text ? Array.from(text.cloneNode(true).childNodes) : [];
}
