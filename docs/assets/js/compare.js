/**
 * Choosing countries to compare. A stylesheet hides the columns of those not ticked; this keeps them to as many as can be
 * read side by side, adds the button for none, a word where none or no more can be had, and an address that keeps the choice
 * (`?compare=jp+kr`).
 */

export {}; // a module

const NAME = "compare";
const chooser = /** @type {HTMLElement} */ (document.querySelector("[data-choose]"));
const status = /** @type {HTMLElement} */ (document.querySelector("[data-choose-none]"));
const boxes = Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (chooser.querySelectorAll("[data-country]")));
const most = Number(chooser.dataset.choose);

const chosen = () => boxes.filter((box) => box.checked);

/** Take the choice from the address, or the first: a browser may have kept another. Countries that are not on this page are passed over, as are those beyond the limit. */
function read() {
  const codes = (new URLSearchParams(window.location.search).get(NAME) ?? "").split(" ");
  const found = boxes.filter((box) => codes.includes(box.dataset.country ?? "")).slice(0, most);
  for (const box of boxes) {
    box.checked = found.length ? found.includes(box) : box.defaultChecked;
  }
}

/** Keep the choice in the address, so that it can be shared. */
function write() {
  const address = new URL(window.location.href);
  address.searchParams.set(NAME, chosen().map((box) => box.dataset.country).join(" "));
  if (!chosen().length) {
    address.searchParams.delete(NAME);
  }
  window.history.replaceState(null, "", address);
}

/** What can be ticked, and what there is to say of it. */
function tell() {
  const count = chosen().length;
  for (const box of boxes) {
    box.disabled = count >= most && !box.checked;
  }
  const { chooseNone = "", chooseMost = "" } = status.dataset;
  status.textContent = count === 0 ? chooseNone : count >= most ? chooseMost : "";
}

chooser.querySelector("button")?.addEventListener("click", () => {
  for (const box of boxes) {
    box.checked = false;
  }
  write();
  tell();
});
chooser.querySelector("[data-choose-buttons]")?.removeAttribute("hidden");
chooser.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement) {
    write();
    tell();
  }
});

read();
tell();
