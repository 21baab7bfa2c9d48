// The rows of a file as layers of their own, in one strong colour that no layer of the portal has.

/** @typedef {import("maplibre-gl").Map} PortalMap */

const SOURCE = "import-sample";
const FILE = "#c2185b";
/** The property by which a check says what becomes of a row. */
export const CHANGE = "@change";
/** @type {any} The swatches of sample_map.css have the same colours. */
const COLOUR = ["match", ["coalesce", ["get", CHANGE], ""], "added", "#00813f", "changed", "#c25e00", "unchanged", "#5b6675", FILE];

/** @type {any[]} */
const LAYERS = [
  { id: `${SOURCE}-fill`, type: "fill", source: SOURCE, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": COLOUR, "fill-opacity": 0.25 } },
  { id: `${SOURCE}-casing`, type: "line", source: SOURCE, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": "#fff", "line-width": 4, "line-opacity": 0.7 } },
  { id: `${SOURCE}-line`, type: "line", source: SOURCE, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": COLOUR, "line-width": 2 } },
  { id: `${SOURCE}-point`, type: "circle", source: SOURCE, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 3, 16, 7], "circle-color": COLOUR, "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 } },
];
const PICKED = [`${SOURCE}-fill`, `${SOURCE}-line`, `${SOURCE}-point`];

/** @param {PortalMap} map @param {GeoJSON.FeatureCollection} sample @param {(row: GeoJSON.GeoJsonProperties) => void} tell */
export function addSample(map, sample, tell) {
  map.addSource(SOURCE, { type: "geojson", data: sample });
  for (const layer of LAYERS) map.addLayer(layer);
  for (const id of PICKED) {
    map.on("click", id, (event) => tell(event.features?.[0]?.properties ?? null));
    map.on("mouseenter", id, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", id, () => (map.getCanvas().style.cursor = ""));
  }
}

/** The theme was changed: our layers lie on top again. @param {PortalMap} map @param {HTMLElement} container */
export function bringBack(map, container) {
  container.addEventListener("map:restyled", () => {
    for (const { id } of LAYERS) if (map.getLayer(id)) map.moveLayer(id);
  });
}

/** @param {PortalMap} map @param {boolean} on */
export function showSample(map, on) {
  for (const { id } of LAYERS) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
}
