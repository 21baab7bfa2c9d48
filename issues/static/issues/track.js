// The tracking page: a small map, the link to copy or share.
import { createMap } from "../map/portal_map.js";
import * as maplibre from "../map/maplibre.js";

const ZOOM = 16.5;

/** @param {HTMLElement} container */
async function showMap(container) {
  const place = /** @type {[number, number]} */ ([Number(container.dataset.lon), Number(container.dataset.lat)]);
  try {
    const map = await createMap(container, { center: place, zoom: ZOOM, interactive: false });
    const token = getComputedStyle(document.documentElement).getPropertyValue(`--look-${container.dataset.look}`).trim();
    new maplibre.Marker({ color: token || undefined }).setLngLat(place).addTo(map);
  } catch {
    // said in words in place of the map
  }
}

/** @param {HTMLButtonElement} button @param {HTMLInputElement} link */
function startCopy(button, link) {
  button.addEventListener("click", async () => {
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
    } catch {
      return; // the link stays selected, ready to be copied by hand
    }
    const done = button.dataset.done ?? "";
    /** @type {HTMLElement} */ (button.querySelector("span")).textContent = done;
    /** @type {HTMLElement} */ (document.querySelector("[data-copied]")).textContent = done;
  });
}

/** @param {HTMLButtonElement} button @param {HTMLInputElement} link */
function startShare(button, link) {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: button.dataset.title, url: link.value }).catch(() => {}));
}

const map = /** @type {HTMLElement | null} */ (document.querySelector("[data-track-map]"));
const link = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-link]"));
const copy = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-copy]"));
const share = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-share]"));
if (map) showMap(map);
if (link && copy) startCopy(copy, link);
if (link && share) startShare(share, link);
if (document.querySelector("[data-reward]")) history.replaceState(history.state, "", location.pathname);
