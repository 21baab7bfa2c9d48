// Marks on the map what the open card is about: a ring around a point, a bold edge on a line or surface.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").MapGeoJSONFeature} Feature */

const SOURCE = "chosen-point";
const EDGE = "chosen-edge";
const NOTHING = /** @type {import("geojson").FeatureCollection} */ ({ type: "FeatureCollection", features: [] });

export class Chosen {
  /** @param {PortalMap} map */
  constructor(map) {
    this.map = map;
  }

  /** @param {Feature} feature */
  mark(feature) {
    this.clear();
    if (feature.geometry.type === "Point") this.point(/** @type {[number, number]} */ (feature.geometry.coordinates));
    else this.edge(feature);
  }

  /** @param {[number, number]} at longitude, latitude */
  point(at) {
    this.clear();
    this.ring({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } });
  }

  /** @param {import("geojson").Feature | import("geojson").FeatureCollection} data */
  ring(data) {
    const source = /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (this.map.getSource(SOURCE));
    if (source) return void source.setData(data);
    this.map.addSource(SOURCE, { type: "geojson", data });
    this.map.addLayer({
      id: SOURCE,
      type: "circle",
      source: SOURCE,
      paint: { "circle-radius": 9, "circle-color": "#ffdd00", "circle-stroke-color": "#0b0c0c", "circle-stroke-width": 3 },
    });
  }

  /** @param {Feature} feature */
  edge(feature) {
    if (feature.id === undefined) return;
    this.map.addLayer({
      id: EDGE,
      type: "line",
      source: feature.source,
      ...(feature.sourceLayer ? { "source-layer": feature.sourceLayer } : {}),
      filter: ["==", ["id"], feature.id],
      layout: { "line-join": "round" },
      paint: { "line-color": "#0054ba", "line-width": 4 },
    });
  }

  clear() {
    if (this.map.getLayer(EDGE)) this.map.removeLayer(EDGE);
    if (this.map.getSource(SOURCE)) this.ring(NOTHING);
  }
}
