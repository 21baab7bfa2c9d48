// A line or ring being drawn by clicks, or by Enter in the middle of the map; the pointer pulls the next side.

/** @typedef {import("./page.js").Page} Page */
/** @typedef {[number, number]} Place longitude, latitude */

const BLUE = "#0054ba";

export class Sketch {
  /** @param {Page} page @param {string} name of its source and layers @param {() => void} changed */
  constructor({ map }, name, changed) {
    this.map = map;
    this.name = name;
    this.changed = changed;
    this.isRing = false;
    this.isDone = false;
    /** @type {Place[]} */
    this.corners = [];
    /** @type {Place | null} where the pointer is */
    this.pulled = null;
    /** @type {AbortController | null} */
    this.listening = null;
  }

  /** @param {boolean} isRing @param {Place[]} [corners] of a shape that is there already */
  start(isRing, corners = []) {
    this.stop();
    this.isRing = isRing;
    this.corners = corners;
    this.isDone = corners.length > 0;
    this.listen();
    this.draw();
  }

  listen() {
    const { map } = this;
    const click = (/** @type {import("maplibre-gl").MapMouseEvent} */ { lngLat }) => this.add([lngLat.lng, lngLat.lat]);
    const move = (/** @type {import("maplibre-gl").MapMouseEvent} */ { lngLat }) => {
      if (this.isDone || !this.corners.length) return;
      this.pulled = [lngLat.lng, lngLat.lat];
      this.draw();
    };
    const finish = (/** @type {import("maplibre-gl").MapMouseEvent} */ event) => {
      event.preventDefault();
      this.finish();
    };
    map.on("click", click);
    map.on("mousemove", move);
    map.on("dblclick", finish);
    this.listening = new AbortController();
    const canvas = map.getCanvas();
    canvas.style.cursor = "crosshair";
    canvas.addEventListener("keydown", (event) => this.key(event), { signal: this.listening.signal });
    this.listening.signal.addEventListener("abort", () => {
      map.off("click", click);
      map.off("mousemove", move);
      map.off("dblclick", finish);
      canvas.style.cursor = "default";
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter") this.addMiddle();
    else if (event.key === "Backspace") this.back();
    else return;
    event.preventDefault();
  }

  addMiddle() {
    this.add(/** @type {Place} */ (this.map.getCenter().toArray()));
  }

  /** A click on a finished shape begins the next one; one at the last corner finishes it. @param {Place} place */
  add(place) {
    if (this.isDone) [this.corners, this.isDone] = [[], false];
    const last = this.corners.at(-1);
    const closes = this.isRing && this.corners.length > 2 && this.isNear(this.corners[0], place);
    if (closes || (last && this.isNear(last, place))) return this.finish();
    this.corners = [...this.corners, place];
    this.pulled = null;
    this.draw();
  }

  /** Closer than a finger trembles. @param {Place} one @param {Place} other */
  isNear(one, other) {
    const [a, b] = [this.map.project(one), this.map.project(other)];
    return Math.hypot(a.x - b.x, a.y - b.y) < 6;
  }

  back() {
    this.corners = this.corners.slice(0, -1);
    this.isDone = false;
    this.draw();
  }

  finish() {
    this.isDone = this.corners.length >= (this.isRing ? 3 : 2);
    this.pulled = null;
    this.draw();
  }

  /** With the place to which the pointer pulls. @returns {Place[]} */
  get whole() {
    return this.pulled && !this.isDone ? [...this.corners, this.pulled] : this.corners;
  }

  draw() {
    this.addLayers();
    const { whole } = this;
    /** @type {import("geojson").Geometry[]} */
    const shapes = this.corners.map((coordinates) => ({ type: "Point", coordinates }));
    if (whole.length > 1) shapes.push({ type: "LineString", coordinates: this.isRing && whole.length > 2 ? [...whole, whole[0]] : whole });
    if (this.isRing && whole.length > 2) shapes.push({ type: "Polygon", coordinates: [[...whole, whole[0]]] });
    const features = shapes.map((geometry) => /** @type {import("geojson").Feature} */ ({ type: "Feature", properties: {}, geometry }));
    /** @type {import("maplibre-gl").GeoJSONSource} */ (this.map.getSource(this.name)).setData({ type: "FeatureCollection", features });
    this.changed();
  }

  addLayers() {
    const { map, name } = this;
    if (map.getSource(name)) return;
    map.addSource(name, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer({ id: `${name}-fill`, type: "fill", source: name, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": BLUE, "fill-opacity": 0.15 } });
    map.addLayer({ id: `${name}-casing`, type: "line", source: name, filter: ["==", ["geometry-type"], "LineString"], layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#ffffff", "line-width": 5 } });
    map.addLayer({ id: `${name}-line`, type: "line", source: name, filter: ["==", ["geometry-type"], "LineString"], layout: { "line-join": "round" }, paint: { "line-color": BLUE, "line-width": 2.5, "line-dasharray": [2, 1] } });
    map.addLayer({ id: `${name}-corner`, type: "circle", source: name, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4.5, "circle-color": "#ffffff", "circle-stroke-color": BLUE, "circle-stroke-width": 2 } });
  }

  /** Listen no more; what was drawn stays until `clear`. */
  stop() {
    this.listening?.abort();
    this.listening = null;
    this.pulled = null;
  }

  clear() {
    this.stop();
    this.corners = [];
    this.isDone = false;
    if (this.map.getSource(this.name)) this.draw();
  }
}
