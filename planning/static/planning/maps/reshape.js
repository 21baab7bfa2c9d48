// Changes the corners of one drawing with terra-draw: drag a corner or a middle, drag the whole; Delete takes a corner away.

/** @typedef {import("./drawings.js").Shape} Shape */
/** @typedef {typeof import("terra-draw")} Library */
/** @typedef {typeof import("terra-draw-maplibre-gl-adapter")} Adapters */

const MODES = { Point: "point", LineString: "linestring", Polygon: "polygon" };
const PLACES = 9;

/** Classic scripts, which leave their names on the window: as a module the adapter asks for a bare name, which only a
 * bundler could answer. @param {string} address @returns {Promise<void>} */
function script(address) {
  return new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement("script"), { src: address, onload: () => resolve(), onerror: () => reject(new TypeError(`no ${address}`)) });
    document.head.append(made);
  });
}

/** The library is large, so it comes when it is first needed. @param {DOMStringMap} words library, adapter: addresses
 * @returns {Promise<{ library: Library, adapters: Adapters }>} */
async function loaded(words) {
  const found = /** @type {any} */ (globalThis);
  if (!found.terraDraw) await script(words.library ?? "");
  if (!found.terraDrawMaplibreGlAdapter) await script(words.adapter ?? "");
  return { library: found.terraDraw, adapters: found.terraDrawMaplibreGlAdapter };
}

/** @param {any} value @returns {any} terra-draw takes no longer numbers */
const rounded = (value) => (Array.isArray(value) ? value.map(rounded) : Number(value.toFixed(PLACES)));

export class Reshape {
  /** @param {import("maplibre-gl").Map} map @param {DOMStringMap} words */
  constructor(map, words) {
    this.map = map;
    this.words = words;
    /** @type {InstanceType<Library["TerraDraw"]> | null} */
    this.draw = null;
    /** @type {string | number | null} */
    this.id = null;
  }

  /** @param {Shape} geometry @param {(geometry: Shape) => void} changed at the end of each drag */
  async start(geometry, changed) {
    const { library, adapters } = await loaded(this.words);
    this.stop();
    const corners = { midpoints: true, draggable: true, deletable: true };
    const flags = { point: { feature: { draggable: true } }, linestring: { feature: { draggable: true, coordinates: corners } }, polygon: { feature: { draggable: true, coordinates: corners } } };
    const draw = new library.TerraDraw({
      adapter: new adapters.TerraDrawMapLibreGLAdapter({ map: this.map, prefixId: "plan-reshape" }),
      modes: [new library.TerraDrawSelectMode({ flags, allowManualDeselection: false }), new library.TerraDrawPointMode(), new library.TerraDrawLineStringMode(), new library.TerraDrawPolygonMode()],
    });
    draw.start();
    const { type, coordinates } = geometry;
    const [added] = draw.addFeatures([/** @type {any} */ ({ type: "Feature", geometry: { type, coordinates: rounded(coordinates) }, properties: { mode: MODES[type] } })]);
    this.draw = draw;
    if (!added?.valid || added.id === undefined) return this.stop();
    this.id = added.id;
    draw.selectFeature(added.id);
    draw.on("finish", (id) => {
      const feature = draw.getSnapshotFeature(id);
      if (feature && id === this.id) changed(/** @type {Shape} */ (feature.geometry));
    });
  }

  stop() {
    this.draw?.stop();
    this.draw = null;
    this.id = null;
  }
}
