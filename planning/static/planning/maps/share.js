// What one can always do with a map: share its address, take its layers as files, open them in QGIS.
import { copy, copyable } from "./copying.js";
import { element } from "./element.js";
import { written } from "./permalink.js";

/** @typedef {import("./page.js").Page} Page */

/** @param {Page} page */
export function add(page) {
  const words = page.words("share");
  const { deeds } = page;
  deeds.button({ id: "share", label: words.share ?? "", icon: "share", position: 20, onPress: () => share(page, words) });
  deeds.button({ id: "download", label: words.download ?? "", icon: "download", position: 40, onPress: () => listed(page, "download", "data", words.download ?? "") });
  deeds.button({ id: "qgis", label: words.qgis ?? "", icon: "world-www", position: 50, onPress: () => listed(page, "qgis", "ogc", words.qgis ?? "") });
}

/** @param {Page} page @param {DOMStringMap} words */
function share(page, words) {
  const part = page.part("share");
  const input = /** @type {HTMLInputElement} */ (part.querySelector("[data-share-address]"));
  const large = /** @type {HTMLElement} */ (part.querySelector("[data-share-large]"));
  page.state.put({ center: page.place(), zoom: page.map.getZoom() });
  const fill = () => {
    const { drawings } = page.state.content;
    input.value = new URL(page.state.address(), location.href).href;
    large.hidden = !drawings?.features.length || /(^|&)draw=/.test(written(page.state.content, { isSaved: page.state.isSaved }));
  };
  fill();
  page.state.watch(fill);
  input.addEventListener("focus", () => input.select());
  part.querySelector("[data-share-copy]")?.addEventListener("click", () => copy(input.value, page.words("here"), page.say));
  page.panel.open(words.share ?? "", part);
}

/** A link for each layer that is on the map. @param {Page} page @param {string} name @param {"data" | "ogc"} fact @param {string} title */
function listed(page, name, fact, title) {
  const part = page.part(name);
  const list = /** @type {HTMLElement} */ (part.querySelector(`[data-${name}-layers]`));
  list.replaceChildren(...page.layers.stack.toReversed().map((slug) => {
    const item = element("li");
    const link = element("a", "also-row", page.layers.find(slug)?.title);
    link.href = page.layers.facts[slug]?.[fact] ?? "";
    item.append(link);
    return item;
  }));
  copyable(part, page.words("here"), page.say);
  page.panel.open(title, part);
}
