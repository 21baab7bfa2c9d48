// The buttons on the map: zoom, position, scale and attribution.
import { AttributionControl, ScaleControl } from "./maplibre.js";
import { addLocate } from "./locate.js";

const TOAST = 6000;

/** Words that come and go over the map, read aloud too. @returns {(words: string) => void} */
function toast() {
  const element = /** @type {HTMLElement | null} */ (document.querySelector("[data-map-toast]"));
  let timer = 0;
  return (words) => {
    if (!element) return;
    element.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (element.textContent = ""), TOAST);
  };
}

/** @param {import("maplibre-gl").Map} map */
export function addControls(map) {
  map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-left");
  map.addControl(new AttributionControl({ compact: true }), "bottom-left");
  const locate = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-locate]"));
  if (locate) addLocate(map, locate, toast());
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-zoom]"))) {
    button.addEventListener("click", () => (button.dataset.zoom === "in" ? map.zoomIn() : map.zoomOut()));
  }
}
