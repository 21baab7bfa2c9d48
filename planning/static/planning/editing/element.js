// Makes an element with a class and words, and a button with what it does.

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] @returns {HTMLElementTagNameMap[T]} */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** @param {string} text @param {() => void} press @param {string} [className] */
export function button(text, press, className = "button") {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** @template {HTMLElement} T @param {string} selector @returns {T} */
export const one = (selector) => /** @type {T} */ (document.querySelector(selector));

/** "{count} changes" with numbers in. @param {string | undefined} text @param {Record<string, string | number>} values */
export const filled = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ""));
