// One drawing in the list of drawings: its colour and kind, its text, and what can be done with it.
import { icon } from "./bar.js";
import { element } from "./element.js";

/** @typedef {import("./drawings.js").Drawing} Drawing */
/** @typedef {{ isReshaped: boolean, text: (text: string) => void, reshape: () => void, show: () => void, remove: () => void }} Deeds */

const ICONS = { Point: "map-pin", LineString: "line", Polygon: "polygon" };
const LONGEST = 500;

/** @param {Drawing} drawing @param {DOMStringMap} words @param {Deeds} deeds */
export function drawingRow({ geometry, color, text }, words, deeds) {
  const kind = words[geometry.type.toLowerCase()] ?? "";
  const row = element("li", "plan-drawing");
  const sign = icon(ICONS[geometry.type]);
  sign.style.color = color;
  const input = element("input", "input plan-drawing__text");
  Object.assign(input, { type: "text", value: text, maxLength: LONGEST, placeholder: words.text });
  input.dataset.deed = "text";
  input.setAttribute("aria-label", `${words.text}: ${kind}`);
  input.addEventListener("change", () => deeds.text(input.value.trim()));
  row.append(sign, input);
  const name = text ? `${kind} ${text}` : kind;
  for (const [deed, sign, label] of /** @type {const} */ ([["show", "zoom-scan", words.show], ["reshape", "vector", words.reshape], ["remove", "trash", words.remove]])) {
    const button = element("button", "plan-layer__button");
    button.type = "button";
    button.title = label ?? "";
    button.dataset.deed = deed;
    if (deed === "reshape") button.setAttribute("aria-pressed", String(deeds.isReshaped));
    button.append(icon(sign), element("span", "visually-hidden", `${label}: ${name}`));
    button.addEventListener("click", () => deeds[deed]());
    row.append(button);
  }
  return row;
}
