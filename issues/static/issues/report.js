// The report page with a script: one question at a time, the map under the pin, and nothing typed is lost.
import { startPin } from "./report_where.js";
import { startSearch } from "./report_search.js";
import { startKinds } from "./report_kinds.js";
import { startAssets } from "./report_assets.js";
import { startPhotos } from "./report_photos.js";
import { startDraft } from "./report_draft.js";
import { Steps } from "./report_steps.js";
import { send } from "./report_send.js";
import { clearErrors, field, questionsOpen, say } from "./report_form.js";
import { findSimilar } from "./report_similar.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-report]"));
const form = /** @type {HTMLFormElement} */ (root.querySelector("[data-form]"));
root.dataset.enhanced = "";

// A link that names the kind of problem spares the question; “Change” still asks it.
const linked = new URLSearchParams(location.search).has("category");

const draft = startDraft(form);
const pin = startPin(root, form, () => draft.save());
const kinds = startKinds(form);
const assets = startAssets(root, form, pin);
startPhotos(form, pin);
const steps = new Steps(root, form);
startSearch(root, pin);

/** What must be right before a step is left; a step with nothing to ask is passed over.
 * @param {string} wanted @returns {Promise<string | null>} the step to show, or null to stay */
async function arrive(wanted) {
  if (wanted === "what") {
    if (steps.current !== "where") return "what";
    if (!(await pin.isSettled())) return null;
    kinds.suggest(field(form, "asset").value, assets.label.textContent ?? "");
    return linked && kinds.chosen() ? arrive("details") : "what";
  }
  if (wanted === "details") {
    if (!kinds.chosen()) return say(form, "category", kinds.needed()), null;
    kinds.showQuestions();
    const choices = await assets.list();
    return choices || kinds.hasQuestions() ? "details" : arrive("similar");
  }
  if (wanted === "similar") {
    if (questionsOpen(form)) return null;
    return (await findSimilar(root, form)) ? "similar" : "photo";
  }
  return wanted === "send" ? "photo" : wanted;
}

/** @param {string} wanted */
async function go(wanted) {
  clearErrors(form);
  if (wanted === "submit") return send(form, { draft, kinds, show: (name) => steps.show(name) });
  const busy = /** @type {HTMLElement} */ (document.activeElement);
  busy?.setAttribute("aria-busy", "true");
  try {
    const next = await arrive(wanted);
    if (next) steps.advance(next);
    draft.save();
  } finally {
    busy?.removeAttribute("aria-busy");
  }
}

form.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button?.dataset.leaves !== undefined) return;
  event.preventDefault();
  go(button && button.dataset.default === undefined ? button.value : steps.next());
});
form.addEventListener("click", (event) => {
  // A finger on a kind means “this one”; arrow keys only look around (their clicks have no detail).
  const kind = /** @type {HTMLElement} */ (event.target).closest("[data-kind]");
  if (kind && event.detail > 0 && /** @type {HTMLElement} */ (event.target).matches("input")) go("details");
});
form.addEventListener("input", () => draft.save());
if (field(form, "category").value) kinds.showQuestions();
