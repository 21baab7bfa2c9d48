// A button beside every text that people carry elsewhere: coordinates, addresses.
import { icon } from "./bar.js";
import { element } from "./element.js";

/** @param {HTMLElement} holder whose [data-copy] get a button @param {DOMStringMap} words copy, copied, notCopied @param {(words: string) => void} say */
export function copyable(holder, words, say) {
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (holder.querySelectorAll("[data-copy]"))) {
    if (text.nextElementSibling?.matches("[data-copies]")) continue;
    const button = element("button", "copy-button");
    button.type = "button";
    button.dataset.copies = "";
    button.title = words.copy ?? "";
    button.append(icon("copy"), element("span", "visually-hidden", words.copy));
    button.addEventListener("click", () => copy(text.textContent ?? "", words, say));
    text.after(button);
  }
}

/** @param {string} text @param {DOMStringMap} words @param {(words: string) => void} say */
export async function copy(text, words, say) {
  try {
    await navigator.clipboard.writeText(text);
    say(words.copied ?? "");
  } catch {
    say(words.notCopied ?? "");
  }
}
