// The map of the home page: layers, picking, the list of what is near. The page works, in words, without it.
import { createMap, MapUnavailable } from "./portal_map.js";
import { addControls } from "./controls.js";
import { IssueFilter } from "./issue_filter.js";
import { LayerTree } from "./layer_tree.js";
import { MapLayers } from "./layers.js";
import { Nearby } from "./nearby.js";
import { mirrorList } from "./mirror.js";
import { pickOnMap } from "./pick_on_map.js";
import { Picking } from "./picking.js";
import { readPlace, writePlace } from "./permalink.js";
import { SearchBox } from "./search_box.js";
import { visiblePlace } from "./visible.js";

/**
 * @typedef {object} Page
 * @property {import("../ui/sheet.js").Sheet} sheet
 * @property {import("./panel_views.js").PanelViews} views
 * @property {import("./cards.js").Card} card
 * @property {(path: string, how?: { step?: boolean }) => Promise<boolean>} show
 * @property {(words: string) => void} say
 * @property {() => DOMStringMap | null} pointed what the list points at, while its card is open
 */
/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("./search_box.js").Result} Result */

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const one = (selector) => /** @type {T} */ (document.querySelector(selector));

/** @returns {Promise<import("./layers.js").CatalogueGroup[]>} */
async function fetchCatalogue() {
  const answer = await fetch(one("[data-catalogue-url]").dataset.catalogueUrl ?? "", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new MapUnavailable(`catalogue ${answer.status}`);
  return (await answer.json()).groups;
}

/** Where the server says that most of it happens. @returns {[number, number, number, number] | undefined} */
function opensOn() {
  const bounds = one("#map").dataset.bounds?.split(" ").map(Number);
  return bounds?.length === 4 ? [bounds[0], bounds[1], bounds[2], bounds[3]] : undefined;
}

/** What search and sheet cover on a phone. @returns {import("maplibre-gl").PaddingOptions} */
function aroundPanel() {
  const phone = matchMedia("(max-width: 47.99rem)").matches;
  return { top: phone ? 88 : 24, right: 24, bottom: phone ? 200 : 24, left: 24 };
}

/** @param {Page} page */
export async function startHomeMap(page) {
  /** @type {PortalMap | undefined} */
  let map;
  /** @type {Result | undefined} found while the map was not there yet, or never will be */
  let found;
  /** @returns {[number, number] | null} */
  const middle = () => (map ? visiblePlace(map, page.sheet) : found ? [found.lon, found.lat] : null);
  const filter = new IssueFilter(one("[data-filters]"), () => nearby.refresh());
  const nearby = new Nearby(one("[data-nearby]"), middle, () => filter.wanted());
  const search = new SearchBox(one("[data-search]"), (result) => {
    found = result;
    if (map) goTo(map, page, result);
    else listAround(result, page, nearby);
  }, middle);
  document.addEventListener("keydown", (event) => focusSearch(event, search));
  try {
    const { center, zoom } = readPlace();
    const catalogue = fetchCatalogue();
    map = await createMap(one("#map"), { center, zoom, bounds: opensOn(), padding: aroundPanel() });
    addControls(map, page.say);
    await fill(map, page, await catalogue, filter, nearby);
    nearby.place = "";
    if (found) goTo(map, page, found);
  } catch (error) {
    if (!(error instanceof MapUnavailable)) throw error;
    console.warn(error.message);
  }
}

/** Without a map: the list around what was found. @param {Result} result @param {Page} page @param {Nearby} nearby */
function listAround(result, page, nearby) {
  nearby.place = result.title;
  nearby.refresh();
  if (hasCard(result.url)) page.show(result.url);
}

/** Whether the page at this path can be shown as a card. @param {string} path */
function hasCard(path) {
  return /^\/(issues|assets|layers)\//.test(path);
}

/** “/” goes to the search, unless somebody is typing. @param {KeyboardEvent} event @param {SearchBox} search */
function focusSearch(event, search) {
  const typing = /** @type {HTMLElement} */ (event.target).closest("input, textarea, select");
  if (event.key !== "/" || typing) return;
  event.preventDefault();
  search.input.focus();
}

/** @param {PortalMap} map @param {Page} page @param {Result} result */
function goTo(map, page, result) {
  if (result.bbox) map.fitBounds(result.bbox, { padding: { ...aroundPanel() }, maxZoom: 17 });
  else map.flyTo({ center: [result.lon, result.lat], zoom: result.zoom || 17 });
  document.dispatchEvent(new CustomEvent("home:point", { detail: { lon: result.lon, lat: result.lat, stay: true } }));
  if (hasCard(result.url)) page.show(result.url);
  else page.sheet.set("peek");
}

/** @param {PortalMap} map @param {Page} page @param {import("./layers.js").CatalogueGroup[]} groups @param {IssueFilter} filter @param {Nearby} nearby */
async function fill(map, page, groups, filter, nearby) {
  const layers = new MapLayers(map, groups);
  restore(layers);
  new LayerTree(one("[data-layer-tree]"), layers, () => remember(layers)).draw();
  const apply = () => filter.apply(map, layers);
  filter.form.addEventListener("change", apply);
  apply();
  watchMap(map, nearby, readPlace().center !== undefined);
  pickOnMap(map, page, new Picking(map, layers));
  mirrorList(map, page);
}

/** The layers that the address names, as strong as it says. @param {MapLayers} layers */
function restore(layers) {
  const { layers: wanted, fade } = readPlace();
  if (wanted) for (const { slug } of layers.catalogue) layers.set(slug, wanted.includes(slug));
  for (const [slug, share] of Object.entries(fade ?? {})) layers.fade(slug, share);
}

/** @param {MapLayers} layers */
function remember(layers) {
  const shown = layers.catalogue.filter(({ slug }) => layers.shown.has(slug));
  const usual = layers.catalogue.every(({ slug, is_shown }) => layers.shown.has(slug) === is_shown);
  writePlace({ layers: usual ? undefined : shown.map(({ slug }) => slug), fade: Object.fromEntries(layers.fades) });
}

/** The first list is the newest; the map's middle counts once somebody moved it, or came to a place by a link.
 * @param {PortalMap} map @param {Nearby} nearby @param {boolean} cameToPlace */
function watchMap(map, nearby, cameToPlace) {
  map.on("moveend", () => {
    const { lng, lat } = map.getCenter();
    writePlace({ center: [lng, lat], zoom: map.getZoom() });
    nearby.later();
  });
  if (cameToPlace) nearby.later();
}
