// The small pictures of legends: one for an entry, drawn as the map draws what it stands for.
import { hatchPattern } from "./hatch.js";

/** @typedef {import("./layers.js").LegendEntry} LegendEntry */

const SVG = "http://www.w3.org/2000/svg";
const GROUND = "#f4efe6";

/** @param {string} tag @param {Record<string, string | number>} attributes */
function made(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** A bar of colours. @param {string[]} colors */
function bar(colors) {
  const svg = made("svg", { class: "sign--ramp", viewBox: `0 0 ${colors.length} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
  svg.append(...colors.map((fill, x) => made("rect", { x, width: 1.02, height: 1, fill })));
  return svg;
}

/** @param {LegendEntry} entry @returns {Element[]} */
function line({ color, dash }) {
  return [made("path", { d: "M1 13 L17 5", stroke: color, "stroke-width": 3, fill: "none", "stroke-dasharray": (dash ?? []).map((part) => part * 2).join(" ") })];
}

/** @param {LegendEntry} entry @returns {Element[]} */
function point({ color }) {
  return [made("circle", { cx: 9, cy: 9, r: 6, fill: color, stroke: "#ffffff", "stroke-width": 1.5 })];
}

/** A surface that says how strong it is filled, how it is edged and hatched is drawn on the ground of the map.
 * @param {LegendEntry} entry @returns {Element[]} */
function surface({ color, opacity, outline, hatch, dash }) {
  const box = { x: 2, y: 3, width: 14, height: 12, rx: 2 };
  const told = opacity !== undefined;
  const edge = { stroke: told ? outline || "none" : color, "stroke-width": 1.5, "stroke-dasharray": told ? (dash ?? []).join(" ") : "" };
  const ground = told ? [made("rect", { ...box, fill: GROUND })] : [];
  const pattern = hatch ? hatchPattern(hatch) : null;
  const fill = made("rect", { ...box, fill: color, "fill-opacity": opacity ?? 0.55, ...edge });
  if (!pattern) return [...ground, fill];
  return [pattern, ...ground, fill, made("rect", { ...box, fill: `url(#${pattern.id})`, ...edge })];
}

/** @param {LegendEntry} entry */
export function sign(entry) {
  if (entry.ramp) return bar(entry.ramp);
  if (entry.look) {
    const look = document.createElement("span");
    look.className = `sign sign--${entry.look}`;
    return look;
  }
  const svg = made("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" });
  const shape = entry.shape ?? "polygon";
  const draw = shape === "line" ? line : shape === "polygon" || shape === "mixed" ? surface : point;
  svg.append(...draw(entry));
  return svg;
}
