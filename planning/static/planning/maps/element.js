// Makes an element with a class and words, and says how the reader writes numbers and days.

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] @returns {HTMLElementTagNameMap[T]} */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** English as in Europe: the day before the month. */
export function locale() {
  const { lang } = document.documentElement;
  return lang === "en" ? "en-GB" : lang;
}
