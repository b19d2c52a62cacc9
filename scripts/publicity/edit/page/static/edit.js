// The page of an entry: what is typed is kept and checked, problems are shown beside their fields, and the real page in a frame.

import { useRows } from "./rows.js";
import { useTools } from "./tools.js";

/**
 * @typedef {{code: string, text: string, field: string, line: number, place: string, release: boolean}} Told
 * @typedef {{version: string, state: string, stateWords: string, isKept: boolean, isSound: boolean, dropped: string, problems: Told[], elsewhere: string[]}} Checked
 */

const PAUSE = 600; // milliseconds without a key before what was typed is kept and checked
const RETRY = 3000; // milliseconds until it is tried again where nobody answered
const DESKTOP = 1280;
const MOST_AT_CLOSING = 60_000; // bytes; of a page that closes browsers send 64 KiB
const FRAME = 120; // bytes around each field that is sent

const form = /** @type {HTMLFormElement} */ (document.getElementById("entry"));
const base = form.dataset["base"] ?? "";
/** @type {Record<string, string>} */
const words = JSON.parse(form.dataset["words"] ?? "{}");
const version = /** @type {HTMLInputElement} */ (find("[data-version]"));
const pageName = /** @type {HTMLInputElement} */ (find("[data-page]"));
pageName.value = crypto.randomUUID();
const status = find("[data-status]");
const said = find("[data-said]");
const conflict = find("[data-conflict]");
const frame = /** @type {HTMLIFrameElement} */ (find("[data-preview-frame]"));

let timer = 0;
let isComposing = false;
let isDirty = false;
let isRefused = false; // what was typed stands on this page alone
/** @type {Promise<void>} What is sent now; one at a time, for each answer brings the next version. */
let sending = Promise.resolve();
/** @type {Checked | null} */
let waiting = null;
let shownVersion = "";

/** @param {string} selector @returns {HTMLElement} */
function find(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", typed);
form.addEventListener("change", typed);
// An input method is composing: nothing is sent or shown until it has finished.
form.addEventListener("compositionstart", () => {
  isComposing = true;
  clearTimeout(timer);
});
form.addEventListener("compositionend", () => {
  isComposing = false;
  if (waiting) show(waiting);
  typed();
});

/** @param {Event} [event] */
function typed(event) {
  if (event?.type === "input") announce("", false); // it has been read: it stands over the fields
  const target = event?.target;
  if (target instanceof HTMLElement && (target.dataset["role"] || target.matches("[type=file], [data-add-to], [data-reason], [data-slug]"))) return;
  isDirty = true;
  if (isComposing) return;
  say(words["typing"] ?? "");
  clearTimeout(timer);
  timer = setTimeout(() => keep(), PAUSE);
}

/** @param {string} text */
function say(text) {
  status.textContent = text;
}

/** @param {boolean} isTyped whether there is something to keep, or only to be checked @returns {Promise<void>} */
function keep(isTyped = true) {
  clearTimeout(timer);
  sending = sending.then(async () => {
    isDirty = isDirty && !isTyped;
    say(words["checking"] ?? "");
    const answer = await post("keep", isTyped ? new FormData(form) : read());
    isRefused = answer?.status !== 200 && (isTyped || isRefused);
    if (answer?.status === 200) {
      /** @type {Checked} */
      const checked = await answer.json();
      version.value = checked.version;
      if (checked.dropped) announce(checked.dropped, false);
      if (isComposing) waiting = checked;
      else show(checked);
    } else if (answer) {
      await refuse(answer);
    } else {
      timer = setTimeout(() => keep(isTyped), RETRY); // until the program runs again, under the same address
    }
  });
  return sending;
}

/** Which version was read, and by which page. @returns {FormData} */
function read() {
  const data = new FormData();
  for (const input of [version, pageName]) data.append(input.name, input.value);
  return data;
}

/**
 * @param {string} path
 * @param {FormData} data
 * @returns {Promise<Response | null>} null where nobody answers
 */
async function post(path, data) {
  try {
    return await fetch(`${base}/${path}`, { method: "POST", body: data });
  } catch {
    isDirty = true;
    say(words["offline"] ?? "");
    return null;
  }
}

/** @param {Response} answer */
async function refuse(answer) {
  const text = await answer.json().then((data) => String(data.said), () => words["offline"] ?? "");
  announce(text, true);
  if (answer.status !== 409 && answer.status !== 422) isDirty = true; // nobody has looked at it
  if (answer.status === 409 && conflict.hidden) {
    conflict.hidden = false;
    conflict.scrollIntoView({ block: "nearest" }); // nothing is kept until somebody chooses
  }
  say((answer.status === 422 ? "" : words["not-kept"]) ?? "");
}

/** @param {string} text @param {boolean} isBad */
function announce(text, isBad) {
  said.textContent = text;
  said.classList.toggle("bad", isBad);
  said.hidden = !text;
}

/** @param {Checked} checked */
function show(checked) {
  waiting = null;
  const state = find(".bar .state");
  state.dataset["state"] = checked.state;
  state.textContent = checked.stateWords;
  say((checked.isKept ? words["kept"] : words[checked.state === "published" || checked.state === "pending" ? "unchanged" : "saved"]) ?? "");
  for (const list of document.querySelectorAll("[data-problems]")) list.replaceChildren();
  for (const field of document.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const reasons = find("[data-reasons]");
  reasons.replaceChildren(...checked.problems.map(reason));
  find("[data-fine]").hidden = checked.problems.length > 0;
  const elsewhere = find("[data-elsewhere]");
  elsewhere.hidden = checked.elsewhere.length === 0;
  elsewhere.querySelector("ul")?.replaceChildren(...checked.elsewhere.map((text) => item(text)));
  offerSteps(checked.state);
  form.dataset["checked"] = checked.version;
  if (checked.isSound && shownVersion !== checked.version) {
    shownVersion = checked.version;
    refresh();
  } else if (!shownVersion) {
    refresh();
  }
}

/** @param {string} text */
function item(text) {
  const row = document.createElement("li");
  row.textContent = text;
  return row;
}

/** Shows a problem beside its field; returns its line in the list of reasons. @param {Told} told */
function reason(told) {
  const list = problemsOf(told.field);
  const beside = item(told.place ? `${told.place}：${told.text}` : told.text);
  beside.dataset["problem"] = told.code;
  beside.dataset["release"] = String(told.release);
  list.append(beside);
  const field = control(list.dataset["problems"] ?? "");
  field?.setAttribute("aria-invalid", "true");
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = "#";
  link.textContent = beside.textContent;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(field ?? list, told.line);
  });
  row.append(link);
  return row;
}

/** @param {string} name @returns {HTMLElement} the place for a field's problems, or that of the nearest above it */
function problemsOf(name) {
  for (let at = name; at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    const list = document.querySelector(`[data-problems="${CSS.escape(at)}"]`);
    if (list instanceof HTMLElement) return list;
  }
  return find('[data-problems=""]');
}

/** @param {string} name @returns {HTMLElement | null} */
function control(name) {
  const found = name ? document.querySelector(`[data-field="${CSS.escape(name)}"]`) : null;
  return found instanceof HTMLElement && !(found instanceof HTMLFieldSetElement) ? found : null;
}

/** @param {HTMLElement} field @param {number} line */
function go(field, line) {
  for (let inside = field.closest("details"); inside; inside = inside.parentElement?.closest("details") ?? null) inside.open = true;
  field.scrollIntoView({ block: "center" });
  field.focus();
  if (field instanceof HTMLTextAreaElement && line) {
    const rows = field.value.split("\n");
    const start = rows.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.setSelectionRange(start, start + (rows[line - 1] ?? "").length);
  }
}

/** Only the steps that can be taken can be pressed. @param {string} state */
function offerSteps(state) {
  /** @type {Record<string, string[]>} */
  const open = { draft: ["save", "submit", "discard", "rename"], submitted: ["save", "review", "withdraw"], reviewed: ["save", "approve", "withdraw"], published: ["save", "rename", "take-down"], pending: ["save", "submit", "rename", "take-down"] };
  for (const action of ["save", "submit", "review", "approve", "withdraw", "discard", "rename", "take-down"]) {
    const button = document.querySelector(`[data-action="${action}"]`);
    if (button instanceof HTMLButtonElement) button.disabled = !open[state]?.includes(action);
  }
}

for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => act(/** @type {HTMLElement} */ (button).dataset["action"] ?? ""));
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    act("save");
  }
});

/** @param {string} action */
async function act(action) {
  // The step may be refused: what was typed is kept whatever comes of it.
  await (isDirty ? keep() : sending);
  const answer = await post(`act/${action}`, new FormData(form));
  if (!answer) return;
  if (answer.status !== 200) return refuse(answer);
  const { said: text, code, next } = await answer.json();
  if (action === "save") {
    announce(text, false);
    await keep();
  } else {
    isRefused = false; // one of both texts was chosen, and the other is among the versions
    location.assign(`${next}?did=${encodeURIComponent(code)}`);
  }
}

// A closed page loses nothing; where it could not send what was typed, the browser asks first.
addEventListener("pagehide", () => {
  if (isDirty) navigator.sendBeacon(`${base}/keep`, new FormData(form));
});
addEventListener("beforeunload", (event) => {
  if (isRefused || (isDirty && sizeOf(new FormData(form)) > MOST_AT_CLOSING)) event.preventDefault();
});

/** @param {FormData} data @returns {number} about how many bytes it is when sent */
function sizeOf(data) {
  const encoder = new TextEncoder();
  return [...data].reduce((sum, [key, value]) => sum + FRAME + encoder.encode(`${key}${value}`).length, 0);
}

// Roles are remembered by the browser, where it stores anything; a known one brings its English, which does not stay for another.
const roles = {
  /** @param {string} key */
  get(key) {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  },
  /**
   * @param {string} key
   * @param {string} role
   */
  set(key, role) {
    try {
      localStorage.setItem(key, role);
    } catch {
      // It is typed again next time.
    }
  },
};
for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-role]"))) {
  const key = `publicity-role-${input.dataset["role"]}`;
  input.value = roles.get(key);
  input.addEventListener("change", () => {
    roles.set(key, input.value);
    if (input.dataset["role"] !== "zh") return;
    const known = [.../** @type {NodeListOf<HTMLOptionElement>} */ (document.querySelectorAll("#roles option"))];
    const english = /** @type {HTMLInputElement} */ (find('[data-role="en"]'));
    const brought = known.find((option) => option.value === input.value)?.dataset["english"];
    if (brought || known.some((option) => option.dataset["english"] === english.value)) {
      english.value = brought ?? "";
      roles.set("publicity-role-en", english.value);
    }
  });
}

useRows(form, typed);
useTools(form, base, words, announce, typed);

// The real page, in a frame as wide as a phone or a desktop.
const preview = /** @type {HTMLElement} */ (document.querySelector(".preview"));
function refresh() {
  const address = form.dataset["preview"] ?? "";
  if (frame.src && frame.contentWindow && frame.getAttribute("src") === address) frame.contentWindow.location.reload();
  else frame.src = address;
}
function fit() {
  const box = /** @type {HTMLElement} */ (frame.parentElement);
  const isDesktop = preview.dataset["size"] === "desktop";
  const scale = box.clientWidth / DESKTOP;
  frame.style.width = isDesktop ? `${DESKTOP}px` : "";
  frame.style.height = isDesktop ? `${box.clientHeight / scale}px` : "";
  frame.style.transform = isDesktop ? `scale(${scale})` : "";
}
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-size]"))) {
  button.addEventListener("click", () => {
    preview.dataset["size"] = button.dataset["size"] ?? "phone";
    for (const other of document.querySelectorAll("button[data-size]")) other.setAttribute("aria-pressed", String(other === button));
    fit();
  });
}
addEventListener("resize", fit);

// What nobody has typed is not sent: a control may show a value other than it is written.
keep(false);
