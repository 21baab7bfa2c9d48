// Icons on the map, drawn when a layer first asks for one.
//
// Names: `icon:bulb` is the outline icon in the text colour, `white:bulb` in white; `pin:open:bulb` a pin in the
// colour of a look with the icon on it; looks are open, progress, fixed, rejected. A trailing `:overdue` gives the
// pin a red edge. `hatch:…` is the pattern of a hatched surface (hatch.js).
import { hatchImage } from "./hatch.js";

const BASE = new URL("/icons/", location.href);
const RATIO = 2;
const LOOKS = ["open", "progress", "fixed"];

/** @param {string} name of a token @returns {string} its colour now */
function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @param {string} svg @param {number} size in CSS pixels @returns {Promise<HTMLImageElement>} */
async function drawn(svg, size) {
  const image = new Image(size * RATIO, size * RATIO);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/** @param {string} name @param {string} colour @param {number} size @returns {Promise<HTMLImageElement>} */
async function icon(name, colour, size) {
  const safe = /^[a-z0-9-]+$/.test(name) ? name : "map-pin";
  let answer = await fetch(new URL(`${safe}.svg`, BASE));
  if (!answer.ok) answer = await fetch(new URL("map-pin.svg", BASE));
  const svg = (await answer.text()).replaceAll("currentColor", colour).replace('width="24"', `width="${size * RATIO}"`).replace('height="24"', `height="${size * RATIO}"`);
  return drawn(svg, size);
}

/** @param {number} width @param {number} height @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
function canvas(width, height) {
  const element = document.createElement("canvas");
  element.width = width * RATIO;
  element.height = height * RATIO;
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
  context.scale(RATIO, RATIO);
  return [element, context];
}

/** @param {HTMLCanvasElement} element */
function pixels(element) {
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
  return context.getImageData(0, 0, element.width, element.height);
}

/** Each look has its own outline, for those who do not see its colour.
 * @param {CanvasRenderingContext2D} context @param {string} look */
function outline(context, look) {
  context.beginPath();
  if (look === "fixed") context.arc(18, 17, 13, 0, 2 * Math.PI);
  else if (look === "rejected") context.roundRect(6, 5, 24, 24, 4);
  else {
    const radius = look === "progress" ? 5 : 13;
    context.roundRect(5, 4, 26, 26, radius);
    context.moveTo(12, 29.5);
    context.lineTo(18, 38);
    context.lineTo(24, 29.5);
  }
}

/** @param {string} look @param {string} name @param {boolean} overdue @returns {Promise<ImageData>} */
async function pin(look, name, overdue) {
  const [element, context] = canvas(36, 42);
  const dark = look === "open";
  context.lineJoin = "round";
  outline(context, look);
  context.strokeStyle = overdue ? token("--look-overdue") : "#ffffff";
  context.lineWidth = overdue ? 5 : 4;
  context.shadowColor = "rgb(0 0 0 / 35%)";
  context.shadowBlur = 4;
  context.stroke();
  context.shadowColor = "transparent";
  outline(context, look);
  context.fillStyle = token(`--look-${look}`) || token("--look-open");
  context.fill();
  context.drawImage(await icon(name, dark ? "#2b1c00" : "#ffffff", 18), 9, 8, 18, 18);
  return pixels(element);
}

/** @param {string} name @param {string} colour @returns {Promise<ImageData>} */
async function plain(name, colour) {
  const [element, context] = canvas(24, 24);
  context.drawImage(await icon(name, colour, 20), 2, 2, 20, 20);
  return pixels(element);
}

/** @param {number[]} parts open, in progress, fixed @returns {Promise<ImageData>} */
async function ring(parts) {
  const [element, context] = canvas(44, 44);
  const all = Math.max(parts.reduce((sum, part) => sum + part, 0), 1);
  context.beginPath();
  context.arc(22, 22, 19, 0, 2 * Math.PI);
  context.fillStyle = token("--color-surface");
  context.shadowColor = "rgb(0 0 0 / 40%)";
  context.shadowBlur = 4;
  context.fill();
  context.shadowColor = "transparent";
  context.lineWidth = 5;
  let from = -Math.PI / 2;
  for (const [index, look] of LOOKS.entries()) {
    const to = from + (2 * Math.PI * (parts[index] || 0)) / all;
    context.beginPath();
    context.arc(22, 22, 15.5, from, to);
    context.strokeStyle = token(`--look-${look}`);
    context.stroke();
    from = to;
  }
  return pixels(element);
}

/** @param {string} id @returns {Promise<ImageData> | ImageData | null} */
function draw(id) {
  const [kind, first, second, third] = id.split(":");
  if (kind === "ring") return ring(id.split(":").slice(1).map(Number));
  if (kind === "pin" && first && second) return pin(first, second, third === "overdue");
  if (kind === "hatch") return hatchImage(id, RATIO);
  if (kind === "white" && first) return plain(first, "#ffffff");
  return kind === "icon" && first ? plain(first, token("--color-text")) : null;
}

/** Draw whatever icon a layer asks for. @param {import("maplibre-gl").Map} map */
export function drawIconsWhenAsked(map) {
  map.setMissingStyleImageResolver(async (id) => {
    const image = await draw(id);
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: RATIO });
  });
}

/** The colours of the theme changed: draw again what was drawn. @param {import("maplibre-gl").Map} map */
export async function redrawIcons(map) {
  for (const id of map.listImages()) {
    const image = await draw(id);
    if (image && map.hasImage(id)) map.updateImage(id, image);
  }
}
