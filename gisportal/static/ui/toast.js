// Words that come and go, read aloud too.

const STAYS = 6000;

/** @param {HTMLElement} element with role status @returns {(words: string) => void} */
export function toast(element) {
  let timer = 0;
  return (words) => {
    element.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (element.textContent = ""), STAYS);
  };
}
