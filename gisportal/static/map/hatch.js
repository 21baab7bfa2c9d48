// Hatching of surfaces by name: `hatch:<kind>:<#colour>:<spacing>[:<width>]`, as layers/styles/hatch.py writes it;
// spacing and width in CSS pixels, across the lines. An image for the map, a pattern for the legend.

/** @typedef {{ kind: string, color: string, spacing: number, width: number }} Hatch */

const NAME = /^hatch:([a-z-]{1,20}):(#[0-9a-f]{6}):(\d{1,2}(?:\.\d{1,2})?)(?::(\d{1,2}(?:\.\d{1,2})?))?$/i;
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1.2;
let patterns = 0;

/** @param {string} name @returns {Hatch | null} */
function hatchNamed(name) {
  const found = NAME.exec(name);
  if (!found) return null;
  return { kind: found[1], color: found[2], spacing: Number(found[3]), width: Number(found[4] ?? WIDTH) };
}

/** The side of the square that repeats. @param {Hatch} hatch */
function side({ kind, spacing }) {
  return ["diagonal", "back-diagonal", "cross"].includes(kind) ? spacing * Math.SQRT2 : spacing;
}

/** The lines in a square of that side, as SVG writes paths; those in the corners belong to its neighbours too.
 * @param {string} kind @param {number} at the side */
function lines(kind, at) {
  const rising = `M${-at} ${at}L${at} ${-at}M${-at} ${2 * at}L${2 * at} ${-at}M0 ${2 * at}L${2 * at} 0`;
  const falling = `M${-at} 0L${at} ${2 * at}M${-at} ${-at}L${2 * at} ${2 * at}M0 ${-at}L${2 * at} ${at}`;
  if (kind === "diagonal") return rising;
  if (kind === "back-diagonal") return falling;
  if (kind === "cross") return rising + falling;
  if (kind === "horizontal") return `M${-at} ${at / 2}L${2 * at} ${at / 2}`;
  return kind === "vertical" ? `M${at / 2} ${-at}L${at / 2} ${2 * at}` : "";
}

/** @param {number} at @param {number} width @returns {[number, number, number]} x, y, radius of the dot */
function dot(at, width) {
  return [at / 2, at / 2, width];
}

/** @param {string} name @param {number} ratio image pixels in a CSS pixel @returns {ImageData | null} */
export function hatchImage(name, ratio) {
  const hatch = hatchNamed(name);
  if (!hatch) return null;
  const at = Math.max(Math.round(side(hatch) * ratio), 2);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = at;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.strokeStyle = context.fillStyle = hatch.color;
  context.lineWidth = hatch.width * ratio;
  if (hatch.kind === "dots") {
    context.arc(...dot(at, hatch.width * ratio), 0, 2 * Math.PI);
    context.fill();
  } else context.stroke(new Path2D(lines(hatch.kind, at)));
  return context.getImageData(0, 0, at, at);
}

/** @param {string} tag @param {Record<string, string | number>} attributes */
function made(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** A pattern to fill shapes of an SVG with; the page holds each under an id of its own.
 * @param {string} name @returns {SVGPatternElement | null} */
export function hatchPattern(name) {
  const hatch = hatchNamed(name);
  if (!hatch) return null;
  const at = side({ ...hatch, spacing: Math.min(hatch.spacing, 5) });
  patterns += 1;
  const pattern = made("pattern", { id: `hatch-${patterns}`, width: at, height: at, patternUnits: "userSpaceOnUse" });
  const [cx, cy, r] = dot(at, Math.min(hatch.width, 1));
  if (hatch.kind === "dots") pattern.append(made("circle", { cx, cy, r, fill: hatch.color }));
  else pattern.append(made("path", { d: lines(hatch.kind, at), stroke: hatch.color, "stroke-width": Math.min(hatch.width, 1) }));
  return /** @type {SVGPatternElement} */ (pattern);
}
