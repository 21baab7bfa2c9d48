// Drawing on the map with terra-draw: a new shape, the corners of one that is there, or a line to cut with.
import { adapters, library } from "./library.js";
import { composed, pieces } from "./rings.js";
import { snapTo } from "./snap.js";

/** @typedef {import("geojson").Geometry} Geometry */
/** @typedef {"polygon" | "line" | "point"} Kind */
/** @typedef {{ done: (geometry: Geometry) => void, cancelled: () => void }} Ends */

const MODES = { polygon: "polygon", line: "linestring", point: "point" };
const BLUE = "#0054ba";
const LOOK = { fillColor: BLUE, fillOpacity: 0.2, outlineColor: BLUE, outlineWidth: 3, lineStringColor: BLUE, lineStringWidth: 3, pointColor: BLUE, pointWidth: 8, closingPointColor: "#ffdd00", closingPointWidth: 7, closingPointOutlineColor: "#0b0c0c", closingPointOutlineWidth: 2, snappingPointColor: "#b35900", snappingPointWidth: 6, snappingPointOutlineColor: "#ffffff", snappingPointOutlineWidth: 2, coordinatePointColor: "#ffffff", coordinatePointWidth: 4, coordinatePointOutlineColor: BLUE, coordinatePointOutlineWidth: 2 };
const CORNERS = { selectedPolygonColor: BLUE, selectedPolygonFillOpacity: 0.2, selectedPolygonOutlineColor: BLUE, selectedPolygonOutlineWidth: 3, selectedLineStringColor: BLUE, selectedLineStringWidth: 3, selectedPointColor: BLUE, selectedPointWidth: 9, selectionPointColor: "#ffffff", selectionPointWidth: 7, selectionPointOutlineColor: BLUE, selectionPointOutlineWidth: 3, midPointColor: "#ffdd00", midPointWidth: 5, midPointOutlineColor: "#0b0c0c", midPointOutlineWidth: 1 };

export class Sketch {
  /** @param {import("maplibre-gl").Map} map @param {import("./work.js").Work} work */
  constructor(map, work) {
    this.map = map;
    this.work = work;
    /** @type {Ends | null} */
    this.ends = null;
    this.without = "";
    /** @type {{ id: string | number, piece: import("./rings.js").Piece }[]} */
    this.held = [];
    /** @type {Geometry | null} */
    this.like = null;
    this.draw = this.started();
  }

  started() {
    const toCustom = snapTo(() => this.work.things().filter(({ name, state }) => name !== this.without && state !== "gone"));
    const snapping = { toCustom };
    const keyEvents = { finish: null, cancel: null };
    const styles = /** @type {any} */ (LOOK);
    const corners = { feature: { draggable: false, coordinates: { midpoints: true, draggable: true, deletable: true, snappable: snapping } } };
    const adapter = new adapters.TerraDrawMapLibreGLAdapter({ map: this.map, coordinatePrecision: 9 });
    const draw = new library.TerraDraw({
      adapter,
      modes: [
        new library.TerraDrawPolygonMode({ snapping, keyEvents, styles, showCoordinatePoints: true }),
        new library.TerraDrawLineStringMode({ snapping, keyEvents, styles, showCoordinatePoints: true }),
        new library.TerraDrawPointMode({ styles }),
        new library.TerraDrawSelectMode({
          flags: { polygon: corners, linestring: corners, point: { feature: { draggable: true } } },
          keyEvents: { deselect: null, delete: null, rotate: null, scale: null },
          styles: /** @type {any} */ (CORNERS),
          allowManualDeselection: false,
        }),
      ],
    });
    draw.start();
    draw.setMode("static");
    draw.on("finish", (id, context) => {
      if (context.action === "draw") queueMicrotask(() => this.drawn(id));
    });
    return draw;
  }

  get isBusy() {
    return this.ends !== null;
  }

  /** @param {Kind} kind @param {Ends} ends */
  begin(kind, ends) {
    this.stop();
    this.ends = ends;
    this.draw.setMode(MODES[kind]);
  }

  /** Let the corners of a feature be moved. @param {string} name @param {Ends} ends */
  reshape(name, ends) {
    this.stop();
    const geometry = this.work.thing(name)?.geometry ?? null;
    const found = pieces(geometry);
    const modes = { Polygon: "polygon", LineString: "linestring", Point: "point" };
    const results = this.draw.addFeatures(found.map((piece) => ({ type: /** @type {const} */ ("Feature"), geometry: piece.geometry, properties: { mode: modes[piece.geometry.type] } })));
    const kept = results.flatMap((result, index) => (result.valid && result.id !== undefined ? [{ id: result.id, piece: found[index] }] : []));
    if (kept.length !== found.length || !kept.length) {
      this.draw.clear();
      return false;
    }
    this.ends = ends;
    this.without = name;
    this.held = kept;
    this.like = geometry;
    this.draw.setMode("select");
    this.draw.selectFeature(kept[0].id);
    return true;
  }

  /** What was drawn so far is what is meant. */
  finish() {
    if (this.held.length) {
      const found = this.held.map(({ id, piece }) => ({ ...piece, geometry: /** @type {any} */ (this.draw.getSnapshotFeature(id)?.geometry ?? piece.geometry) }));
      this.end(composed(found, this.like));
      return;
    }
    const open = this.draw.getSnapshot().find((feature) => feature.properties.currentlyDrawing);
    const geometry = open && settled(/** @type {Geometry} */ (open.geometry));
    if (geometry) this.end(geometry);
    else this.cancel();
  }

  /** @param {string | number} id */
  drawn(id) {
    const geometry = this.draw.getSnapshotFeature(id)?.geometry;
    if (geometry && this.ends) this.end(/** @type {Geometry} */ (geometry));
  }

  /** @param {Geometry} geometry */
  end(geometry) {
    const ends = this.ends;
    this.stop();
    ends?.done(geometry);
  }

  cancel() {
    const ends = this.ends;
    this.stop();
    ends?.cancelled();
  }

  stop() {
    this.ends = null;
    this.held = [];
    this.like = null;
    this.without = "";
    this.draw.setMode("static");
    this.draw.clear();
  }

  /** As if somebody had pressed there: for the keyboard. @param {{ x: number, y: number }} point pixels of the map */
  press({ x, y }) {
    const canvas = this.map.getCanvas();
    const frame = canvas.getBoundingClientRect();
    const where = { clientX: frame.left + x, clientY: frame.top + y, bubbles: true, button: 0, isPrimary: true, pointerId: 1, pointerType: "mouse" };
    for (const type of ["pointermove", "pointerdown", "pointerup"]) canvas.dispatchEvent(new PointerEvent(type, { ...where, buttons: type === "pointerdown" ? 1 : 0 }));
  }
}

/** The shape of the corners that were set, without the last, which follows the pointer; null for too few.
 * @param {Geometry} geometry @returns {Geometry | null} */
function settled(geometry) {
  if (geometry.type === "LineString") {
    const corners = distinct(geometry.coordinates.slice(0, -1));
    return corners.length > 1 ? { type: "LineString", coordinates: corners } : null;
  }
  if (geometry.type !== "Polygon") return null;
  const corners = distinct(geometry.coordinates[0].slice(0, -2));
  return corners.length > 2 ? { type: "Polygon", coordinates: [[...corners, corners[0]]] } : null;
}

/** @param {import("geojson").Position[]} corners */
const distinct = (corners) => corners.filter((corner, index) => index === 0 || corner.join() !== corners[index - 1].join());
