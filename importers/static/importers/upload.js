// Sends a form with its files, with a bar that shows how far it is, and a button that ends it.

/** @typedef {{ url?: string, errors?: { field: string, message: string }[], message?: string, canceled?: boolean }} Answer */

/** @param {ParentNode} within @param {string} selector @returns {HTMLElement} */
const one = (within, selector) => /** @type {HTMLElement} */ (within.querySelector(selector));

/** fetch() cannot tell how much was sent. An empty answer means that the line broke.
 * @param {HTMLFormElement} form @param {HTMLElement} sending @returns {Promise<Answer>} */
export function upload(form, sending) {
  const button = /** @type {HTMLButtonElement} */ (one(form, "button[type=submit]"));
  const request = new XMLHttpRequest();
  const cancel = () => request.abort();
  button.disabled = true;
  tell(sending, 0);
  sending.hidden = false;
  one(sending, "[data-cancel]").addEventListener("click", cancel);
  return new Promise((/** @type {(answer: Answer) => void} */ resolve) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => tell(sending, loaded / (total || 1)));
    // Signed out meanwhile, the answer is the page to sign in.
    const elsewhere = () => (request.responseURL === form.action ? {} : { url: request.responseURL });
    request.addEventListener("load", () => resolve(request.response ?? elsewhere()));
    request.addEventListener("error", () => resolve({}));
    request.addEventListener("abort", () => resolve({ canceled: true }));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.send(new FormData(form));
  }).finally(() => {
    sending.hidden = true;
    button.disabled = false;
    one(sending, "[data-cancel]").removeEventListener("click", cancel);
  });
}

/** @param {HTMLElement} sending @param {number} share */
function tell(sending, share) {
  const percent = Math.floor(100 * share);
  const words = one(sending, "[data-sending-words]");
  words.textContent = (share < 1 ? words.dataset.sendingWordsUp : words.dataset.sendingWordsIn) ?? "";
  /** @type {HTMLProgressElement} */ (one(sending, "progress")).value = percent;
  one(sending, "[data-percent]").textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(percent / 100);
}
