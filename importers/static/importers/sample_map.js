// The sample of a file over the layer as it is now: see at a glance whether it lies where it should.
import { createMap } from "../map/portal_map.js";
import { addSample, bringBack, CHANGE, showSample } from "./sample_layers.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {[number, number, number, number]} Bounds */

const container = /** @type {HTMLElement} */ (document.querySelector("#map"));
const legend = /** @type {HTMLElement} */ (document.querySelector("[data-legend]"));

/** @returns {Bounds | undefined} */
function extent() {
  const parts = (container.dataset.extent ?? "").split(",").map(Number);
  return parts.length === 4 && parts.every(Number.isFinite) && (container.dataset.extent ?? "") ? /** @type {Bounds} */ (parts) : undefined;
}

/** Only the base map and the layer that the file goes into: everything else is hidden. @param {PortalMap} map @param {string} slug */
function only(map, slug) {
  let found = false;
  for (const layer of map.getStyle().layers) {
    const source = "source" in layer ? layer.source : "";
    const group = /** @type {any} */ (layer.metadata)?.group;
    const isBase = !source || String(source).startsWith("base") || group === "base";
    found ||= source === slug;
    if (!isBase) map.setLayoutProperty(layer.id, "visibility", source === slug ? "visible" : "none");
  }
  return found;
}

/** @param {PortalMap} map @param {string} slug @param {boolean} on */
function showCurrent(map, slug, on) {
  for (const layer of map.getStyle().layers) {
    if ("source" in layer && layer.source === slug) map.setLayoutProperty(layer.id, "visibility", on ? "visible" : "none");
  }
}

/** A fact of a row; what becomes of it is said as the legend says it. @param {[string, unknown]} fact @returns {[string, unknown]} */
function inWords([name, value]) {
  if (name !== CHANGE) return [name, value];
  const item = legend.querySelector(`[data-change="${CSS.escape(String(value))}"]`);
  return [container.dataset.changeTitle ?? "", item?.textContent?.trim() ?? value];
}

/** The colours by which rows are told apart, where the check compared them. @param {GeoJSON.FeatureCollection} sample */
function showColours(sample) {
  const isCompared = sample.features.some(({ properties }) => properties?.[CHANGE]);
  /** @type {HTMLElement} */ (legend.querySelector("[data-changes]")).hidden = !isCompared;
  /** @type {HTMLElement} */ (legend.querySelector("[data-file-swatch]")).hidden = isCompared;
}

/** What the row under the pointer says, below the map. @param {GeoJSON.GeoJsonProperties} properties */
function tellRow(properties) {
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-row]"));
  place.replaceChildren(...Object.entries(properties ?? {}).map(inWords).flatMap(([name, value]) => {
    const [term, words] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    words.textContent = String(value);
    return [term, words];
  }));
  place.hidden = !place.children.length;
}

async function start() {
  const bounds = extent();
  const map = await createMap(container, bounds ? { bounds, padding: { top: 24, bottom: 24, left: 24, right: 24 } } : {});
  const answer = await fetch(container.dataset.sampleUrl ?? "", { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) return;
  const slug = container.dataset.slug ?? "";
  const hasCurrent = Boolean(slug) && only(map, slug);
  const sample = await answer.json();
  addSample(map, sample, tellRow);
  showColours(sample);
  bringBack(map, container);
  /** @type {HTMLElement} */ (legend.querySelector("[data-current-choice]")).hidden = !hasCurrent;
  legend.hidden = false;
  legend.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (box.dataset.show === "sample") showSample(map, box.checked);
    else showCurrent(map, slug, box.checked);
  });
  container.dataset.ready = "yes";
}

void start().catch(() => undefined);
