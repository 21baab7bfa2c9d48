// Light or dark: the choice is a cookie, so the server sends the right colours with the first byte.

const YEAR = 31_536_000;
const dark = /** @type {HTMLLinkElement | null} */ (document.querySelector("#dark-tokens"));

/** The theme in force now. @returns {"light" | "dark"} */
export function currentTheme() {
  return dark && matchMedia(dark.media).matches ? "dark" : "light";
}

/** Call back when the theme changes, by the toggle or by the system. @param {(theme: "light" | "dark") => void} changed */
export function onThemeChange(changed) {
  document.addEventListener("portal:theme", () => changed(currentTheme()));
}

/** @param {"light" | "dark"} theme */
function choose(theme) {
  if (!dark) return;
  dark.media = theme === "dark" ? "all" : "not all";
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  announce();
}

function announce() {
  document.dispatchEvent(new CustomEvent("portal:theme"));
}

export function startTheme() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-theme-toggle]"));
  const words = /** @type {HTMLElement | null} */ (button?.querySelector("[data-to-dark]"));
  if (!button || !words) return;
  const label = () => {
    words.textContent = (currentTheme() === "dark" ? words.dataset.toLight : words.dataset.toDark) ?? "";
  };
  label();
  button.hidden = false;
  button.addEventListener("click", () => choose(currentTheme() === "dark" ? "light" : "dark"));
  onThemeChange(label);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", announce);
}
