// What of the map is not under the sheet: its middle, and bringing a point into it.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("../ui/sheet.js").Sheet} Sheet */

const SEARCH = 76;
const EDGE = 56;

/** Pixels of the map free of the sheet and the search. @param {PortalMap} map @param {Sheet} sheet */
function free(map, sheet) {
  const frame = map.getContainer().getBoundingClientRect();
  const over = sheet.element.getBoundingClientRect();
  const besides = over.right <= frame.left + 1;
  const bottom = besides ? frame.height : Math.max(over.top - frame.top, SEARCH + 2 * EDGE);
  return { width: frame.width, top: besides ? 0 : SEARCH, bottom };
}

/** @param {PortalMap} map @param {Sheet} sheet @returns {{ x: number, y: number } & [number, number]} */
export function visibleMiddle(map, sheet) {
  const { width, top, bottom } = free(map, sheet);
  const middle = /** @type {[number, number]} */ ([width / 2, (top + bottom) / 2]);
  return Object.assign(middle, { x: middle[0], y: middle[1] });
}

/** @param {PortalMap} map @param {Sheet} sheet @returns {[number, number]} longitude, latitude of that middle */
export function visiblePlace(map, sheet) {
  const { lng, lat } = map.unproject(visibleMiddle(map, sheet));
  return [lng, lat];
}

/** Move the map when the point is, or is about to be, under the sheet or out of sight.
 * @param {PortalMap} map @param {Sheet} sheet @param {{ x: number, y: number }} point */
export function reveal(map, sheet, { x, y }) {
  sheet.raiseTo("half");
  requestAnimationFrame(() => {
    const frame = map.getContainer();
    const half = sheet.height === "half" && matchMedia("(max-width: 47.99rem)").matches;
    const { width, top, bottom } = half ? { width: frame.clientWidth, top: SEARCH, bottom: frame.clientHeight / 2 } : free(map, sheet);
    if (x > EDGE && x < width - EDGE && y > top + EDGE / 2 && y < bottom - EDGE / 2) return;
    map.panBy([x - width / 2, y - (top + bottom) / 2]);
  });
}
