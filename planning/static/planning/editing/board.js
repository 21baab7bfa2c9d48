// What the map shows of the work: every feature by its state, the chosen ones, and what the check found.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").GeoJSONSource} GeoJSONSource */
/** @typedef {import("./work.js").Work} Work */

const COLORS = ["match", ["get", "state"], "new", "#006736", "changed", "#b35900", "gone", "#b60202", "#003375"];
const FOUND = ["match", ["get", "kind"], "overlap", "#b60202", "#7a3fb0"];
const EMPTY = /** @type {import("geojson").FeatureCollection} */ ({ type: "FeatureCollection", features: [] });
const PICKED = ["edit-fill", "edit-line", "edit-point"];

export class Board {
  /** @param {PortalMap} map @param {Work} work */
  constructor(map, work) {
    this.map = map;
    this.work = work;
    /** @type {string[]} */
    this.chosen = [];
    /** @type {string} */
    this.hidden = "";
    this.addLayers();
    work.addEventListener("change", () => this.draw());
  }

  addLayers() {
    const chosen = /** @type {any} */ (["get", "chosen"]);
    const shape = (/** @type {string} */ type) => /** @type {any} */ (["==", ["geometry-type"], type]);
    this.map.addSource("edit", { type: "geojson", data: EMPTY });
    this.map.addSource("edit-found", { type: "geojson", data: EMPTY });
    const color = /** @type {any} */ (COLORS);
    this.map.addLayer({ id: "edit-fill", type: "fill", source: "edit", filter: shape("Polygon"), paint: { "fill-color": ["case", chosen, "#ffdd00", color], "fill-opacity": ["case", chosen, 0.35, ["match", ["get", "state"], "same", 0.08, 0.2]] } });
    this.map.addLayer({ id: "edit-line", type: "line", source: "edit", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": color, "line-width": ["case", chosen, 3.5, ["match", ["get", "state"], "same", 1.2, 2.5]] } });
    this.map.addLayer({ id: "edit-point", type: "circle", source: "edit", filter: shape("Point"), paint: { "circle-radius": ["case", chosen, 9, 6], "circle-color": color, "circle-stroke-width": ["case", chosen, 4, 1.5], "circle-stroke-color": ["case", chosen, "#ffdd00", "#ffffff"] } });
    this.map.addLayer({ id: "edit-found-fill", type: "fill", source: "edit-found", paint: { "fill-color": /** @type {any} */ (FOUND), "fill-opacity": 0.55 } });
    this.map.addLayer({ id: "edit-found-line", type: "line", source: "edit-found", paint: { "line-color": /** @type {any} */ (FOUND), "line-width": 3 } });
  }

  draw() {
    const features = this.work
      .things()
      .filter(({ name, geometry }) => geometry && name !== this.hidden)
      .map(({ name, geometry, state }) => ({ type: /** @type {const} */ ("Feature"), geometry: /** @type {import("geojson").Geometry} */ (geometry), properties: { name, state, chosen: this.chosen.includes(name) } }));
    /** @type {GeoJSONSource} */ (this.map.getSource("edit")).setData({ type: "FeatureCollection", features });
  }

  /** @param {string[]} names */
  choose(names) {
    this.chosen = names;
    this.draw();
  }

  /** While its shape is changed a feature is drawn by terra-draw. @param {string} name */
  hide(name) {
    this.hidden = name;
    this.draw();
  }

  /** @param {{ kind: string, geometry: import("geojson").Geometry }[]} findings */
  show(findings) {
    const features = findings.map(({ kind, geometry }) => ({ type: /** @type {const} */ ("Feature"), geometry, properties: { kind } }));
    /** @type {GeoJSONSource} */ (this.map.getSource("edit-found")).setData({ type: "FeatureCollection", features });
  }

  /** The name of what is at a pixel, the smallest first. @param {{ x: number, y: number }} point @returns {string | null} */
  at({ x, y }) {
    const box = /** @type {[[number, number], [number, number]]} */ ([[x - 4, y - 4], [x + 4, y + 4]]);
    const exact = this.map.queryRenderedFeatures([x, y], { layers: PICKED });
    const found = exact.length ? exact : this.map.queryRenderedFeatures(box, { layers: PICKED });
    return found[0]?.properties.name ?? null;
  }
}
