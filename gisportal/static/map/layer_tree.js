// The list of layers by theme: a box to tick, what its signs mean, and how strong it is drawn.
import { sign } from "./sign.js";

/** @typedef {import("./layers.js").CatalogueLayer} CatalogueLayer */
/** @typedef {import("./layers.js").CatalogueGroup} CatalogueGroup */
/** @typedef {import("./layers.js").MapLayers} MapLayers */

export { sign };

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] */
function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Whether the legend says nothing but the title again: then its sign stands beside the title. @param {CatalogueLayer} layer */
export function isPlain({ legend, title }) {
  return legend.length === 1 && legend[0].label === title;
}

export class LayerTree {
  /** @param {HTMLElement} holder @param {MapLayers} layers @param {() => void} changed */
  constructor(holder, layers, changed) {
    this.holder = holder;
    this.layers = layers;
    this.changed = changed;
    /** @type {Map<string, HTMLInputElement>} */
    this.boxes = new Map();
  }

  draw() {
    this.holder.replaceChildren(...this.layers.groups.map((group) => this.theme(group)));
    this.tellZoom();
    this.layers.map.on("zoomend", () => this.tellZoom());
  }

  /** @param {CatalogueGroup} group */
  theme({ title, layers }) {
    const theme = element("details", "tree__theme");
    theme.open = layers.some((layer) => this.layers.shown.has(layer.slug));
    theme.append(element("summary", "", title), ...layers.map((layer) => this.row(layer)));
    return theme;
  }

  /** @param {CatalogueLayer} layer */
  row(layer) {
    const row = element("div", "tree__layer");
    row.dataset.minZoom = String(layer.min_zoom);
    const label = element("label", "choice");
    const box = element("input");
    box.type = "checkbox";
    box.checked = this.layers.shown.has(layer.slug);
    this.boxes.set(layer.slug, box);
    const hint = element("span", "tree__hint");
    const plain = isPlain(layer);
    label.append(box, ...(plain ? [sign(layer.legend[0])] : []), element("span", "", layer.title), hint);
    const more = element("div", "tree__more");
    more.hidden = !box.checked;
    more.append(...(plain ? [] : [this.legend(layer)]), this.fade(layer), ...this.about(layer));
    box.addEventListener("change", () => {
      this.layers.set(layer.slug, box.checked);
      more.hidden = !box.checked;
      this.changed();
    });
    row.append(label, more);
    return row;
  }

  /** @param {CatalogueLayer} layer */
  legend(layer) {
    const list = element("ul", "legend");
    list.append(...layer.legend.map((entry) => {
      const item = element("li");
      item.append(sign(entry), entry.label);
      return item;
    }));
    return list;
  }

  /** @param {CatalogueLayer} layer */
  fade(layer) {
    const label = element("label", "fade", this.holder.dataset.opacity);
    const range = element("input");
    Object.assign(range, { type: "range", min: "0.1", max: "1", step: "0.1" });
    range.value = String(this.layers.fades.get(layer.slug) ?? 1);
    range.setAttribute("aria-label", `${this.holder.dataset.opacity}: ${layer.title}`);
    range.addEventListener("input", () => {
      this.layers.fade(layer.slug, Number(range.value));
      this.changed();
    });
    label.append(range);
    return label;
  }

  /** A link to the page of the layer, where it has one. @param {CatalogueLayer} layer */
  about({ page, title }) {
    if (!page) return [];
    const link = element("a", "tree__about", this.holder.dataset.about);
    link.href = page;
    link.setAttribute("aria-label", `${this.holder.dataset.about}: ${title}`);
    return [link];
  }

  /** Tick or untick from outside. @param {string} slug @param {boolean} on */
  set(slug, on) {
    const box = this.boxes.get(slug);
    if (!box || box.checked === on) return;
    box.checked = on;
    box.dispatchEvent(new Event("change"));
  }

  /** Say which layers begin to show only nearer. */
  tellZoom() {
    const zoom = this.layers.map.getZoom();
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.holder.querySelectorAll("[data-min-zoom]"))) {
      const hint = /** @type {HTMLElement} */ (row.querySelector(".tree__hint"));
      hint.textContent = zoom < Number(row.dataset.minZoom) ? (this.holder.dataset.fromZoom ?? "") : "";
    }
  }

  failed() {
    this.holder.replaceChildren(element("p", "empty", this.holder.dataset.failed));
  }
}
