// The one way to make a map: our base style, the reader's theme, words for screen readers, and no surprises.
import * as maplibre from "./maplibre.js";
import { addMissingIcon } from "./icons.js";
import { currentTheme, onThemeChange } from "../ui/theme.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").StyleSpecification} Style */
/**
 * @typedef {object} MapOptions
 * @property {"light" | "dark"} [theme] the reader's own when left out
 * @property {[number, number]} [center] longitude, latitude; the municipality when left out
 * @property {number} [zoom]
 * @property {boolean} [interactive]
 */

export class MapUnavailable extends Error {}

const GREEK_AND_LATIN = "Ωω Aa 0";

/** @param {HTMLElement} container @param {string} theme */
function styleUrl(container, theme) {
  const url = new URL(container.dataset.styleUrl ?? "/map/style.json", location.href);
  url.searchParams.set("theme", theme);
  return url.href;
}

/** @param {string} url @returns {Promise<Style>} */
async function fetchStyle(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new MapUnavailable(`style ${answer.status}`);
  return answer.json();
}

/** Labels are drawn from the page's font: have it before the first tile. */
async function fontReady() {
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 16px "Noto Sans Variable"`, GREEK_AND_LATIN))).catch(() => []);
}

/** What other modules added since the style was loaded stays when the theme changes it.
 * @param {Style | undefined} before @param {Style} next @returns {Style} */
function keepAdded(before, next) {
  if (!before) return next;
  const added = Object.entries(before.sources).filter(([id]) => !(id in next.sources));
  const kept = new Set(added.map(([id]) => id));
  const layers = before.layers.filter((layer) => "source" in layer && kept.has(layer.source));
  return { ...next, sources: { ...next.sources, ...Object.fromEntries(added) }, layers: [...next.layers, ...layers] };
}

/** Say in words, in the place of the map, that it cannot be drawn. @param {HTMLElement} container */
function sayUnavailable(container) {
  const words = /** @type {HTMLElement | null} */ (container.parentElement?.querySelector("[data-map-failed]"));
  if (!words) return;
  words.textContent = container.dataset.failed ?? "";
  words.hidden = false;
}

/**
 * Makes the map and resolves when its style is loaded. Rejects with MapUnavailable, after saying so in words,
 * when the device has no WebGL or the style cannot be had: a page must go on without its map.
 * @param {HTMLElement} container @param {MapOptions} [options] @returns {Promise<PortalMap>}
 */
export async function createMap(container, options = {}) {
  try {
    return await build(container, options);
  } catch (error) {
    sayUnavailable(container);
    throw error instanceof MapUnavailable ? error : new MapUnavailable(String(error));
  }
}

/** @param {HTMLElement} container @param {MapOptions} options @returns {Promise<PortalMap>} */
async function build(container, options) {
  const [style] = await Promise.all([fetchStyle(styleUrl(container, options.theme ?? currentTheme())), fontReady()]);
  const map = new maplibre.Map({
    container,
    style,
    ...(options.center ? { center: options.center } : {}),
    ...(options.zoom === undefined ? {} : { zoom: options.zoom }),
    interactive: options.interactive ?? true,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
    locale: { "Map.Title": container.dataset.label ?? "" },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  addMissingIcon(map);
  if (!options.theme) {
    onThemeChange((theme) => map.setStyle(styleUrl(container, theme), { transformStyle: keepAdded }));
  }
  await new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("webglcontextlost", () => reject(new MapUnavailable("webgl")));
  });
  return map;
}
