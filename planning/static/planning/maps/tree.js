// The left side: what is on the map, top first, and below it all layers by theme with a search in them.
import { AllLayers } from "./all_layers.js";
import { ShownList } from "./shown_list.js";

/** @param {import("./page.js").Page} page @param {import("../../ui/sheet.js").Sheet} sheet */
export function showTree(page, sheet) {
  const { layers, shell, tools } = page;
  const words = page.words("tree");
  const list = new ShownList(page, /** @type {HTMLElement} */ (shell.querySelector("[data-shown-layers]")), words);
  const all = new AllLayers(layers, /** @type {HTMLElement} */ (shell.querySelector("[data-all-layers]")), words);
  const draw = () => {
    list.draw();
    all.tick();
  };
  layers.watch(draw);
  draw();
  layers.map.on("zoomend", () => list.tellZoom());
  const isPhone = matchMedia("(max-width: 47.99rem)");
  const button = tools.button({ id: "layers", label: words.layers ?? "", icon: "stack-2", position: 1, isSwitch: true, onPress: () => toggle() });
  const toggle = () => {
    if (isPhone.matches) return sheet.set(sheet.height === "peek" ? "half" : "peek");
    const hidden = shell.dataset.tree !== "hidden";
    shell.dataset.tree = hidden ? "hidden" : "shown";
    button.setAttribute("aria-pressed", String(!hidden));
  };
  button.setAttribute("aria-pressed", "true");
}
