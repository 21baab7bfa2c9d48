// What is at a point of the map, top first: features of our layers with the page that tells about each.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").MapGeoJSONFeature} Feature */
/** @typedef {import("maplibre-gl").PointLike} PointLike */
/** @typedef {import("./layers.js").MapLayers} MapLayers */
/**
 * @typedef {object} Hit
 * @property {Feature} feature
 * @property {string} slug of its layer
 * @property {string} title
 * @property {string} path of its page
 */

const FINGER = 12;

/** @param {Feature} feature */
export function isCluster(feature) {
  return Number(feature.properties.count ?? 1) > 1;
}

/** @param {Feature} feature @returns {string} path of the page about it, or "" */
function pathOf(feature) {
  const { number, code } = feature.properties;
  const slug = feature.source;
  if (slug.startsWith("issues")) return `/issues/${encodeURIComponent(number)}/`;
  if (slug.startsWith("assets-")) return `/assets/${slug.slice("assets-".length)}/${encodeURIComponent(code)}/`;
  return slug.startsWith("areas-") || feature.id === undefined ? "" : `/layers/${slug}/${feature.id}/`;
}

/** @param {Feature} feature */
function nameOf({ properties }) {
  return String(properties.number ?? properties.code ?? properties.name ?? properties.title ?? "");
}

export class Picking {
  /** @param {PortalMap} map @param {MapLayers} layers */
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
  }

  /** Features at a pixel, the finger's width around it counting for points and lines.
   * @param {{ x: number, y: number }} point @returns {Feature[]} */
  features({ x, y }) {
    /** @type {[PointLike, PointLike]} */
    const box = [[x - FINGER, y - FINGER], [x + FINGER, y + FINGER]];
    const ours = this.ids();
    const exact = this.map.queryRenderedFeatures([x, y], { layers: ours });
    const near = this.map.queryRenderedFeatures(box, { layers: ours }).filter(({ layer }) => layer.type !== "fill");
    return [...near.filter(({ layer }) => layer.type !== "line"), ...exact, ...near];
  }

  /** @param {{ x: number, y: number }} point */
  isAt({ x, y }) {
    return this.map.queryRenderedFeatures([x, y], { layers: this.ids() }).length > 0;
  }

  /** Layers that can be picked; a glow is light, not a thing. @returns {string[]} */
  ids() {
    const sources = new Set([...this.layers.shown, "issues-chosen"]);
    const drawn = this.map.getStyle().layers.filter((layer) => "source" in layer && sources.has(layer.source));
    return drawn.filter((layer) => layer.type !== "circle" || !layer.paint?.["circle-blur"]).map((layer) => layer.id);
  }

  /** What can be told about, each thing once. @param {Feature[]} features @returns {Hit[]} */
  hits(features) {
    /** @type {Map<string, Hit>} */
    const found = new Map();
    for (const feature of features) {
      const path = isCluster(feature) ? "" : pathOf(feature);
      if (path && !found.has(path)) found.set(path, { feature, path, slug: feature.source, title: this.title(feature) });
    }
    return [...found.values()];
  }

  /** @param {Feature} feature */
  title(feature) {
    const layer = this.layers.find(feature.source)?.title ?? "";
    const name = nameOf(feature);
    return name ? `${layer}: ${name}` : layer;
  }
}
