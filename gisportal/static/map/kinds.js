// The chips of all kinds of problem fold to two lines on a wide screen; the focus unfolds them, as does the button.

const FEW = "home-filters__kinds--few";

export function foldKinds() {
  const kinds = /** @type {HTMLElement | null} */ (document.querySelector("[data-kinds]"));
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-kinds-more]"));
  const words = button?.querySelector("span");
  if (!kinds || !button || !words) return;
  /** @param {boolean} few */
  const fold = (few) => {
    kinds.classList.toggle(FEW, few);
    button.setAttribute("aria-expanded", String(!few));
    words.textContent = (few ? button.dataset.all : button.dataset.few) ?? "";
  };
  fold(!kinds.querySelector("input:checked"));
  button.hidden = kinds.scrollHeight <= kinds.clientHeight;
  button.addEventListener("click", () => fold(button.getAttribute("aria-expanded") === "true"));
  kinds.addEventListener("focusin", () => fold(false));
}
