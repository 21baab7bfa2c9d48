// What people drew on the map: kept in address and saved map, drawn above the layers, every change can be taken back.

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("geojson").Point | import("geojson").LineString | import("geojson").Polygon} Shape */
/** @typedef {{ geometry: Shape, color: string, text: string }} Drawing */

const SOURCE = "plan-drawings";
const PLACES = 7;

/** @param {any} value @returns {any} */
const rounded = (value) => (Array.isArray(value) ? value.map(rounded) : Number(value.toFixed(PLACES)));

export class Drawings {
  /** @param {Page} page @param {() => void} changed */
  constructor({ map, state }, changed) {
    this.map = map;
    this.state = state;
    this.changed = changed;
    /** @type {Drawing[]} */
    this.list = [];
    /** @type {Drawing[][]} */
    this.before = [];
    /** @type {Drawing[][]} */
    this.after = [];
    /** the one that is being reshaped, which another hand draws */
    this.hidden = -1;
  }

  /** As the address says; the way back in the history is its own undo. */
  follow() {
    const { drawings } = this.state.content;
    if (JSON.stringify(drawings ?? null) === JSON.stringify(this.document ?? null)) return;
    this.list = (drawings?.features ?? []).map(({ geometry, properties }) => ({ geometry: /** @type {Shape} */ (geometry), color: properties?.color ?? "#b60202", text: properties?.text ?? "" }));
    [this.before, this.after] = [[], []];
    this.draw();
    this.changed();
  }

  /** @returns {import("geojson").FeatureCollection | undefined} */
  get document() {
    if (!this.list.length) return undefined;
    const features = this.list.map(({ geometry, color, text }) => /** @type {import("geojson").Feature} */ ({ type: "Feature", geometry, properties: { color, ...(text ? { text } : {}) } }));
    return { type: "FeatureCollection", features };
  }

  /** @param {Drawing[]} list in place of what is there */
  replace(list) {
    this.before.push(this.list);
    this.after = [];
    this.keep(list);
  }

  /** @param {Drawing[]} list */
  keep(list) {
    this.list = list;
    this.state.put({ drawings: this.document });
    this.draw();
    this.changed();
  }

  /** @param {Drawing} drawing */
  add(drawing) {
    this.replace([...this.list, { ...drawing, geometry: this.clean(drawing.geometry) }]);
  }

  /** @param {number} index @param {Partial<Drawing>} change */
  change(index, change) {
    const geometry = change.geometry ? { geometry: this.clean(change.geometry) } : {};
    this.replace(this.list.map((drawing, other) => (other === index ? { ...drawing, ...change, ...geometry } : drawing)));
  }

  /** @param {number} index */
  remove(index) {
    this.replace(this.list.filter((_drawing, other) => other !== index));
  }

  undo() {
    const list = this.before.pop();
    if (!list) return;
    this.after.push(this.list);
    this.keep(list);
  }

  redo() {
    const list = this.after.pop();
    if (!list) return;
    this.before.push(this.list);
    this.keep(list);
  }

  /** @param {Shape} geometry @returns {Shape} */
  clean({ type, coordinates }) {
    return /** @type {Shape} */ ({ type, coordinates: rounded(coordinates) });
  }

  /** @param {number} index none when -1 */
  hide(index) {
    this.hidden = index;
    this.draw();
  }

  draw() {
    if (!this.map.getSource(SOURCE)) {
      if (!this.list.length) return;
      this.addLayers();
    }
    const features = (this.document?.features ?? []).filter((_feature, index) => index !== this.hidden);
    /** @type {import("maplibre-gl").GeoJSONSource} */ (this.map.getSource(SOURCE)).setData({ type: "FeatureCollection", features });
  }

  addLayers() {
    const { map } = this;
    /** @type {any} */
    const color = ["get", "color"];
    const shape = (/** @type {string} */ type) => /** @type {any} */ (["==", ["geometry-type"], type]);
    map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer({ id: `${SOURCE}-fill`, type: "fill", source: SOURCE, filter: shape("Polygon"), paint: { "fill-color": color, "fill-opacity": 0.2 } });
    map.addLayer({ id: `${SOURCE}-line`, type: "line", source: SOURCE, filter: ["!=", ["geometry-type"], "Point"], layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": color, "line-width": 3 } });
    map.addLayer({ id: `${SOURCE}-point`, type: "circle", source: SOURCE, filter: shape("Point"), paint: { "circle-radius": 6, "circle-color": color, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } });
    map.addLayer({
      id: `${SOURCE}-text`, type: "symbol", source: SOURCE, filter: ["has", "text"],
      layout: { "text-field": ["get", "text"], "text-font": ["Noto Sans Variable"], "text-size": 14, "text-offset": ["case", shape("Point"), ["literal", [0, 1.2]], ["literal", [0, 0]]], "text-max-width": 14, "text-allow-overlap": true },
      paint: { "text-color": color, "text-halo-color": "#ffffff", "text-halo-width": 2 },
    });
  }
}
