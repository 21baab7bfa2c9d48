// The changed ground of a draft plan, over the base map, in the colours of the legend.
import { createMap } from "../../map/portal_map.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */

const SOURCE = "version-changes";
/** @type {any[]} */
const LAYERS = [
  { id: `${SOURCE}-fill`, type: "fill", source: SOURCE, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": ["get", "color"], "fill-opacity": 0.45 } },
  { id: `${SOURCE}-line`, type: "line", source: SOURCE, paint: { "line-color": ["get", "color"], "line-width": 3 } },
];

const container = /** @type {HTMLElement} */ (document.querySelector("#map"));

/** @param {any} coordinates @param {[number, number, number, number]} box */
function widen(coordinates, box) {
  if (typeof coordinates[0] === "number") {
    const [x, y] = coordinates;
    box.splice(0, 4, Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y));
  } else for (const part of coordinates) widen(part, box);
}

/** @param {GeoJSON.FeatureCollection} changes @returns {[number, number, number, number]} */
function boundsOf(changes) {
  /** @type {[number, number, number, number]} */
  const box = [180, 90, -180, -90];
  for (const { geometry } of changes.features) widen(/** @type {any} */ (geometry).coordinates, box);
  return box;
}

/** The base map alone: pins and other layers would hide the ground. @param {PortalMap} map */
function onlyBase(map) {
  for (const layer of map.getStyle().layers) {
    const source = "source" in layer ? String(layer.source) : "";
    const isBase = !source || source.startsWith("base") || /** @type {any} */ (layer.metadata)?.group === "base";
    if (!isBase) map.setLayoutProperty(layer.id, "visibility", "none");
  }
}

async function start() {
  const answer = await fetch(container.dataset.changesUrl ?? "", { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) return;
  const changes = await answer.json();
  const map = await createMap(container, { bounds: boundsOf(changes), padding: { top: 32, bottom: 32, left: 32, right: 32 } });
  onlyBase(map);
  map.addSource(SOURCE, { type: "geojson", data: changes });
  for (const layer of LAYERS) map.addLayer(layer);
  container.addEventListener("map:restyled", () => {
    for (const { id } of LAYERS) if (map.getLayer(id)) map.moveLayer(id);
  });
}

void start();
