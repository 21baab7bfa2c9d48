// The one way to make a map: our base style, the reader's theme, words for screen readers, and no surprises.
import * as maplibre from "./maplibre.js";
import { drawIconsWhenAsked, redrawIcons } from "./icons.js";
import { currentTheme, onThemeChange } from "../ui/theme.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("maplibre-gl").StyleSpecification} Style */
/** @typedef {import("maplibre-gl").LayerSpecification} Layer */
/**
 * @typedef {object} MapOptions
 * @property {"light" | "dark"} [theme] the reader's own when left out
 * @property {[number, number]} [center] longitude, latitude; the municipality when left out
 * @property {number} [zoom]
 * @property {[number, number, number, number]} [bounds] west, south, east, north; the municipality when left out
 * @property {boolean} [interactive]
 * @property {import("maplibre-gl").PaddingOptions} [padding] kept free around the municipality when the map opens on it
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

/** What other modules added or switched since the style was loaded stays when the theme changes it.
 * @param {Style | undefined} before @param {Style} next @returns {Style} */
function keepChanges(before, next) {
  if (!before) return next;
  const sources = { ...before.sources, ...next.sources };
  const old = new Map(before.layers.map((layer) => [layer.id, layer]));
  const restyled = next.layers.map((layer) => /** @type {Layer} */ ({ ...layer, layout: { ...layer.layout, visibility: old.get(layer.id)?.layout?.visibility ?? layer.layout?.visibility ?? "visible" } }));
  const ids = new Set(next.layers.map((layer) => layer.id));
  return { ...next, sources, layers: [...restyled, ...before.layers.filter((layer) => !ids.has(layer.id))] };
}

/** @param {PortalMap} map @param {HTMLElement} container */
function followTheme(map, container) {
  onThemeChange((theme) => {
    map.once("styledata", () => container.dispatchEvent(new CustomEvent("map:restyled")));
    map.setStyle(styleUrl(container, theme), { transformStyle: keepChanges });
    redrawIcons(map);
  });
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

/** Where asked, else where the page says, else the whole municipality. @param {Style} style @param {MapOptions} options @returns {Partial<import("maplibre-gl").MapOptions>} */
function whereToOpen(style, { center, zoom, padding, bounds: told }) {
  if (center) return { center, zoom: zoom ?? 16 };
  const bounds = told ?? /** @type {any} */ (style.metadata)?.gisportal?.bounds;
  return bounds ? { bounds, fitBoundsOptions: { padding: padding ?? 16 } } : {};
}

/** @param {HTMLElement} container @param {MapOptions} options @returns {Promise<PortalMap>} */
async function build(container, options) {
  const [style] = await Promise.all([fetchStyle(styleUrl(container, options.theme ?? currentTheme())), fontReady()]);
  const map = new maplibre.Map({
    container,
    style,
    ...whereToOpen(style, options),
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
  drawIconsWhenAsked(map);
  if (!options.theme) followTheme(map, container);
  await new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("webglcontextlost", () => reject(new MapUnavailable("webgl")));
  });
  return map;
}
