// The toolbar of the body, and files dropped onto it. Every change goes through the browser's own editing, so that it can be undone.

import { addRow } from "./rows.js";

const MARKS = { bold: ["**", "**"], link: ["[", "](https://)"] };
const ROWS = { heading: "## ", subheading: "### ", list: "- ", numbered: "1. ", quote: "> " };
const BLOCKS = /<(p|h[1-6]|table|ul|ol|li)[\s>]/i; // HTML with these comes from a document; other text is pasted as it is
const TABLE = "\n| 项目 | 内容 |\n|---|---|\n|  |  |\n";

/**
 * @param {HTMLFormElement} form
 * @param {string} base
 * @param {Record<string, string>} words
 * @param {(text: string, isBad: boolean) => void} announce
 * @param {() => void} typed
 */
export function useTools(form, base, words, announce, typed) {
  for (const bar of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-tools]"))) {
    const area = /** @type {HTMLTextAreaElement} */ (document.getElementById(bar.dataset["tools"] ?? ""));
    bar.addEventListener("click", (event) => {
      const tool = event.target instanceof HTMLElement ? event.target.dataset["tool"] : undefined;
      if (tool) use(area, tool);
    });
    bar.querySelector("input[type=file]")?.addEventListener("change", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      attachAll(area, input.files);
      input.value = "";
    });
    area.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      area.classList.add("over");
    });
    area.addEventListener("dragleave", () => area.classList.remove("over"));
    area.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      area.classList.remove("over");
      attachAll(area, event.dataTransfer.files);
    });
    area.addEventListener("paste", (event) => {
      const data = event.clipboardData;
      if (!data) return;
      const html = data.getData("text/html");
      if (BLOCKS.test(html)) {
        // Word puts a picture of the text beside it: the text comes first.
        event.preventDefault();
        pasteText(area, html, data.getData("text/plain"));
      } else if (data.files.length) {
        event.preventDefault();
        attachAll(area, data.files);
      }
    });
  }

  form.querySelector("[data-attach-row]")?.addEventListener("change", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    attachAll(null, input.files);
    input.value = "";
  });

  /** @param {HTMLTextAreaElement} area @param {string} html @param {string} plain what is pasted where the other cannot be read */
  async function pasteText(area, html, plain) {
    const data = new FormData();
    data.append("html", html);
    const { markdown, said, remarks = [], isSecret } = await ask("paste", data);
    const above = area.value.slice(0, area.selectionStart).split("\n").length - 1;
    if (!isSecret) insert(area, markdown || plain);
    const told = remarks.map((/** @type {[number, string]} */ [line, text]) => (line ? `${words["line"]?.replace("{line}", String(above + line))}：${text}` : text));
    announce([said ?? words["pasted-plain"], ...told].join(" "), !markdown);
    typed();
  }

  /**
   * What the program answers; nothing where it does not, or not in our words.
   * @param {string} path @param {FormData} data @returns {Promise<Record<string, any>>}
   */
  async function ask(path, data) {
    const answer = await fetch(`${base}/${path}`, { method: "POST", body: data }).catch(() => null);
    return (await answer?.json().catch(() => null)) ?? {};
  }

  /**
   * A picture goes into the text; what is to be taken away, among the attachments.
   * @param {HTMLTextAreaElement | null} area @param {FileList | null} files
   */
  async function attachAll(area, files) {
    for (const file of files ?? []) {
      const data = new FormData();
      data.append("file", file);
      const { said, markdown, is_picture: isPicture, file: name, title } = await ask("attach", data);
      if (!markdown) announce(said ?? words["not-attached"], true);
      else if (area && (isPicture || !form.querySelector("[data-attach-row]"))) insert(area, markdown);
      else list({ file: name, title }, said);
    }
    typed();
  }

  /** @param {{file: string, title: string}} attached @param {string} said */
  function list(attached, said) {
    const row = addRow(form, "attachments");
    const values = { file: attached.file, "name.zh": attached.title };
    for (const [key, value] of Object.entries(values)) {
      const control = form.querySelector(`[data-field="${row}.${key}"]`);
      if (control instanceof HTMLInputElement) control.value = value;
    }
    announce(said, false);
  }
}

/** @param {HTMLTextAreaElement} area @param {string} tool */
function use(area, tool) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  if (tool in MARKS) {
    const [before, after] = /** @type {[string, string]} */ (MARKS[/** @type {keyof typeof MARKS} */ (tool)]);
    insert(area, before + chosen + after);
    if (!chosen) area.selectionEnd = area.selectionStart -= after.length;
    return;
  }
  if (tool === "table") return insert(area, TABLE);
  const mark = ROWS[/** @type {keyof typeof ROWS} */ (tool)];
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const lines = area.value.slice(start, area.selectionEnd).split("\n");
  area.setSelectionRange(start, area.selectionEnd);
  insert(area, lines.map((line, place) => (tool === "numbered" ? `${place + 1}. ` : mark) + line).join("\n"));
}

/** @param {HTMLTextAreaElement} area @param {string} text */
function insert(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
