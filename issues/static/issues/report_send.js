// Sends the report with a bar that shows how far it is; on any failure everything stays as it was typed.
import { say } from "./report_form.js";

/**
 * @typedef {object} Around
 * @property {import("./report_draft.js").Draft} draft
 * @property {import("./report_kinds.js").Kinds} kinds
 * @property {(step: string) => void} show
 */
/** @typedef {{ url?: string, errors?: { field: string, message: string }[], message?: string }} Answer */

const BAR_AFTER = 400;

/** @param {HTMLFormElement} form @param {Around} around */
export async function send(form, around) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[data-submit]"));
  const sending = /** @type {HTMLElement} */ (form.querySelector("[data-sending]"));
  if (button.disabled) return;
  button.disabled = true;
  around.draft.save();
  const shown = setTimeout(() => (sending.hidden = false), BAR_AFTER);
  try {
    const answer = await upload(form, /** @type {HTMLProgressElement} */ (sending.querySelector("progress")));
    if (answer.url) return arrived(answer.url, around);
    refused(form, answer, around);
  } catch {
    say(form, "__all__", (navigator.onLine ? button.dataset.failed : button.dataset.offline) ?? "");
  } finally {
    clearTimeout(shown);
    sending.hidden = true;
    button.disabled = false;
  }
}

/** fetch() cannot tell how much was sent. @param {HTMLFormElement} form @param {HTMLProgressElement} bar @returns {Promise<Answer>} */
function upload(form, bar) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const data = new FormData(form);
    data.set("go", "submit");
    request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = (100 * loaded) / (total || 1)));
    request.addEventListener("load", () => {
      if (request.response) resolve(request.response);
      else reject(new TypeError(`answer ${request.status}`));
    });
    request.addEventListener("error", () => reject(new TypeError("connection")));
    request.addEventListener("timeout", () => reject(new TypeError("timeout")));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.timeout = 120_000;
    request.send(data);
  });
}

/** @param {string} url @param {Around} around */
function arrived(url, { draft, kinds }) {
  kinds.remember();
  draft.forget();
  draft.save = () => {};
  location.replace(url);
}

/** @param {HTMLFormElement} form @param {Answer} answer @param {Around} around */
function refused(form, answer, { show }) {
  const errors = answer.errors ?? [{ field: "__all__", message: answer.message ?? "" }];
  const steps = errors.map((error) => say(form, error.field, error.message));
  if (steps[0]) show(steps[0]);
}
