// The fragments of one layer of the catalogue on a map, put in place of those that draw it now.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").LayerSpecification} Layer */

/** @param {Layer} layer @returns {{ slug?: string, group?: string }} what our style says of it */
export function ours(layer) {
  return /** @type {any} */ (layer.metadata)?.gisportal ?? {};
}

/** @param {Layer} layer whether it lies above the names of the base map */
const isRaised = ({ type }) => type === "symbol" || type === "circle";

/** Flat ones come where the flat ones lay, raised ones where the raised ones did, or on top.
 * @param {PortalMap} map @param {string} slug @param {Layer[]} fragments complete layers of that slug
 * @returns {string[]} the ids of those that went */
export function replaceFragments(map, slug, fragments) {
  const layers = map.getStyle().layers;
  const others = layers.filter((layer) => ours(layer).slug !== slug);
  /** @param {boolean} raised */
  const above = (raised) => {
    const last = layers.findLastIndex((layer) => ours(layer).slug === slug && isRaised(layer) === raised);
    const next = layers.slice(last + 1).find((layer) => ours(layer).slug !== slug);
    if (last >= 0) return next?.id;
    return raised ? undefined : others.find((layer) => ours(layer).group === "base" && isRaised(layer))?.id;
  };
  const places = { flat: above(false), raised: above(true) };
  const gone = layers.filter((layer) => ours(layer).slug === slug).map(({ id }) => id);
  for (const id of gone) map.removeLayer(id);
  for (const layer of fragments) map.addLayer(layer, isRaised(layer) ? places.raised : places.flat);
  return gone;
}
