// A tap, a click, or Enter on the map: a cluster opens up, a thing shows its card, and what else is there is listed.
import { addCrosshair } from "./crosshair.js";
import { Chosen } from "./chosen.js";
import { isCluster } from "./picking.js";
import { reveal, visibleMiddle } from "./visible.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("./home_map.js").Page} Page */
/** @typedef {import("./picking.js").Picking} Picking */

const ALSO = 7;

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const one = (selector) => /** @type {T} */ (document.querySelector(selector));

/** @param {PortalMap} map @param {Page} page @param {Picking} picking */
export function pickOnMap(map, page, picking) {
  const chosen = new Chosen(map);
  /** @param {{ x: number, y: number }} point @returns {Promise<boolean>} whether something was there */
  const pick = async (point) => {
    const features = picking.features(point);
    if (features[0] && isCluster(features[0])) return expand(map, features[0]);
    const hits = picking.hits(features);
    if (!hits.length) return false;
    chosen.mark(hits[0].feature);
    reveal(map, page.sheet, point);
    await page.show(hits[0].path);
    also(hits.slice(1, ALSO));
    return true;
  };
  map.on("click", ({ point }) => pick(point));
  pointAtThings(map, picking);
  addCrosshair(map, () => visibleMiddle(map, page.sheet), async (point) => {
    if (!(await pick(point))) page.say(one("[data-card]").dataset.nothing ?? "");
  });
  document.addEventListener("home:closed", () => chosen.clear());
}

/** The hand over what can be picked, looked up once a frame at most. @param {PortalMap} map @param {Picking} picking */
function pointAtThings(map, picking) {
  let frame = 0;
  map.on("mousemove", ({ point }) => {
    if (frame || map.isMoving()) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      map.getCanvas().style.cursor = picking.isAt(point) ? "pointer" : "";
    });
  });
}

/** Nearer, until the cluster falls apart. @param {PortalMap} map @param {import("maplibre-gl").MapGeoJSONFeature} cluster */
function expand(map, cluster) {
  const center = /** @type {[number, number]} */ (/** @type {import("geojson").Point} */ (cluster.geometry).coordinates);
  map.easeTo({ center, zoom: Math.min(map.getZoom() + 2, 17) });
  return true;
}

/** What else is at the same place. @param {import("./picking.js").Hit[]} hits */
function also(hits) {
  one("[data-also]").hidden = hits.length === 0;
  one("[data-also-list]").replaceChildren(...hits.map(({ path, title }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: path, className: "also-row", textContent: title });
    link.dataset.show = path;
    item.append(link);
    return item;
  }));
}
