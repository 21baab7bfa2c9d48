// The chips: which looks and kinds of issues show. The usual choice comes as tiles; a narrower one as a short list.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("./layers.js").MapLayers} MapLayers */

const CHOSEN = "issues-chosen";
const OPEN = "issues";
const FIXED = "issues-fixed";

/** @param {string} look @returns {any} */
const counted = (look) => ["+", ["case", ["==", ["get", "look"], look], 1, 0]];

export class IssueFilter {
  /** @param {HTMLFormElement} form @param {() => void} changed */
  constructor(form, changed) {
    this.form = form;
    form.addEventListener("change", () => {
      this.remember();
      changed();
    });
  }

  /** @returns {URLSearchParams} with a look that does not exist when every look is off */
  wanted() {
    const words = new URLSearchParams(/** @type {any} */ (new FormData(this.form)));
    if (!words.has("look")) words.set("look", "none");
    return words;
  }

  /** The choice stays in the address, so a reload and a shared link keep it. */
  remember() {
    const words = this.wanted().toString();
    const usual = words === "look=open&look=progress";
    history.replaceState(history.state, "", `${location.pathname}${usual ? "" : `?${words}`}${location.hash}`);
  }

  /** Whether tiles can show the choice: all open looks and every category. */
  isUsual() {
    const wanted = this.wanted();
    const looks = wanted.getAll("look");
    return !wanted.has("category") && looks.includes("open") && looks.includes("progress");
  }

  /** @param {PortalMap} map @param {MapLayers} layers */
  apply(map, layers) {
    const usual = this.isUsual();
    layers.set(OPEN, usual);
    layers.set(FIXED, usual && this.wanted().getAll("look").includes("fixed"));
    this.remove(map);
    if (!usual) this.add(map, layers);
  }

  /** @param {PortalMap} map */
  remove(map) {
    for (const { id } of map.getStyle().layers.filter((layer) => "source" in layer && layer.source === CHOSEN)) map.removeLayer(id);
    if (map.getSource(CHOSEN)) map.removeSource(CHOSEN);
  }

  /** @param {PortalMap} map @param {MapLayers} layers */
  add(map, layers) {
    const url = new URL(this.form.dataset.issuesUrl ?? "", location.href);
    url.search = this.wanted().toString();
    map.addSource(CHOSEN, {
      type: "geojson",
      data: url.href,
      cluster: true,
      clusterMaxZoom: 13,
      clusterRadius: 44,
      clusterProperties: { count: ["+", 1], n_open: counted("open"), n_progress: counted("progress"), n_fixed: counted("fixed") },
    });
    for (const layer of layers.drawn(OPEN)) {
      const { "source-layer": _, ...rest } = /** @type {any} */ (layer);
      map.addLayer({ ...rest, id: `${CHOSEN}/${layer.id}`, source: CHOSEN, layout: { ...rest.layout, visibility: "visible" } });
    }
  }
}
