// The layers of a planning map: which, in which order, how strong, which rows, of which day.
import { MapLayers } from "../../map/layers.js";
import { Dresser } from "./dress.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("../../map/layers.js").CatalogueGroup} CatalogueGroup */
/** @typedef {import("./permalink.js").ShownLayer} ShownLayer */
/**
 * @typedef {object} LayerFacts what the server says of a layer for this page
 * @property {string} asked address of its tiles for some rows or another day
 * @property {boolean} has_past
 * @property {boolean} is_first on a new map
 * @property {string} looks address of the list of looks to choose from
 * @property {string} data where to download it
 * @property {string} ogc its address for QGIS
 */

const RAISED = ["symbol", "circle"];

/** @param {any} layer of the style @returns {{ slug?: string, group?: string }} */
const ours = (layer) => layer.metadata?.gisportal ?? {};

export class PlannedLayers extends MapLayers {
  /** @param {PortalMap} map @param {CatalogueGroup[]} groups @param {Record<string, LayerFacts>} facts */
  constructor(map, groups, facts) {
    super(map, groups);
    this.facts = facts;
    /** @type {Map<string, string>} */
    this.filters = new Map();
    /** The looks that are not the usual ones. @type {Map<string, string>} */
    this.looks = new Map();
    /** @type {{ valid?: string, known?: string }} */
    this.moments = {};
    const drawn = map.getStyle().layers.map((layer) => ours(layer).slug ?? "");
    const known = new Set(this.catalogue.map(({ slug }) => slug));
    /** Every layer as it usually lies, from the bottom. */
    this.usual = [...new Set(drawn)].filter((slug) => known.has(slug));
    /** What is shown, from the bottom. @type {string[]} */
    this.stack = this.usual.filter((slug) => this.shown.has(slug));
    this.first = this.usual.filter((slug) => facts[slug]?.is_first);
    /** @type {(() => void)[]} */
    this.watchers = [];
    this.dresser = new Dresser(this);
  }

  /** Be told when the layers changed. @param {() => void} watcher */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  changed() {
    for (const watcher of this.watchers) watcher();
  }

  /** @param {string[]} slugs */
  isUsualOrder(slugs) {
    const ranks = slugs.map((slug) => this.usual.indexOf(slug));
    return ranks.every((rank, index) => index === 0 || ranks[index - 1] < rank);
  }

  /** Show or hide. A layer lies where it usually does; on top, once somebody chose the order. @param {string} slug @param {boolean} on */
  show(slug, on) {
    if (on === this.shown.has(slug)) return;
    const asUsual = this.isUsualOrder(this.stack);
    this.set(slug, on);
    this.stack = on ? [...this.stack, slug] : this.stack.filter((one) => one !== slug);
    if (asUsual) this.stack.sort((one, other) => this.usual.indexOf(one) - this.usual.indexOf(other));
    if (!asUsual) this.arrange();
    this.changed();
  }

  /** @param {string} slug @param {number} place in the stack, from the bottom */
  move(slug, place) {
    const others = this.stack.filter((one) => one !== slug);
    others.splice(Math.max(0, Math.min(place, others.length)), 0, slug);
    this.stack = others;
    this.arrange();
    this.changed();
  }

  /** Flat parts below the names of the base map, raised parts on top, each in the order of the stack. */
  arrange() {
    const layers = this.map.getStyle().layers;
    const own = layers.findLastIndex((layer) => ours(layer).slug);
    const above = layers[own + 1]?.id;
    const names = layers.find((layer) => ours(layer).group === "base" && RAISED.includes(layer.type))?.id ?? above;
    for (const slug of this.stack) {
      for (const layer of layers) if (ours(layer).slug === slug) this.map.moveLayer(layer.id, RAISED.includes(layer.type) ? above : names);
    }
  }

  /** @param {string} slug @param {string} style blank for the usual look */
  async look(slug, style) {
    if ((this.looks.get(slug) ?? "") === style) return;
    if (style) this.looks.set(slug, style);
    else this.looks.delete(slug);
    await this.dresser.dress(slug, style);
    this.changed();
  }

  /** @param {string} slug @param {string} filter CQL2 text; blank for all rows */
  filter(slug, filter) {
    if ((this.filters.get(slug) ?? "") === filter) return;
    if (filter) this.filters.set(slug, filter);
    else this.filters.delete(slug);
    this.retile(slug);
    this.changed();
  }

  /** Show the layers as they were. @param {{ valid?: string, known?: string }} moments */
  date({ valid = "", known = "" }) {
    if (valid === (this.moments.valid ?? "") && known === (this.moments.known ?? "")) return;
    this.moments = { valid, known };
    for (const { slug } of this.catalogue) this.retile(slug);
    for (const watcher of this.watchers) watcher();
  }

  /** @param {string} slug @returns {string | undefined} the address of its tiles, as they are asked for now */
  tiles(slug) {
    return this.tilesOf(slug, this.moments);
  }

  /** @param {string} slug @param {{ valid?: string, known?: string }} moments @returns {string | undefined} */
  tilesOf(slug, { valid, known }) {
    const facts = this.facts[slug];
    const words = new URLSearchParams();
    if (facts?.has_past && valid) words.set("valid", valid);
    if (facts?.has_past && known) words.set("known", known);
    if (this.filters.get(slug)) words.set("filter", this.filters.get(slug) ?? "");
    return words.size && facts ? `${facts.asked}?${words}` : /** @type {any} */ (this.find(slug))?.tiles;
  }

  /** @param {string} slug */
  retile(slug) {
    const source = /** @type {import("maplibre-gl").VectorTileSource | undefined} */ (this.map.getSource(slug));
    const address = this.tiles(slug);
    if (source?.type === "vector" && address && source.tiles?.[0] !== address) source.setTiles([address]);
  }

  again() {
    super.again();
    if (!this.isUsualOrder(this.stack)) this.arrange();
    for (const { slug } of this.catalogue) this.retile(slug);
    for (const [slug, style] of this.looks) this.dresser.dress(slug, style);
  }

  /** Show what a content says; undefined: what is shown at first. @param {ShownLayer[] | undefined} wanted */
  restore(wanted) {
    const known = (wanted ?? this.first.map((slug) => ({ slug }))).filter(({ slug }) => this.find(slug));
    const slugs = known.map(({ slug }) => slug);
    for (const { slug } of this.catalogue) if (this.shown.has(slug) !== slugs.includes(slug)) this.set(slug, slugs.includes(slug));
    for (const slug of [...this.fades.keys()]) if (!slugs.includes(slug)) this.fade(slug, 1);
    this.filters.clear();
    for (const slug of this.looks.keys()) if (!slugs.includes(slug)) this.look(slug, "");
    for (const { slug, opacity = 1, filter, style = "" } of /** @type {ShownLayer[]} */ (known)) {
      if (opacity !== 1 || this.fades.has(slug)) this.fade(slug, opacity);
      if (filter) this.filters.set(slug, filter);
      this.look(slug, style);
    }
    const wasUsual = this.isUsualOrder(this.stack);
    this.stack = slugs;
    if (!wasUsual || !this.isUsualOrder(slugs)) this.arrange();
    for (const { slug } of this.catalogue) this.retile(slug);
    for (const watcher of this.watchers) watcher();
  }

  /** What `restore` reads; undefined when all is as at first. @returns {ShownLayer[] | undefined} */
  document() {
    const found = this.stack.map((slug) => {
      const opacity = this.fades.get(slug) ?? 1;
      const filter = this.filters.get(slug);
      const style = this.looks.get(slug);
      return { slug, ...(style ? { style } : {}), ...(opacity < 1 ? { opacity } : {}), ...(filter ? { filter } : {}) };
    });
    const asAtFirst = found.every((layer) => Object.keys(layer).length === 1) && this.stack.join() === this.first.join();
    return asAtFirst ? undefined : found;
  }
}
