// All layers by theme, each with a box to tick; typing shows those that are called so.
import { element } from "./element.js";

/** @typedef {import("../../map/layers.js").CatalogueGroup} CatalogueGroup */
/** @typedef {import("../../map/layers.js").CatalogueLayer} CatalogueLayer */

/** Without accents, in small letters: as people type. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ς", "σ");
}

export class AllLayers {
  /** @param {import("./layers.js").PlannedLayers} layers @param {HTMLElement} holder @param {DOMStringMap} words */
  constructor(layers, holder, words) {
    this.layers = layers;
    this.words = words;
    /** @type {Map<string, HTMLInputElement>} */
    this.boxes = new Map();
    this.input = /** @type {HTMLInputElement} */ (holder.querySelector("input[type=search]"));
    this.note = /** @type {HTMLElement} */ (holder.querySelector("[data-no-layer]"));
    this.list = /** @type {HTMLElement} */ (holder.querySelector("[data-themes]"));
    this.list.replaceChildren(...layers.groups.map((group) => this.theme(group)));
    this.input.addEventListener("input", () => this.search());
  }

  /** @param {CatalogueGroup} group */
  theme({ title, layers }) {
    const theme = element("details", "tree__theme");
    theme.append(element("summary", "", title), ...layers.map((layer) => this.row(layer, title)));
    return theme;
  }

  /** @param {CatalogueLayer} layer @param {string} theme */
  row(layer, theme) {
    const row = element("label", "choice plan-choice");
    row.dataset.words = folded(`${layer.title} ${theme} ${layer.slug}`);
    const box = element("input");
    box.type = "checkbox";
    box.addEventListener("change", () => this.layers.show(layer.slug, box.checked));
    this.boxes.set(layer.slug, box);
    row.append(box, element("span", "", layer.title));
    if (!layer.is_public) row.append(element("span", "badge", this.words.inside));
    return row;
  }

  tick() {
    for (const [slug, box] of this.boxes) box.checked = this.layers.shown.has(slug);
  }

  /** Every word that was typed is somewhere in the title, in any order. */
  search() {
    const typed = folded(this.input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const theme of /** @type {NodeListOf<HTMLDetailsElement>} */ (this.list.querySelectorAll("details"))) {
      const rows = /** @type {HTMLElement[]} */ ([...theme.querySelectorAll("[data-words]")]);
      for (const row of rows) row.hidden = !typed.every((word) => row.dataset.words?.includes(word));
      const shown = rows.filter((row) => !row.hidden).length;
      theme.hidden = shown === 0;
      theme.open = typed.length > 0 && shown > 0;
      found += shown;
    }
    this.note.hidden = found > 0;
  }
}
