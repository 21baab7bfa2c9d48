// The page of a raster: its looks on a map, the value where somebody presses, a profile along a line.
import { createMap, MapUnavailable } from "../../map/portal_map.js";
import { fetchProfile, watchChart } from "./profile_chart.js";
import { placesIn, ProfileLine } from "./profile_line.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */

/** @template {HTMLElement} T @param {string} selector @returns {T | null} */
const one = (selector) => document.querySelector(selector);

const container = /** @type {HTMLElement} */ (one("#map"));
const valueBox = /** @type {HTMLElement} */ (one("[data-value]"));

/** Only the base map and one look. @param {PortalMap} map @param {string} look */
function show(map, look) {
  for (const layer of map.getStyle().layers) {
    const { slug, group } = /** @type {any} */ (layer.metadata)?.gisportal ?? {};
    const isBase = group === "base" && layer.type !== "raster";
    if (slug && !isBase) map.setLayoutProperty(layer.id, "visibility", slug === look ? "visible" : "none");
  }
  for (const legend of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-legend]"))) legend.hidden = legend.dataset.legend !== look;
}

/** @param {PortalMap} map @param {ProfileLine} line @param {[number, number]} place */
async function tellValue(map, line, [lon, lat]) {
  line.mark([lon, lat]);
  try {
    const answer = await fetch(`${container.dataset.valueUrl}?lon=${lon.toFixed(7)}&lat=${lat.toFixed(7)}`, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    valueBox.textContent = [told.text ?? told.message, told.ground].filter(Boolean).join(" · ");
  } catch {
    valueBox.textContent = valueBox.dataset.failed ?? "";
  }
}

/** The box of the piece to cut out is what the map shows. @param {PortalMap} map */
function followBox(map) {
  const field = one("#clip-box");
  const hint = one("[data-box-hint]");
  if (!(field instanceof HTMLInputElement) || !hint) return;
  hint.hidden = false;
  map.on("moveend", (event) => {
    if (!event.originalEvent) return;
    const bounds = map.getBounds();
    field.value = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((value) => value.toFixed(6)).join(",");
  });
}

/** @param {PortalMap | undefined} map */
function startProfile(map) {
  const result = one("[data-profile-result]");
  const form = /** @type {HTMLFormElement | null} */ (one("[data-profile-form]"));
  const field = /** @type {HTMLInputElement | null} */ (one("#line"));
  const line = map ? new ProfileLine(map, () => buttons()) : undefined;
  if (!result || !form || !field) return { line, isDrawing: () => false };
  const tools = /** @type {HTMLElement} */ (one("[data-drawing]"));
  const hint = /** @type {HTMLElement} */ (one("[data-draw-hint]"));
  const [draw, undo, clear] = /** @type {HTMLButtonElement[]} */ (["[data-draw-line]", "[data-undo-point]", "[data-clear-line]"].map(one));
  let drawing = false;

  function buttons() {
    undo.disabled = clear.disabled = !line?.points.length;
  }
  /** @param {boolean} on */
  function turn(on) {
    drawing = on;
    draw.setAttribute("aria-pressed", String(on));
    /** @type {HTMLElement} */ (draw.querySelector("span")).textContent = (on ? tools.dataset.done : tools.dataset.draw) ?? "";
    hint.textContent = on ? (tools.dataset.hint ?? "") : "";
    if (map) map.getCanvas().style.cursor = on ? "crosshair" : "";
  }
  const ask = async () => {
    const address = new URL(location.href);
    address.searchParams.set("line", field.value);
    const done = await fetchProfile(result, form.dataset.url ?? "", field.value, form.dataset.failed ?? "");
    if (!done) return;
    history.replaceState(history.state, "", address);
    watchChart(result, (place) => line?.mark(place));
  };
  draw.addEventListener("click", () => {
    if (drawing && line && line.points.length > 1) {
      field.value = line.text;
      ask();
    } else if (!drawing) line?.set([]);
    turn(!drawing);
  });
  undo.addEventListener("click", () => line?.takeBack());
  clear.addEventListener("click", () => line?.set([]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    line?.set(placesIn(field.value));
    ask();
  });
  tools.hidden = !map;
  if (field.value) {
    line?.set(placesIn(field.value));
    watchChart(result, (place) => line?.mark(place));
  }
  return { line, isDrawing: () => drawing };
}

async function start() {
  const numbers = (container.dataset.bounds ?? "").split(" ").map(Number);
  const bounds = /** @type {[number, number, number, number]} */ (numbers);
  const map = await createMap(container, { bounds, padding: { top: 24, right: 24, bottom: 24, left: 24 } });
  let look = container.dataset.look ?? "";
  show(map, look);
  container.addEventListener("map:restyled", () => show(map, look));
  one("[data-looks]")?.addEventListener("change", (event) => {
    look = /** @type {HTMLInputElement} */ (event.target).value;
    show(map, look);
  });
  followBox(map);
  const { line, isDrawing } = startProfile(map);
  map.on("click", ({ lngLat }) => {
    if (!line) return;
    if (isDrawing()) line.add([lngLat.lng, lngLat.lat]);
    else tellValue(map, line, [lngLat.lng, lngLat.lat]);
  });
}

start().catch((error) => {
  if (!(error instanceof MapUnavailable)) throw error;
  startProfile(undefined);
});
