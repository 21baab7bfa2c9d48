// What is on the map, top first: move by dragging or with the arrow keys, fade, hide, and what the signs mean.
import { isPlain, sign } from "../../map/layer_tree.js";
import { icon } from "./bar.js";
import { startDrag } from "./dragging.js";
import { element } from "./element.js";
import { chooseLook } from "./dress.js";

/** @typedef {import("../../map/layers.js").CatalogueLayer} CatalogueLayer */
/** @typedef {import("../../map/layers.js").LegendEntry} LegendEntry */

/** @param {string} name @param {string} label */
function iconButton(name, label) {
  const button = element("button", "plan-layer__button");
  button.type = "button";
  button.title = label;
  button.append(icon(name), element("span", "visually-hidden", label));
  return button;
}

export class ShownList {
  /** @param {import("./page.js").Page} page @param {HTMLElement} holder @param {DOMStringMap} words */
  constructor(page, holder, words) {
    this.page = page;
    this.layers = page.layers;
    this.holder = holder;
    this.words = words;
    this.list = /** @type {HTMLElement} */ (holder.querySelector("ol"));
    this.none = /** @type {HTMLElement} */ (holder.querySelector("[data-none]"));
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    /** The legends of other looks than the usual that rows show. @type {Map<string, LegendEntry[] | undefined>} */
    this.told = new Map();
    /** What a tool adds to each row: filters, looks. @type {((slug: string) => HTMLElement[])[]} */
    this.extras = [];
  }

  /** Rows that stay are kept, so that the focus and a slider being dragged are. */
  draw() {
    const slugs = this.layers.stack.toReversed();
    for (const slug of [...this.rows.keys()]) if (!slugs.includes(slug)) this.rows.delete(slug);
    const rows = slugs.map((slug) => this.rows.get(slug) ?? this.row(/** @type {CatalogueLayer} */ (this.layers.find(slug))));
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (rows.length !== this.list.children.length || rows.some((row, index) => this.list.children[index] !== row)) {
      this.list.replaceChildren(...rows);
      if (focused && this.list.contains(focused)) focused.focus({ preventScroll: true });
    }
    for (const [slug, row] of this.rows) {
      const range = /** @type {HTMLInputElement} */ (row.querySelector("input[type=range]"));
      range.value = String(this.layers.fades.get(slug) ?? 1);
      const note = /** @type {HTMLElement} */ (row.querySelector(".plan-layer__filter"));
      const isToday = !this.layers.moments.valid && !this.layers.moments.known;
      const facts = this.layers.facts[slug];
      const noPast = !isToday && facts && !facts.has_past ? this.words.noPast : "";
      note.textContent = [this.layers.filters.get(slug) ? this.words.filtered : "", noPast].filter(Boolean).join(". ");
    }
    this.relegend();
    this.none.hidden = slugs.length > 0;
    this.tellZoom();
  }

  /** Another look has other signs. */
  relegend() {
    for (const [slug, row] of this.rows) {
      const layer = /** @type {CatalogueLayer} */ (this.layers.find(slug));
      const told = this.layers.dresser.legends.get(slug);
      if (this.told.get(slug) === told) continue;
      this.told.set(slug, told);
      row.querySelector(".plan-layer__legend")?.replaceWith(this.legend(layer, isPlain(layer)));
    }
  }

  /** @param {CatalogueLayer} layer */
  row(layer) {
    const { slug, title } = layer;
    const row = element("li", "plan-layer");
    row.dataset.slug = slug;
    const head = element("div", "plan-layer__head");
    const fold = element("button", "plan-layer__fold");
    fold.type = "button";
    fold.setAttribute("aria-expanded", "false");
    const plain = isPlain(layer);
    fold.append(...(plain ? [sign(layer.legend[0])] : []), element("span", "plan-layer__title", title), icon("chevron-down"));
    const hide = iconButton("eye-off", `${this.words.hide}: ${title}`);
    hide.addEventListener("click", () => this.hide(slug));
    head.append(this.handle(layer), fold, hide);
    const more = this.more(layer, plain);
    fold.addEventListener("click", () => {
      if (more.hidden) chooseLook(this.layers, slug, more, this.words);
      more.hidden = !more.hidden;
      fold.setAttribute("aria-expanded", String(!more.hidden));
    });
    row.append(head, element("p", "plan-layer__note plan-layer__filter"), element("p", "plan-layer__note plan-layer__zoom"), this.legend(layer, plain), more);
    this.rows.set(slug, row);
    return row;
  }

  /** @param {CatalogueLayer} layer */
  handle({ slug, title }) {
    const handle = iconButton("grip-vertical", `${this.words.move}: ${title}`);
    handle.classList.add("plan-layer__handle");
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.move(slug, step);
      handle.focus({ preventScroll: true });
    });
    handle.addEventListener("pointerdown", (event) => startDrag(event, this.list, (place) => this.layers.move(slug, this.layers.stack.length - 1 - place)));
    return handle;
  }

  /** @param {CatalogueLayer} layer @param {boolean} plain */
  more(layer, plain) {
    const more = element("div", "plan-layer__more");
    more.hidden = true;
    const row = element("div", "plan-layer__moves");
    for (const [name, label, step] of /** @type {const} */ ([["arrow-up", this.words.up, 1], ["arrow-down", this.words.down, -1]])) {
      const button = iconButton(name, `${label}: ${layer.title}`);
      button.addEventListener("click", () => this.move(layer.slug, step));
      row.append(button);
    }
    more.append(this.fade(layer), row, ...this.links(layer));
    if (plain && layer.attribution) more.append(element("p", "plan-layer__note", layer.attribution));
    return more;
  }

  /** @param {CatalogueLayer} layer */
  links({ slug, page, title }) {
    const facts = this.layers.facts[slug];
    /** @type {[string | undefined, string | undefined][]} */
    const links = [[page, this.words.about], [facts?.data, this.words.download]];
    return links.filter(([address]) => address).map(([address, label]) => {
      const link = element("a", "tree__about", label);
      link.href = address ?? "";
      link.setAttribute("aria-label", `${label}: ${title}`);
      return link;
    });
  }

  /** Not where it would only repeat the title; another look has its own. @param {CatalogueLayer} layer @param {boolean} plain */
  legend({ slug, legend }, plain) {
    const list = element("ul", "legend plan-layer__legend");
    const other = this.layers.dresser.legends.get(slug);
    list.append(...(other ?? (plain ? [] : legend)).map((entry) => {
      const item = element("li");
      item.append(sign(entry), entry.label);
      return item;
    }));
    return list;
  }

  /** @param {CatalogueLayer} layer */
  fade({ slug, title }) {
    const label = element("label", "fade", this.words.opacity);
    const range = element("input");
    Object.assign(range, { type: "range", min: "0", max: "1", step: "0.05" });
    range.setAttribute("aria-label", `${this.words.opacity}: ${title}`);
    range.addEventListener("input", () => {
      this.layers.fade(slug, Number(range.value));
      this.layers.changed();
    });
    label.append(range);
    return label;
  }

  /** @param {string} slug @param {number} step 1 is up, towards the top of the map */
  move(slug, step) {
    const place = this.layers.stack.indexOf(slug) + step;
    if (place < 0 || place >= this.layers.stack.length) return;
    this.layers.move(slug, place);
    const words = (this.words.moved ?? "").replace("{place}", String(this.layers.stack.length - place)).replace("{count}", String(this.layers.stack.length));
    this.page.say(words);
  }

  /** The focus goes to the row that takes its place. @param {string} slug */
  hide(slug) {
    const row = this.rows.get(slug);
    const next = /** @type {HTMLElement | null} */ (row?.nextElementSibling ?? row?.previousElementSibling ?? null);
    this.layers.show(slug, false);
    (/** @type {HTMLElement | null} */ (next?.querySelector(".plan-layer__fold")) ?? this.holder).focus({ preventScroll: true });
  }

  /** Say which layers begin to show only nearer. */
  tellZoom() {
    const zoom = this.layers.map.getZoom();
    for (const [slug, row] of this.rows) {
      const note = /** @type {HTMLElement} */ (row.querySelector(".plan-layer__zoom"));
      note.textContent = zoom < (this.layers.find(slug)?.min_zoom ?? 0) ? (this.words.nearer ?? "") : "";
    }
  }
}
