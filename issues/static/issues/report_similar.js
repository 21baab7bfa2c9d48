// Cases that may be the same problem, fetched when kind and place are known.
import { ask } from "./report_form.js";

/** @param {HTMLElement} root @param {HTMLFormElement} form @returns {Promise<boolean>} whether there are any */
export async function findSimilar(root, form) {
  const box = /** @type {HTMLElement} */ (form.querySelector("[data-similar]"));
  try {
    const answer = await ask(root.dataset.similarUrl ?? "", form, ["lon", "lat", "category", "asset"], "text/html");
    if (answer.status !== 200) return false;
    box.innerHTML = await answer.text();
    return true;
  } catch {
    return false; // no connection: the report goes on, the desk joins duplicates later
  }
}
