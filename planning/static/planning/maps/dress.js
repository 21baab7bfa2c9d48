// The looks of a layer that the reader may choose from, and how a layer of the map changes into one.
import { currentTheme } from "../../ui/theme.js";
import { element } from "./element.js";

/** @typedef {import("./layers.js").PlannedLayers} PlannedLayers */
/** @typedef {import("../../map/layers.js").LegendEntry} LegendEntry */
/** @typedef {{ slug: string, title: string, is_first: boolean, address: string }} Look see layers/styles/urls.py */

/** @param {string} address @returns {Promise<any>} null where there is no answer, or none for this reader */
async function asked(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {PlannedLayers} layers @param {string} slug @returns {Promise<Look[]>} */
async function looksOf(layers, slug) {
  const address = layers.facts[slug]?.looks;
  return (address && (await asked(address))?.styles) || [];
}

export class Dresser {
  /** @param {PlannedLayers} layers */
  constructor(layers) {
    this.layers = layers;
    /** What the signs of another look than the usual mean. @type {Map<string, LegendEntry[]>} */
    this.legends = new Map();
  }

  /** Draw the layer in this look; in its usual one when the look is gone. @param {string} slug @param {string} style blank for the usual */
  async dress(slug, style) {
    const looks = await looksOf(this.layers, slug);
    const look = looks.find((one) => (style ? one.slug === style : one.is_first));
    const drawn = look && (await asked(`${look.address}?theme=${currentTheme()}`));
    if (!drawn || (this.layers.looks.get(slug) ?? "") !== style) return;
    if (style) this.legends.set(slug, drawn.legend);
    else this.legends.delete(slug);
    this.replace(slug, drawn.fragments);
  }

  /** @param {string} slug @param {any[]} fragments */
  replace(slug, fragments) {
    const { layers } = this;
    const { map } = layers;
    const old = layers.drawn(slug).map(({ id }) => id);
    const all = map.getStyle().layers;
    const next = all[all.findLastIndex((layer) => "source" in layer && layer.source === slug) + 1]?.id;
    for (const id of old) map.removeLayer(id);
    for (const fragment of fragments) map.addLayer({ ...fragment, layout: { ...fragment.layout, visibility: layers.shown.has(slug) ? "visible" : "none" } }, next);
    for (const key of [...layers.paint.keys()]) if ([...old, ...fragments.map(({ id }) => id)].includes(key.split(" ")[0])) layers.paint.delete(key);
    if (layers.fades.has(slug)) layers.fade(slug, layers.fades.get(slug) ?? 1);
    layers.arrange();
  }
}

/** A list of looks in the row of a layer, where there is more than one. @param {PlannedLayers} layers @param {string} slug @param {HTMLElement} holder @param {DOMStringMap} words */
export async function chooseLook(layers, slug, holder, words) {
  if (holder.querySelector("[data-look]") || !layers.facts[slug]) return;
  const looks = await looksOf(layers, slug);
  if (looks.length < 2 || holder.querySelector("[data-look]")) return;
  const label = element("label", "field plan-look");
  const select = element("select");
  select.dataset.look = slug;
  select.append(...looks.map((look) => Object.assign(element("option", "", look.title), { value: look.is_first ? "" : look.slug })));
  select.value = layers.looks.get(slug) ?? "";
  select.addEventListener("change", () => layers.look(slug, select.value));
  label.append(element("span", "field__label", words.look), select);
  holder.prepend(label);
}
