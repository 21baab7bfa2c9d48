// The layers of the catalogue on a map: shown, hidden and faded; the style already holds them all, in their order.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/**
 * @typedef {object} LegendEntry
 * @property {string} label
 * @property {string} color
 * @property {string} [shape]
 * @property {string} [icon]
 * @property {string} [look]
 * @property {number} [opacity] of a filled surface
 * @property {string} [outline] of a surface; blank for none
 * @property {string} [hatch] its name, see hatch.js
 * @property {number[]} [dash]
 * @property {string[]} [ramp] colours from the lowest value to the highest
 */
/**
 * @typedef {object} CatalogueLayer
 * @property {string} slug
 * @property {string} title
 * @property {string} geometry_kind
 * @property {boolean} is_public
 * @property {boolean} is_shown at first
 * @property {number} min_zoom
 * @property {LegendEntry[]} legend
 * @property {string} attribution
 * @property {string} [kind] "raster" for pictures and heights
 * @property {string} [value] of a raster: the address that tells what it says at a place
 * @property {string} [raster] the raster that it is a look of
 * @property {string} [raster_title]
 * @property {string} [profile] of a raster with heights: the address that tells them along a line
 * @property {string} page The address where people read about it; blank where there is none.
 */
/** @typedef {{ theme: string, title: string, layers: CatalogueLayer[] }} CatalogueGroup */

/** @type {Record<string, ("raster-opacity" | "fill-opacity" | "line-opacity" | "circle-opacity" | "circle-stroke-opacity" | "icon-opacity" | "text-opacity")[]>} */
const OPACITY = {
  raster: ["raster-opacity"],
  fill: ["fill-opacity"],
  line: ["line-opacity"],
  circle: ["circle-opacity", "circle-stroke-opacity"],
  symbol: ["icon-opacity", "text-opacity"],
};

/** An opacity times a share. The outputs of a curve over zoom are multiplied one by one, for such a curve must stay
 * the outermost part of an expression. @param {any} value as the style has it @param {number} share @returns {any} */
function faded(value, share) {
  if (share === 1) return value;
  if (value === undefined || typeof value === "number") return (value ?? 1) * share;
  if (value[0] === "interpolate") return value.map((/** @type {any} */ part, /** @type {number} */ index) => (index > 3 && index % 2 === 0 ? faded(part, share) : part));
  return ["*", share, value];
}

export class MapLayers {
  /** @param {PortalMap} map @param {CatalogueGroup[]} groups */
  constructor(map, groups) {
    this.map = map;
    this.groups = groups;
    this.catalogue = groups.flatMap((group) => group.layers);
    this.shown = new Set(this.catalogue.filter((layer) => layer.is_shown).map((layer) => layer.slug));
    /** @type {Map<string, number>} */
    this.fades = new Map();
    /** @type {Map<string, any>} paint as the style has it, before it was faded */
    this.paint = new Map();
    map.getContainer().addEventListener("map:restyled", () => this.again());
  }

  /** @param {string} slug @returns {CatalogueLayer | undefined} */
  find(slug) {
    return this.catalogue.find((layer) => layer.slug === slug);
  }

  /** What belongs to a layer on the map. @param {string} slug */
  drawn(slug) {
    return this.map.getStyle().layers.filter((layer) => "source" in layer && layer.source === slug);
  }

  /** @param {string} slug @param {boolean} on */
  set(slug, on) {
    if (on) this.shown.add(slug);
    else this.shown.delete(slug);
    for (const { id } of this.drawn(slug)) this.map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
  }

  /** @param {string} slug @param {number} share 0 to 1 */
  fade(slug, share) {
    this.fades.set(slug, share);
    for (const { id, type } of this.drawn(slug)) {
      for (const property of OPACITY[type] ?? []) {
        const key = `${id} ${property}`;
        if (!this.paint.has(key)) this.paint.set(key, this.map.getPaintProperty(id, property));
        this.map.setPaintProperty(id, property, faded(this.paint.get(key), share));
      }
    }
  }

  /** The style was changed for another theme: what was chosen still holds. */
  again() {
    this.paint.clear();
    for (const [slug, share] of this.fades) this.fade(slug, share);
  }
}
