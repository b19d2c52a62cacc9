/** Links out of the site: asks on the page itself, in place of the notice at `leaving/`, which is there without script. */

export {}; // a module

const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-leaving]"));
const place = dialog?.querySelector("[data-leaving-address]");
const go = dialog?.querySelector("a[data-leaving-go]");

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-outward]") : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!(link instanceof HTMLAnchorElement) || !isPlain || !dialog?.showModal || !place || !(go instanceof HTMLAnchorElement)) {
    return; // the link opens its notice, in the tab that the reader asked for
  }
  event.preventDefault();
  const address = link.dataset.outward ?? link.href;
  place.textContent = readable(address);
  go.href = address;
  dialog.showModal();
});

/**
 * An address as browsers show it: letters, not the bytes that stand for them (as in the finisher `outward`).
 *
 * @param {string} address
 */
function readable(address) {
  try {
    const shown = address.replace(/(%[89a-f][0-9a-f])+/gi, decodeURIComponent);
    return /[\p{C}\p{Z}]/u.test(shown) ? address : shown; // what cannot be seen stays in bytes
  } catch {
    return address; // another encoding than UTF-8
  }
}

// Back from there, the reader finds the page and not the question.
go?.addEventListener("click", () => dialog?.close());
