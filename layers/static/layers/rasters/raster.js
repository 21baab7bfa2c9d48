// The page of a raster: its looks on a map, the value where somebody presses, a profile along a line.
import { createMap, MapUnavailable } from "../../map/portal_map.js";
import { fetchProfile, watchChart } from "./profile_chart.js";
import { placesIn, ProfileLine } from "./profile_line.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */

/** @template {HTMLElement} T @param {string} selector @returns {T | null} */
const one = (selector) => document.querySelector(selector);

const container = /** @type {HTMLElement} */ (one("#map"));
const valueBox = /** @type {HTMLElement} */ (one("[data-value]"));

/** Only the base map and one look. @param {PortalMap | undefined} map @param {string} look */
function show(map, look) {
  for (const legend of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-legend]"))) legend.hidden = legend.dataset.legend !== look;
  if (!map) return;
  for (const layer of map.getStyle().layers) {
    const { slug, group } = /** @type {any} */ (layer.metadata)?.gisportal ?? {};
    const isBase = group === "base" && layer.type !== "raster";
    if (slug && !isBase) map.setLayoutProperty(layer.id, "visibility", slug === look ? "visible" : "none");
  }
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

/** The form works at once; drawing, when the map is there. */
function startProfile() {
  const result = one("[data-profile-result]");
  const form = /** @type {HTMLFormElement | null} */ (one("[data-profile-form]"));
  const field = /** @type {HTMLInputElement | null} */ (one("#line"));
  /** @type {PortalMap | undefined} */
  let map;
  /** @type {ProfileLine | undefined} */
  let line;
  if (!result || !form || !field) return { isDrawing: () => false, useMap: (/** @type {PortalMap} */ made) => new ProfileLine(made, () => {}) };
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
  if (field.value) watchChart(result, (place) => line?.mark(place));
  return {
    isDrawing: () => drawing,
    useMap: (/** @type {PortalMap} */ made) => {
      map = made;
      line = new ProfileLine(made, buttons);
      line.set(placesIn(field.value));
      tools.hidden = false;
      return line;
    },
  };
}

/** The chosen look, before the map is there too. @returns {(map: PortalMap) => void} to be called when it is */
function followLook() {
  /** @type {PortalMap | undefined} */
  let map;
  const chosen = () => /** @type {HTMLInputElement | null} */ (one("[data-looks] input:checked"))?.value ?? container.dataset.look ?? "";
  const again = () => show(map, chosen());
  one("[data-looks]")?.addEventListener("change", again);
  container.addEventListener("map:restyled", again);
  again();
  return (made) => {
    map = made;
    again();
  };
}

const whenMade = followLook();
const profile = startProfile();

async function start() {
  const numbers = (container.dataset.bounds ?? "").split(" ").map(Number);
  const bounds = /** @type {[number, number, number, number]} */ (numbers);
  const map = await createMap(container, { bounds, padding: { top: 24, right: 24, bottom: 24, left: 24 } });
  whenMade(map);
  followBox(map);
  const line = profile.useMap(map);
  map.on("click", ({ lngLat }) => {
    if (profile.isDrawing()) line.add([lngLat.lng, lngLat.lat]);
    else tellValue(map, line, [lngLat.lng, lngLat.lat]);
  });
}

start().catch((error) => {
  if (!(error instanceof MapUnavailable)) throw error;
});
