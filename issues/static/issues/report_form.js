// Reading the report's fields, and saying in words what is wrong beside the one it concerns.

/** A field's value whether it is a box or a group of choices.
 * @param {HTMLFormElement} form @param {string} name @returns {{ value: string }} */
export function field(form, name) {
  return /** @type {HTMLInputElement | RadioNodeList | null} */ (form.elements.namedItem(name)) ?? { value: "" };
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
export function fill(form, name, value) {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement || found instanceof RadioNodeList || found instanceof HTMLTextAreaElement) found.value = value;
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLElement | null} */
function place(form, name) {
  return form.querySelector(`[data-error-for="${CSS.escape(name)}"]`);
}

/** Say what is wrong with a field; returns the step that holds it.
 * @param {HTMLFormElement} form @param {string} name @param {string} words @returns {string} */
export function say(form, name, words) {
  const spot = place(form, name) ?? place(form, "__all__");
  if (!spot) return "";
  spot.textContent = words;
  spot.hidden = false;
  const input = form.elements.namedItem(name);
  if (input instanceof HTMLElement) input.setAttribute("aria-invalid", "true");
  spot.scrollIntoView({ block: "center" });
  return spot.closest("[data-step-name]")?.getAttribute("data-step-name") ?? "";
}

/** @param {HTMLFormElement} form */
export function clearErrors(form) {
  for (const spot of form.querySelectorAll("[data-error-for]")) {
    spot.textContent = "";
    /** @type {HTMLElement} */ (spot).hidden = true;
  }
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/** Marks the first of the shown questions that must be answered and is not.
 * @param {HTMLFormElement} form @returns {boolean} */
export function questionsOpen(form) {
  const words = /** @type {HTMLElement} */ (form.querySelector("[data-answer-needed]")).dataset.needed ?? "";
  for (const question of form.querySelectorAll(".questions:not([hidden]) [data-required='1']")) {
    const input = /** @type {HTMLInputElement | null} */ (question.querySelector("input"));
    if (!input || field(form, input.name).value.trim()) continue;
    say(form, input.name, words);
    input.focus();
    return true;
  }
  return false;
}

/** A question to our own server about the pin and the chosen kind.
 * @param {string} address @param {HTMLFormElement} form @param {string[]} names @param {string} accept
 * @param {AbortSignal} [signal] */
export function ask(address, form, names, accept, signal) {
  const url = new URL(address, location.href);
  for (const name of names) {
    const { value } = field(form, name);
    if (value) url.searchParams.set(name, value);
  }
  return fetch(url, { headers: { Accept: accept }, signal });
}
