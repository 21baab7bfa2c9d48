// The planner's map as a page: what every tool of it is given, and the order in which its parts come up.
import { addControls } from "../../map/controls.js";
import { createMap, MapUnavailable } from "../../map/portal_map.js";
import { SearchBox } from "../../map/search_box.js";
import { Sheet } from "../../ui/sheet.js";
import { toast } from "../../ui/toast.js";
import { Bar } from "./bar.js";
import { PlannedLayers } from "./layers.js";
import { SidePanel } from "./panel.js";
import { Pointer } from "./pointer.js";
import { MapState } from "./state.js";
import { showTree } from "./tree.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/**
 * @typedef {object} Page what a tool's `add(page)` is given
 * @property {PortalMap} map
 * @property {PlannedLayers} layers order, opacity, filters and dates of the layers
 * @property {MapState} state `state.get(name)` and `state.set(name, value)` keep a tool's part of permalink and saved map
 * @property {SidePanel} panel `panel.open(title, element, { closed })` is the one side panel
 * @property {Bar} tools `tools.button({ id, label, icon, onPress })` puts a button into the slim bar
 * @property {Bar} deeds the same for the row of Share, Print, Download, QGIS
 * @property {Pointer} pointer who gets clicks on the map
 * @property {(words: string) => void} say a short sentence that comes, is read aloud, and goes
 * @property {() => [number, number]} place longitude, latitude of the middle of what shows of the map
 * @property {(name: string) => DOMStringMap} words the translated words of `<div hidden data-words="name" data-…>`
 * @property {(name: string) => HTMLElement} part a copy of `<template data-part="name">`
 * @property {HTMLElement} shell
 */

/** @template {HTMLElement} T @param {string} selector @returns {T} */
export const one = (selector) => /** @type {T} */ (document.querySelector(selector));

/** @param {string} url @returns {Promise<any>} */
async function fetched(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new MapUnavailable(`${url} ${answer.status}`);
  return answer.json();
}

/** @param {string} name */
export function words(name) {
  return one(`[data-words="${name}"]`).dataset;
}

/** @param {string} name */
function part(name) {
  const template = /** @type {HTMLTemplateElement} */ (one(`template[data-part="${name}"]`));
  return /** @type {HTMLElement} */ (template.content.cloneNode(true)).firstElementChild;
}

/** @returns {Promise<Page>} */
export async function startPage() {
  const shell = one(".map-shell");
  const start = JSON.parse(one("#plan-start").textContent ?? "{}");
  const state = new MapState(start.content, Boolean(start.token));
  const { center, zoom } = state.content;
  const [map, catalogue, facts] = await Promise.all([
    createMap(one("#map"), { center, zoom, padding: { top: 72, right: 24, bottom: 24, left: 24 } }),
    fetched(shell.dataset.catalogueUrl ?? one("[data-catalogue-url]").dataset.catalogueUrl ?? ""),
    fetched(one("[data-facts-url]").dataset.factsUrl ?? ""),
  ]);
  const say = toast(one("[data-map-toast]"));
  addControls(map, say);
  const layers = new PlannedLayers(map, catalogue.groups, facts);
  const sheet = new Sheet(one(".map-shell > [data-sheet]"));
  /** @type {Page} */
  const page = {
    map, layers, state, say, words, shell,
    panel: new SidePanel(one("[data-side]")),
    tools: new Bar(one("[data-tool-bar]"), { isSlim: true }),
    deeds: new Bar(one("[data-deeds]"), { isSlim: false }),
    pointer: new Pointer(map),
    place: () => /** @type {[number, number]} */ (map.getCenter().toArray()),
    part: /** @type {Page["part"]} */ (part),
  };
  follow(page);
  showTree(page, sheet);
  search(page);
  return page;
}

/** The map does what the address says, and the address says what the map does. @param {Page} page */
function follow({ map, layers, state }) {
  let isFollowing = false;
  state.whenFollowed((content) => {
    isFollowing = true;
    layers.date(content);
    layers.restore(content.layers);
    if (content.center && state.followers.length > 1) map.jumpTo({ center: content.center, zoom: content.zoom });
    isFollowing = false;
  });
  layers.watch(() => {
    if (!isFollowing) state.put({ layers: layers.document() });
  });
  map.on("moveend", () => {
    const { lng, lat } = map.getCenter();
    state.put({ center: [lng, lat], zoom: map.getZoom() });
  });
}

/** Addresses, places, parcels and coordinates: the map goes there. @param {Page} page */
function search({ map }) {
  const box = new SearchBox(one("[data-search]"), (result) => {
    if (result.bbox) map.fitBounds(result.bbox, { padding: 72, maxZoom: 18 });
    else map.flyTo({ center: [result.lon, result.lat], zoom: result.zoom || 17 });
    document.dispatchEvent(new CustomEvent("plan:found", { detail: result }));
  }, () => /** @type {[number, number]} */ (map.getCenter().toArray()));
  document.addEventListener("keydown", (event) => {
    const typing = /** @type {HTMLElement} */ (event.target).closest("input, textarea, select");
    if (event.key !== "/" || typing) return;
    event.preventDefault();
    box.input.focus();
  });
}
