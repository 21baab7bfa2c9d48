// Asking the server: JSON there and back; a refusal is told in its own sentence.

/** @typedef {{ code?: string, message?: string, name?: string, fields?: Record<string, string>, now?: Record<string, any>, findings?: any[] }} Told */

export class Refusal extends Error {
  /** @param {number} status @param {Told} told @param {string} fallback */
  constructor(status, told, fallback) {
    super(told.message || fallback);
    this.status = status;
    this.told = told;
  }
}

const token = () => /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"))?.value ?? "";

/** @param {string} url @param {RequestInit} options @param {string} failed what is said when no answer can be read */
async function answered(url, options, failed) {
  const answer = await fetch(url, options).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, {}, failed);
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, told, failed);
  return told;
}

/** @param {string} url @param {unknown} body @param {string} failed @returns {Promise<any>} */
export function post(url, body, failed) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  return answered(url, { method: "POST", headers, body: JSON.stringify(body) }, failed);
}

/** @param {string} url @param {string} failed @param {AbortSignal} [signal] @returns {Promise<any>} */
export function get(url, failed, signal) {
  return answered(url, { headers: { Accept: "application/json" }, signal }, failed);
}
