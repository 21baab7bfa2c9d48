// The page of a print: choices show themselves at once, and a sheet that cannot be drawn says why.

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const one = (selector) => /** @type {T} */ (document.querySelector(selector));

/** What the server says of a picture that it did not draw. @param {string} address @param {string} otherwise */
async function reasonOf(address, otherwise) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? otherwise : ((await answer.json()).message ?? otherwise);
  } catch {
    return otherwise;
  }
}

function watchPreview() {
  const image = /** @type {HTMLImageElement} */ (one("[data-preview]"));
  const wait = one("[data-preview-wait]");
  const refusal = one("[data-preview-refusal]");
  const frame = /** @type {HTMLElement} */ (image.parentElement);
  const settle = (/** @type {boolean} */ isWaiting) => {
    frame.classList.toggle("is-waiting", isWaiting);
    wait.hidden = !isWaiting;
  };
  const fail = async () => {
    settle(false);
    image.hidden = true;
    refusal.textContent = await reasonOf(image.src, refusal.dataset.failed ?? "");
    refusal.hidden = false;
  };
  image.addEventListener("load", () => settle(false));
  image.addEventListener("error", fail);
  if (!image.complete) settle(true);
  else if (!image.naturalWidth) fail();
}

function submitAtOnce() {
  const form = /** @type {HTMLFormElement} */ (one("[data-print-form]"));
  for (const choice of form.querySelectorAll("[data-at-once]")) {
    choice.addEventListener("change", () => form.requestSubmit());
  }
}

watchPreview();
submitAtOnce();
