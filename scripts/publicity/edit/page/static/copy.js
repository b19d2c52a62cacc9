// The copy page: what WeChat's editor is given, a button each. The `copy` event comes first: over plain http there is nothing else.

const said = /** @type {HTMLElement} */ (document.querySelector("[data-status]"));

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy]"))) {
  button.addEventListener("click", async () => {
    const source = /** @type {HTMLElement} */ (document.querySelector(`[data-text="${button.dataset["copy"]}"]`));
    const isHtml = source instanceof HTMLTextAreaElement;
    const plain = isHtml ? /** @type {HTMLTextAreaElement} */ (document.querySelector("[data-plain]")).value : source.innerText;
    const texts = { "text/plain": plain, ...(isHtml ? { "text/html": source.value } : {}) };
    said.textContent = "";
    if (byEvent(texts) || (await byClipboard(texts))) said.textContent = button.dataset["said"] ?? "";
  });
}

/** @param {Record<string, string>} texts by their types */
function byEvent(texts) {
  let isTaken = false;
  /** @param {ClipboardEvent} event */
  const fill = (event) => {
    event.preventDefault();
    for (const [type, text] of Object.entries(texts)) event.clipboardData?.setData(type, text);
    isTaken = true;
  };
  document.addEventListener("copy", fill);
  const isDone = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return isDone && isTaken;
}

/** @param {Record<string, string>} texts by their types */
async function byClipboard(texts) {
  const parts = Object.entries(texts).map(([type, text]) => [type, new Blob([text], { type })]);
  return navigator.clipboard?.write([new ClipboardItem(Object.fromEntries(parts))]).then(() => true, () => false);
}
