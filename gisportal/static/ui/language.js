// The language switch returns to the same page; the part of the address after # is known only here.

export function keepPlace() {
  const next = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-language] input[name=next]"));
  next?.form?.addEventListener("submit", () => {
    next.value = location.pathname + location.search + location.hash;
  });
}
