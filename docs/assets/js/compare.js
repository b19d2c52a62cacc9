/**
 * Choosing countries to compare. A stylesheet already hides the rows of those not ticked; this adds the buttons for all and
 * none, a word where none is left, and an address that keeps the choice (`?compare=jp+kr`).
 */

export {}; // a module

const NAME = "compare";
const chooser = /** @type {HTMLElement} */ (document.querySelector("[data-choose]"));
const none = /** @type {HTMLElement} */ (document.querySelector("[data-choose-none]"));
const boxes = Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (chooser.querySelectorAll("[data-country]")));

const chosen = () => boxes.filter((box) => box.checked);

/** Take the choice from the address, or all: a browser may have kept another. Countries that are not on this page are passed over. */
function read() {
  const codes = (new URLSearchParams(window.location.search).get(NAME) ?? "").split(" ");
  const found = boxes.filter((box) => codes.includes(box.dataset.country ?? ""));
  for (const box of boxes) {
    box.checked = !found.length || found.includes(box);
  }
}

/** Keep a choice of some in the address, so that it can be shared. */
function write() {
  const address = new URL(window.location.href);
  const some = chosen();
  if (some.length && some.length < boxes.length) {
    address.searchParams.set(NAME, some.map((box) => box.dataset.country).join(" "));
  } else {
    address.searchParams.delete(NAME);
  }
  window.history.replaceState(null, "", address);
}

function tell() {
  none.textContent = chosen().length ? "" : (none.dataset.chooseNone ?? "");
}

/** @param {boolean} checked */
function chooseAll(checked) {
  for (const box of boxes) {
    box.checked = checked;
  }
  write();
  tell();
}

for (const button of chooser.querySelectorAll("button")) {
  button.addEventListener("click", () => chooseAll(button.hasAttribute("data-choose-all")));
}
chooser.querySelector("[data-choose-buttons]")?.removeAttribute("hidden");
chooser.addEventListener("change", () => {
  write();
  tell();
});

read();
tell();
