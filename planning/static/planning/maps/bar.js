// Buttons of the slim bar, and of the row above the layers where Share, Print, Download and QGIS always stand.

/**
 * @typedef {object} ButtonOptions
 * @property {string} id for tests and styles: data-tool="<id>"
 * @property {string} label
 * @property {string} icon name of a Tabler outline icon
 * @property {(button: HTMLButtonElement) => void} onPress
 * @property {boolean} [isSwitch] stays pressed until pressed again: `press(id, on)` tells which
 * @property {number} [position] small ones come first; 100 when left out
 */

/** An icon that takes the colour of the text. @param {string} name */
export function icon(name) {
  const sign = document.createElement("span");
  sign.className = "plan-icon";
  sign.setAttribute("aria-hidden", "true");
  sign.style.setProperty("--icon", `url("/icons/${name}.svg")`);
  return sign;
}

export class Bar {
  /** @param {HTMLElement} holder @param {{ isSlim: boolean }} how slim: the label is read and hovered, not shown */
  constructor(holder, { isSlim }) {
    this.holder = holder;
    this.isSlim = isSlim;
  }

  /** @param {ButtonOptions} options @returns {HTMLButtonElement} */
  button({ id, label, icon: name, onPress, isSwitch = false, position = 100 }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = this.isSlim ? "plan-bar__button" : "plan-deeds__button";
    button.dataset.tool = id;
    button.dataset.position = String(position);
    if (this.isSlim) button.title = label;
    if (isSwitch) button.setAttribute("aria-pressed", "false");
    const words = document.createElement("span");
    words.className = this.isSlim ? "visually-hidden" : "";
    words.textContent = label;
    button.append(icon(name), words);
    button.addEventListener("click", () => onPress(button));
    const next = [...this.holder.children].find((other) => Number(/** @type {HTMLElement} */ (other).dataset.position) > position);
    this.holder.insertBefore(button, next ?? null);
    return button;
  }

  /** @param {string} id @param {boolean} on */
  press(id, on) {
    this.holder.querySelector(`[data-tool="${id}"]`)?.setAttribute("aria-pressed", String(on));
  }
}
