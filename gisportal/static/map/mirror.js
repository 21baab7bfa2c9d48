// The list and the map show the same things: what the list points at is marked on the map.
import { Chosen } from "./chosen.js";
import { reveal } from "./visible.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("./home_map.js").Page} Page */

/** @param {EventTarget | null} target @returns {[number, number] | null} longitude, latitude of a row of the list */
function placeOf(target) {
  const row = /** @type {HTMLElement | null} */ (/** @type {Element | null} */ (target)?.closest("[data-lon]"));
  return row ? [Number(row.dataset.lon), Number(row.dataset.lat)] : null;
}

/** @param {PortalMap} map @param {Page} page */
export function mirrorList(map, page) {
  const chosen = new Chosen(map);
  /** @param {Event} event */
  const point = (event) => {
    const place = placeOf(event.target);
    if (place) chosen.point(place);
    else if (page.views.current === "home") chosen.clear();
  };
  page.sheet.body.addEventListener("pointerover", point);
  page.sheet.body.addEventListener("pointerleave", point);
  page.sheet.body.addEventListener("focusin", point);
  /** @param {{ lon?: string | number, lat?: string | number, stay?: boolean }} place */
  const mark = ({ lon, lat, stay = false }) => {
    if (lon === undefined) return;
    chosen.point([Number(lon), Number(lat)]);
    if (!stay) reveal(map, page.sheet, map.project([Number(lon), Number(lat)]));
  };
  document.addEventListener("home:point", (event) => mark(/** @type {CustomEvent} */ (event).detail));
  const { lon, lat } = page.pointed() ?? {};
  mark({ lon, lat });
}
