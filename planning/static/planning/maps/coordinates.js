// The coordinates under the pointer, in the Greek Grid and in degrees; of the middle of the map where there is no pointer.
import { copyable } from "./copying.js";
import { toGreekGrid } from "./egsa.js";

const GREEK_GRID = 2100;

/** @param {import("./page.js").Page} page */
export function add(page) {
  const { map, words, say, shell } = page;
  const part = page.part("coordinates");
  const grid = /** @type {HTMLElement} */ (part.querySelector("[data-grid]"));
  const degrees = /** @type {HTMLElement} */ (part.querySelector("[data-degrees]"));
  const hasGrid = Number(part.dataset.storage) === GREEK_GRID;
  if (!hasGrid) /** @type {HTMLElement} */ (grid.closest("[data-row]")).hidden = true;
  let isPointed = false;
  let frame = 0;
  /** @param {{ lng: number, lat: number }} place */
  const tell = ({ lng, lat }) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (hasGrid) grid.textContent = toGreekGrid(lng, lat).map((value) => value.toFixed(2)).join(", ");
      degrees.textContent = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    });
  };
  map.on("mousemove", ({ lngLat }) => {
    isPointed = true;
    tell(lngLat);
  });
  map.on("mouseout", () => {
    isPointed = false;
    tell(map.getCenter());
  });
  map.on("move", () => {
    if (!isPointed) tell(map.getCenter());
  });
  tell(map.getCenter());
  copyable(part, words("here"), say);
  shell.querySelector(".map-frame")?.append(part);
}
