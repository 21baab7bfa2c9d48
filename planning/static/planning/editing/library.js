// terra-draw, which came as classic scripts before this module: its adapter as a module asks for a bare name, which
// only a bundler or an inline import map could answer.

/** @typedef {typeof import("terra-draw")} TerraDrawLibrary */
/** @typedef {typeof import("terra-draw-maplibre-gl-adapter")} AdapterLibrary */

const loaded = /** @type {any} */ (globalThis);

export const library = /** @type {TerraDrawLibrary} */ (loaded.terraDraw);
export const adapters = /** @type {AdapterLibrary} */ (loaded.terraDrawMaplibreGlAdapter);
