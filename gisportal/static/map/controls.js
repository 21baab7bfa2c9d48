// The buttons on the map: zoom, position, scale and attribution.
import { AttributionControl, ScaleControl } from "./maplibre.js";
import { addLocate } from "./locate.js";

/** @param {import("maplibre-gl").Map} map @param {(words: string) => void} say */
export function addControls(map, say) {
  map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-left");
  map.addControl(new AttributionControl({ compact: true }), "bottom-left");
  // Folded from the start: its one line would lie over the map of a phone.
  map.getContainer().querySelector(".maplibregl-ctrl-attrib")?.classList.remove("maplibregl-compact-show");
  map.getContainer().querySelector(".maplibregl-ctrl-attrib")?.removeAttribute("open");
  const locate = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-locate]"));
  if (locate) addLocate(map, locate, say);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-zoom]"))) {
    button.addEventListener("click", () => (button.dataset.zoom === "in" ? map.zoomIn() : map.zoomOut()));
  }
}
