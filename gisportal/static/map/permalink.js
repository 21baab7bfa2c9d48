// Where you are and what you look at, in the part of the address after #: #map=15/38.24612/21.73451&layers=a,b&show=/issues/1/

/**
 * @typedef {object} Place
 * @property {[number, number]} [center] longitude, latitude
 * @property {number} [zoom]
 * @property {string[]} [layers] shown layers, when they are not those shown at first
 * @property {Record<string, number>} [fade] opacity by layer, when not 1
 * @property {string} [show] path of the page whose card is open
 */

/** @param {string} text @returns {Pick<Place, "center" | "zoom">} */
function readMap(text) {
  const [zoom, lat, lon] = text.split("/").map(Number);
  const known = [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return known ? { center: [lon, lat], zoom: Math.min(Math.max(zoom, 0), 22) } : {};
}

/** @param {string} text @returns {Record<string, number>} */
function readFade(text) {
  const pairs = text.split(",").map((pair) => pair.split(":"));
  return Object.fromEntries(pairs.map(([slug, share]) => [slug, Number(share)]).filter(([, share]) => Number(share) >= 0 && Number(share) < 1));
}

/** Only a path of this portal may be shown. @param {string} path */
function isOurPath(path) {
  return /^\/[a-z]/.test(path) && new URL(path, location.href).origin === location.origin;
}

/** @returns {Place} */
export function readPlace() {
  const words = new URLSearchParams(location.hash.slice(1));
  /** @type {Place} */
  const place = readMap(words.get("map") ?? "");
  const layers = words.get("layers");
  const show = words.get("show");
  if (layers !== null) place.layers = layers.split(",").filter(Boolean);
  if (words.has("fade")) place.fade = readFade(words.get("fade") ?? "");
  if (show && isOurPath(show)) place.show = show;
  return place;
}

/** @param {Place} place @returns {string} */
function written({ center, zoom, layers, fade, show }) {
  /** @type {string[]} */
  const parts = [];
  if (center && zoom !== undefined) parts.push(`map=${zoom.toFixed(2)}/${center[1].toFixed(5)}/${center[0].toFixed(5)}`);
  if (layers) parts.push(`layers=${layers.join(",")}`);
  const faded = Object.entries(fade ?? {}).filter(([, share]) => share < 1);
  if (faded.length) parts.push(`fade=${faded.map(([slug, share]) => `${slug}:${share}`).join(",")}`);
  if (show) parts.push(`show=${encodeURIComponent(decodeURI(show)).replaceAll("%2F", "/")}`);
  return parts.join("&");
}

/** Change some of the address. A card opened or closed is a step for the back button; a moved map is not.
 * @param {Partial<Place>} change @param {{ step?: boolean }} [how] */
export function writePlace(change, { step = false } = {}) {
  const hash = written({ ...readPlace(), ...change });
  const address = `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;
  if (step) history.pushState({ step: true }, "", address);
  else history.replaceState(history.state, "", address);
}
