// Back and forward between lists and cases: the parts change, the map stays.
import htmx from "../vendor/htmx/htmx.esm.min.js";

/** The form shows the filters of the address again. @param {URLSearchParams} query */
function showFilters(query) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#filters"));
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = query.get(field.name) ?? (field.name === "sort" ? "due" : "");
  }
}

/** @param {HTMLElement} desk @param {() => void} closeCase */
export function startHistory(desk, closeCase) {
  const home = new URL(desk.dataset.deskUrl ?? "", location.href).pathname;

  /** @param {string} path */
  const restore = async (path) => {
    const url = new URL(path, location.href);
    const shown = /** @type {HTMLElement | null} */ (document.querySelector("#chips"))?.dataset.query ?? "";
    if (new URLSearchParams(shown).toString() !== url.searchParams.toString()) {
      showFilters(url.searchParams);
      await htmx.ajax("GET", home + url.search, { target: "#queue" });
    }
    if (url.pathname === home) closeCase();
    else await htmx.ajax("GET", path, { target: "#case" });
  };

  document.addEventListener("htmx:before:history:restore", (event) => {
    event.preventDefault();
    restore(/** @type {CustomEvent} */ (event).detail.path);
  });
}
