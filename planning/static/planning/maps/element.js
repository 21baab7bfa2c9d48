// Makes an element with a class and words.

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] @returns {HTMLElementTagNameMap[T]} */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
