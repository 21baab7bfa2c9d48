// A planning map in the part of the address after #, as words a person can read: #map=15/38.2/21.7&layers=a,b~0.5&valid=2020-01-01

/**
 * @typedef {object} ShownLayer
 * @property {string} slug
 * @property {number} [opacity]
 * @property {string} [style]
 * @property {string} [filter] CQL2 text
 */
/**
 * @typedef {object} Swipe
 * @property {number} [at] share of the width
 * @property {string} [left] the layer that is on the left half alone
 * @property {string} [right]
 * @property {string} [valid] the dates of the right half
 * @property {string} [known]
 */
/**
 * @typedef {object} Content what planning/maps/content.py reads and writes
 * @property {ShownLayer[]} [layers] from the bottom; left out: those shown at first
 * @property {[number, number]} [center]
 * @property {number} [zoom]
 * @property {string} [valid]
 * @property {string} [known]
 * @property {import("geojson").FeatureCollection} [drawings]
 * @property {Swipe} [swipe]
 * @property {Record<string, any>} [tools]
 */

// Longer addresses are cut by mail programs and chats.
export const LONGEST_DRAWINGS = 5000;
const KEPT = "kept";
const FILTER = "filter.";

/** @param {string} text */
const coded = (text) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%20", "+").replaceAll("%7B", "{").replaceAll("%7D", "}");

/** Without blanks at the end. @param {(string | number | undefined)[]} parts */
const joined = (parts) => parts.map((part) => part ?? "").join("~").replace(/~+$/, "");

/** @param {ShownLayer} layer */
function shortLayer({ slug, opacity = 1, style }) {
  return joined([slug, opacity === 1 ? "" : opacity, style]);
}

/** @param {string} text @returns {ShownLayer} */
function readLayer(text) {
  const [slug, opacity, style] = text.split("~");
  const share = Number(opacity);
  return { slug, ...(opacity && share >= 0 && share < 1 ? { opacity: share } : {}), ...(style ? { style } : {}) };
}

/** @param {Swipe} swipe */
function shortSwipe({ at = 0.5, left, right, valid, known }) {
  return joined([Number(at.toFixed(3)), left, right, valid, known]);
}

/** @param {string} text @returns {Swipe} */
function readSwipe(text) {
  const [at, left, right, valid, known] = text.split("~");
  const share = Number(at);
  return Object.fromEntries(Object.entries({ at: share >= 0 && share <= 1 ? share : 0.5, left, right, valid, known }).filter(([, value]) => value !== "" && value !== undefined));
}

/** @param {import("geojson").FeatureCollection} drawings @param {boolean} isSaved */
function shortDrawings(drawings, isSaved) {
  const rows = drawings.features.map(({ geometry, properties }) => {
    const { type, coordinates } = /** @type {import("geojson").Point} */ (geometry);
    return [type, coordinates, properties?.color ?? "", properties?.text ?? ""];
  });
  const text = JSON.stringify(rows);
  if (text.length <= LONGEST_DRAWINGS) return text;
  return isSaved ? KEPT : "";
}

/** @param {string} text @param {Content} saved @returns {import("geojson").FeatureCollection | undefined} */
function readDrawings(text, saved) {
  if (text === KEPT) return saved.drawings;
  const features = JSON.parse(text).map((/** @type {any[]} */ [type, coordinates, color, words]) => ({ type: "Feature", geometry: { type, coordinates }, properties: { ...(color ? { color } : {}), ...(words ? { text: words } : {}) } }));
  return { type: "FeatureCollection", features };
}

/** @param {string} text @returns {Pick<Content, "center" | "zoom">} */
function readPlace(text) {
  const [zoom, lat, lon] = text.split("/").map(Number);
  const known = [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return known ? { center: [lon, lat], zoom: Math.min(Math.max(zoom, 0), 22) } : {};
}

/** The words of a content; drawings too large for an address are left to the saved map.
 * @param {Content} content @param {{ isSaved?: boolean }} [how] @returns {string} */
export function written({ layers, center, zoom, valid, known, drawings, swipe, tools }, { isSaved = false } = {}) {
  /** @type {[string, string][]} */
  const words = [];
  if (center && zoom !== undefined) words.push(["map", `${zoom.toFixed(2)}/${center[1].toFixed(6)}/${center[0].toFixed(6)}`]);
  if (layers) words.push(["layers", layers.map(shortLayer).join(",")]);
  for (const { slug, filter } of layers ?? []) if (filter) words.push([FILTER + slug, coded(filter)]);
  if (valid) words.push(["valid", coded(valid)]);
  if (known) words.push(["known", coded(known)]);
  if (swipe) words.push(["swipe", coded(shortSwipe(swipe))]);
  if (drawings?.features.length) words.push(["draw", coded(shortDrawings(drawings, isSaved))]);
  if (tools && Object.keys(tools).length) words.push(["tools", coded(JSON.stringify(tools))]);
  return words.filter(([name, value]) => value || name === "layers").map((pair) => pair.join("=")).join("&");
}

/** @template T @param {() => T} attempt @returns {T | undefined} what an address says that nobody can read is left out */
function readable(attempt) {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

/** @param {string} hash @param {Content} saved @returns {Content | null} null when it says nothing of a map */
export function read(hash, saved = {}) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  if (!["map", "layers", "valid", "known", "swipe", "draw", "tools"].some((name) => words.has(name))) return null;
  /** @type {Content} */
  const content = readPlace(words.get("map") ?? "");
  const layers = words.get("layers");
  if (layers !== null) content.layers = layers.split(",").filter(Boolean).map(readLayer);
  for (const layer of content.layers ?? []) if (words.get(FILTER + layer.slug)) layer.filter = words.get(FILTER + layer.slug) ?? "";
  for (const name of /** @type {const} */ (["valid", "known"])) if (words.get(name)) content[name] = words.get(name) ?? "";
  if (words.get("swipe")) content.swipe = readSwipe(words.get("swipe") ?? "");
  const drawings = words.get("draw") && readable(() => readDrawings(words.get("draw") ?? "", saved));
  if (drawings) content.drawings = drawings;
  const tools = words.get("tools") && readable(() => JSON.parse(words.get("tools") ?? ""));
  if (tools && typeof tools === "object") content.tools = tools;
  return content;
}
