// The list of layers by theme: a box to tick, what its signs mean, and how strong it is drawn.

/** @typedef {import("./layers.js").CatalogueLayer} CatalogueLayer */
/** @typedef {import("./layers.js").CatalogueGroup} CatalogueGroup */
/** @typedef {import("./layers.js").LegendEntry} LegendEntry */
/** @typedef {import("./layers.js").MapLayers} MapLayers */

const SVG = "http://www.w3.org/2000/svg";

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {string} [text] */
function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {string} shape @returns {[string, Record<string, string>]} */
function shapeOf(shape) {
  if (shape === "line") return ["path", { d: "M1 13 L17 5", "stroke-width": "3", fill: "none" }];
  if (shape === "polygon" || shape === "mixed") return ["rect", { x: "2", y: "3", width: "14", height: "12", rx: "2", "fill-opacity": "0.55", "stroke-width": "1.5" }];
  return ["circle", { cx: "9", cy: "9", r: "6", stroke: "#ffffff", "stroke-width": "1.5" }];
}

/** A bar of colours. @param {string[]} colors */
function bar(colors) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ class: "sign--ramp", viewBox: `0 0 ${colors.length} 1`, preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(key, value);
  svg.append(...colors.map((color, index) => {
    const step = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ x: index, width: 1.02, height: 1, fill: color })) step.setAttribute(key, String(value));
    return step;
  }));
  return svg;
}

/** @param {LegendEntry} entry */
export function sign(entry) {
  if (entry.ramp) return bar(entry.ramp);
  if (entry.look) return element("span", `sign sign--${entry.look}`);
  const svg = document.createElementNS(SVG, "svg");
  const [name, attributes] = shapeOf(entry.shape ?? "polygon");
  const shape = document.createElementNS(SVG, name);
  const all = { fill: entry.color, stroke: entry.color, ...attributes };
  for (const [key, value] of Object.entries(all)) shape.setAttribute(key, value);
  for (const [key, value] of Object.entries({ width: "18", height: "18", viewBox: "0 0 18 18", "aria-hidden": "true" })) svg.setAttribute(key, value);
  svg.append(shape);
  return svg;
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
