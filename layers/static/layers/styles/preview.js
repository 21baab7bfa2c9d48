// The map of the editor: the layer alone on the base map, drawn as the form says.
import { ours, replaceFragments } from "../../map/fragments.js";
import { createMap } from "../../map/portal_map.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").LayerSpecification} Layer */
/** @typedef {[number, number, number, number]} Bounds */

export class Preview {
  /** @param {PortalMap} map @param {string} slug */
  constructor(map, slug) {
    this.map = map;
    this.slug = slug;
  }

  /** Only the base map and the layer: everything else is hidden. */
  alone() {
    for (const layer of this.map.getStyle().layers) {
      const { group, slug } = ours(layer);
      if (group && group !== "base" && slug !== this.slug) this.map.setLayoutProperty(layer.id, "visibility", "none");
    }
  }

  /** @param {Layer[]} fragments complete layers, in place of those that the layer has */
  show(fragments) {
    replaceFragments(this.map, this.slug, fragments);
  }
}

/** The scale at which the map is drawn, as in layers/styles/scales.py. @param {PortalMap} map @param {HTMLElement} place */
function tellScale(map, place) {
  const shown = () => {
    const scale = 78271.51696402048 * Math.cos((map.getCenter().lat * Math.PI) / 180) / 2 ** map.getZoom() / 0.00028;
    const said = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 }).format(scale);
    place.textContent = `${place.dataset.words} 1:${said}`;
  };
  map.on("moveend", shown);
  shown();
}

/** @param {HTMLElement} container @returns {Promise<Preview>} */
export async function createPreview(container) {
  const parts = (container.dataset.extent || "?").split(",").map(Number);
  const bounds = parts.length === 4 && parts.every(Number.isFinite) ? /** @type {Bounds} */ (parts) : undefined;
  const map = await createMap(container, bounds ? { bounds } : {});
  const preview = new Preview(map, container.dataset.slug ?? "");
  preview.alone();
  const place = document.querySelector("[data-scale]");
  if (place instanceof HTMLElement) tellScale(map, place);
  return preview;
}
