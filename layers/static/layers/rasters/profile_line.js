// A line that somebody makes on a map point by point, and the place on it that a chart points at.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {[number, number]} Place longitude, latitude */

const LINE = "profile-line";
const PARTS = [
  { id: `${LINE}-under`, type: "line", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": "#ffffff", "line-width": 6, "line-opacity": 0.85 } },
  { id: `${LINE}-over`, type: "line", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": "#b3126b", "line-width": 3 } },
  { id: `${LINE}-corners`, type: "circle", filter: ["==", ["get", "kind"], "corner"], paint: { "circle-radius": 5, "circle-color": "#ffffff", "circle-stroke-color": "#b3126b", "circle-stroke-width": 2.5 } },
  { id: `${LINE}-here`, type: "circle", filter: ["==", ["get", "kind"], "here"], paint: { "circle-radius": 8, "circle-color": "#b3126b", "circle-stroke-color": "#ffffff", "circle-stroke-width": 2.5 } },
];

export class ProfileLine {
  /** @param {PortalMap} map @param {(points: Place[]) => void} changed */
  constructor(map, changed) {
    this.map = map;
    this.changed = changed;
    /** @type {Place[]} */
    this.points = [];
    /** @type {Place | null} */
    this.here = null;
    map.getContainer().addEventListener("map:restyled", () => this.points.length && this.draw());
  }

  /** @param {Place} place */
  add(place) {
    this.points.push(place);
    this.tell();
  }

  takeBack() {
    this.points.pop();
    this.tell();
  }

  /** @param {Place[]} points */
  set(points) {
    this.points = points;
    this.tell();
  }

  /** Point at a place of the line. @param {Place | null} place */
  mark(place) {
    this.here = place;
    this.draw();
  }

  /** As the server reads it. */
  get text() {
    return this.points.map(([lon, lat]) => `${lon.toFixed(6)},${lat.toFixed(6)}`).join(";");
  }

  tell() {
    this.here = null;
    this.draw();
    this.changed(this.points);
  }

  /** @returns {GeoJSON.FeatureCollection} */
  document() {
    /** @param {Place} coordinates @param {string} kind @returns {GeoJSON.Feature} */
    const point = (coordinates, kind) => ({ type: "Feature", properties: { kind }, geometry: { type: "Point", coordinates } });
    /** @type {GeoJSON.Feature[]} */
    const line = this.points.length > 1 ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: this.points } }] : [];
    return { type: "FeatureCollection", features: [...line, ...this.points.map((one) => point(one, "corner")), ...(this.here ? [point(this.here, "here")] : [])] };
  }

  draw() {
    const source = /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (this.map.getSource(LINE));
    if (source) return source.setData(this.document());
    this.map.addSource(LINE, { type: "geojson", data: this.document() });
    for (const part of PARTS) this.map.addLayer(/** @type {any} */ ({ ...part, source: LINE }));
  }

  /** Nothing of it shows any more, and nobody is told. */
  clear() {
    this.points = [];
    this.here = null;
    this.draw();
  }
}

/** “lon,lat;lon,lat” as places; those that are none are left out. @param {string} text @returns {Place[]} */
export function placesIn(text) {
  const pairs = text.split(";").map((pair) => pair.split(",").map(Number));
  return /** @type {Place[]} */ (pairs.filter((pair) => pair.length === 2 && pair.every(Number.isFinite)));
}
