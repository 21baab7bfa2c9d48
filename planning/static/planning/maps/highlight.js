// Shapes that a tool points at, above the layers: all of them thinly, one of them boldly.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("geojson").Geometry} Geometry */

const BLUE = "#0054ba";
const YELLOW = "#ffdd00";

export class Highlight {
  /** @param {PortalMap} map @param {string} name of its source and layers */
  constructor(map, name) {
    this.map = map;
    this.name = name;
    /** @type {Geometry[]} */
    this.shapes = [];
    this.chosen = -1;
  }

  /** @param {Geometry[]} shapes @param {number} [chosen] */
  show(shapes, chosen = -1) {
    this.shapes = shapes;
    this.choose(chosen);
  }

  /** @param {number} chosen */
  choose(chosen) {
    this.chosen = chosen;
    this.add();
    const features = this.shapes.map((geometry, index) => /** @type {import("geojson").Feature} */ ({ type: "Feature", properties: { chosen: index === chosen }, geometry }));
    const source = /** @type {import("maplibre-gl").GeoJSONSource} */ (this.map.getSource(this.name));
    source.setData({ type: "FeatureCollection", features });
  }

  clear() {
    if (this.map.getSource(this.name)) this.show([]);
  }

  add() {
    const { map, name } = this;
    if (map.getSource(name)) return;
    map.addSource(name, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    /** @type {any} */
    const bold = ["boolean", ["get", "chosen"], false];
    map.addLayer({ id: `${name}-fill`, type: "fill", source: name, filter: ["all", ["==", ["geometry-type"], "Polygon"], bold], paint: { "fill-color": YELLOW, "fill-opacity": 0.25 } });
    map.addLayer({ id: `${name}-casing`, type: "line", source: name, filter: bold, layout: { "line-join": "round" }, paint: { "line-color": "#ffffff", "line-width": 6 } });
    map.addLayer({ id: `${name}-line`, type: "line", source: name, layout: { "line-join": "round" }, paint: { "line-color": BLUE, "line-width": ["case", bold, 3, 1.25] } });
    map.addLayer({ id: `${name}-point`, type: "circle", source: name, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": ["case", bold, 10, 6], "circle-color": YELLOW, "circle-stroke-color": "#0b0c0c", "circle-stroke-width": ["case", bold, 3, 1.5] } });
  }
}
