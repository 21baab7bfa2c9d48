// MapLibre with the address of its worker set: the only door to the library, so that a new version is one change.
import * as maplibre from "../vendor/maplibre-gl/maplibre-gl.mjs";

const told = /** @type {HTMLElement | null} */ (document.querySelector("[data-worker-url]"))?.dataset.workerUrl;
maplibre.setWorkerUrl(new URL(told ?? "../vendor/maplibre-gl/maplibre-gl-worker.mjs", told ? location.href : import.meta.url).href);

export * from "../vendor/maplibre-gl/maplibre-gl.mjs";
