// What to compare: two layers, or two days; the answer stands in the side panel while the map is halved.
import { element } from "./element.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./swipe.js").Swipe} Swipe */

export class SwipeForm {
  /** @param {Page} page @param {Swipe} swipe */
  constructor(page, swipe) {
    this.page = page;
    this.swipe = swipe;
    /** @type {HTMLElement | null} */
    this.part = null;
  }

  toggle() {
    if (this.part) return this.page.panel.close();
    this.open();
  }

  /** @template {HTMLElement} T @param {string} name @returns {T} */
  the(name) {
    return /** @type {T} */ (this.part?.querySelector(`[data-swipe="${name}"]`));
  }

  open() {
    const { page, swipe } = this;
    this.part = page.part("swipe");
    page.panel.open(swipe.words.title ?? "", this.part, { closed: () => (this.part = null) });
    const isDays = Boolean(swipe.content?.valid);
    for (const name of ["left", "right"]) {
      const select = /** @type {HTMLSelectElement} */ (this.the(name));
      select.append(...page.layers.stack.toReversed().map((slug) => Object.assign(element("option", "", page.layers.find(slug)?.title), { value: slug })));
      select.value = /** @type {any} */ (swipe.content)?.[name] ?? "";
      select.addEventListener("change", () => swipe.put({ [name]: select.value, valid: "", known: "" }));
    }
    const day = /** @type {HTMLInputElement} */ (this.the("valid"));
    day.value = swipe.content?.valid?.slice(0, 10) ?? "";
    day.addEventListener("change", () => swipe.put({ valid: day.value, left: "", right: "" }));
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (this.part.querySelectorAll("input[name=swipe-what]"))) {
      radio.checked = (radio.value === "days") === isDays;
      radio.addEventListener("change", () => this.choose(radio.value));
    }
    this.the("stop").addEventListener("click", () => this.stop());
    if (swipe.content) this.choose(isDays ? "days" : "layers", false);
    else this.choose("layers");
  }

  /** Without a choice yet, the top layer is on the left alone. @param {string} what @param {boolean} [change] */
  choose(what, change = true) {
    const { page, swipe } = this;
    this.the("layers").hidden = what !== "layers";
    this.the("days").hidden = what !== "days";
    if (!change) return;
    const left = /** @type {HTMLSelectElement} */ (this.the("left"));
    if (what === "layers") {
      if (!left.value) left.value = page.layers.stack.at(-1) ?? "";
      swipe.put({ left: left.value, right: /** @type {HTMLSelectElement} */ (this.the("right")).value, valid: "", known: "" });
    } else {
      const day = /** @type {HTMLInputElement} */ (this.the("valid"));
      if (!day.value) day.value = page.state.content.valid?.slice(0, 10) ?? page.words("time").today ?? "";
      swipe.put({ left: "", right: "", valid: day.value });
    }
  }

  stop() {
    this.page.state.put({ swipe: undefined });
    this.swipe.show();
    this.page.panel.close();
  }
}
