// The bar for several cases shows itself when the first is chosen, and says how many there are.

/** @param {HTMLElement} desk */
export function startBulk(desk) {
  const tell = () => {
    const bar = /** @type {HTMLElement | null} */ (desk.querySelector("[data-bulk]"));
    const words = /** @type {HTMLElement | null} */ (desk.querySelector("[data-bulk-count]"));
    if (!bar || !words) return;
    const chosen = desk.querySelectorAll("input[name=number]:checked").length;
    bar.classList.toggle("bulk--waiting", chosen === 0);
    words.textContent = chosen ? `${words.dataset.words} ${chosen}` : "";
  };
  desk.addEventListener("change", tell);
  document.addEventListener("htmx:after:swap", tell);
  tell();
}
