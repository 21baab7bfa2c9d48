// The queue on the map: the same filters as the list, bounded in number, one map for the whole visit.
import { createMap } from "../map/portal_map.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {import("geojson").FeatureCollection & { truncated: boolean }} Queue */

const SOURCE = "queue";
const CHOSEN = "queue-chosen";
const PINS = "queue-pins";
const PUBLIC = new Set(["issues", "issues-fixed"]);
const NARROW = "(max-width: 63.99rem)";
/** @type {import("geojson").FeatureCollection} */
const NOTHING = { type: "FeatureCollection", features: [] };

export class DeskMap {
  /** @param {HTMLElement} element @param {(number: string) => void} open */
  constructor(element, open) {
    this.element = element;
    this.open = open;
    /** @type {PortalMap | null} */
    this.map = null;
    /** @type {[number, number] | null} */
    this.chosen = null;
    this.truncated = false;
    this.isFirst = true;
    this.request = new AbortController();
  }

  /** @param {string} number @returns {string} */
  caseUrl(number) {
    return (this.element.dataset.caseUrl ?? "").replace("NUMBER", encodeURIComponent(number));
  }

  /** The middle as `lon,lat`, or nothing before the map is there. @returns {string} */
  middle() {
    const centre = this.map?.getCenter();
    return centre ? `${centre.lng.toFixed(5)},${centre.lat.toFixed(5)}` : "";
  }

  /** The map is made when its place first has a size: on a phone the list comes first. */
  start() {
    const watch = new ResizeObserver(() => {
      if (!this.element.clientWidth || !this.element.clientHeight) return;
      watch.disconnect();
      this.build().catch((error) => console.warn(error));
    });
    watch.observe(this.element);
  }

  async build() {
    const map = await createMap(this.element, this.chosen ? { center: this.chosen, zoom: 16 } : {});
    this.map = map;
    hideOtherIssues(map);
    map.addSource(SOURCE, { type: "geojson", data: NOTHING });
    map.addSource(CHOSEN, { type: "geojson", data: NOTHING });
    map.addLayer({ id: CHOSEN, type: "circle", source: CHOSEN, paint: { "circle-radius": 24, "circle-translate": [0, -16], "circle-color": "#1d70d1", "circle-opacity": 0.25, "circle-stroke-color": "#1d70d1", "circle-stroke-width": 3 } });
    map.addLayer(pins());
    map.on("click", PINS, (event) => this.open(String(event.features?.[0]?.properties.number)));
    map.on("mouseenter", PINS, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", PINS, () => (map.getCanvas().style.cursor = ""));
    map.on("moveend", () => this.truncated && this.reload());
    await this.reload();
    this.select(this.chosen);
  }

  async reload() {
    const map = this.map;
    if (!map) return;
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const answer = await fetch(this.address(), { headers: { Accept: "application/geo+json" }, signal });
      if (!answer.ok) throw new TypeError(`queue ${answer.status}`);
      this.show(await answer.json());
    } catch (error) {
      if (!signal.aborted) console.warn(error);
    }
  }

  address() {
    const url = new URL(this.element.dataset.queueUrl ?? "", location.href);
    url.search = location.search;
    url.searchParams.delete("page");
    if (this.truncated && this.map) url.searchParams.set("bbox", this.map.getBounds().toArray().flat().join(","));
    return url;
  }

  /** @param {Queue} queue */
  show(queue) {
    this.source(SOURCE)?.setData(queue);
    this.truncated ||= queue.truncated;
    const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-map-note]"));
    if (note) {
      note.textContent = queue.truncated ? (this.element.dataset.truncated ?? "") : "";
      note.hidden = !queue.truncated;
    }
    if (this.isFirst && !this.chosen) this.fit(queue);
    this.isFirst = false;
  }

  /** @param {Queue} queue */
  fit(queue) {
    const places = queue.features.map((feature) => /** @type {import("geojson").Point} */ (feature.geometry).coordinates);
    if (!places.length) return;
    const lons = places.map(([lon]) => lon ?? 0);
    const lats = places.map(([, lat]) => lat ?? 0);
    const bounds = /** @type {[number, number, number, number]} */ ([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
    this.map?.fitBounds(bounds, { padding: 48, maxZoom: 16, animate: false });
  }

  /** @param {string} id @returns {import("maplibre-gl").GeoJSONSource | undefined} */
  source(id) {
    return this.map?.getSource(id);
  }

  /** Ring the open case and bring it into view. @param {[number, number] | null} place */
  select(place) {
    this.chosen = place;
    const data = place ? { type: /** @type {const} */ ("Point"), coordinates: place } : NOTHING;
    this.source(CHOSEN)?.setData(data);
    if (!this.map) return;
    // On a phone the map is a strip above the case: a swipe there scrolls the page.
    if (place && matchMedia(NARROW).matches) this.map.dragPan.disable();
    else this.map.dragPan.enable();
    if (!place) return;
    this.map.resize();
    this.map.jumpTo({ center: place, zoom: Math.max(this.map.getZoom(), 15) });
  }
}

/** The base style shows everybody's issues; here only those of the list are wanted, after a change of theme too.
 * @param {PortalMap} map */
export function hideOtherIssues(map) {
  const hide = () => {
    for (const layer of map.getStyle().layers) {
      const isShown = layer.layout?.visibility !== "none";
      if ("source" in layer && PUBLIC.has(layer.source) && isShown) map.setLayoutProperty(layer.id, "visibility", "none");
    }
  };
  hide();
  map.on("styledata", hide);
}

/** @returns {import("maplibre-gl").SymbolLayerSpecification} */
function pins() {
  return {
    id: PINS,
    type: "symbol",
    source: SOURCE,
    layout: {
      "icon-image": ["concat", "pin:", ["get", "look"], ":", ["get", "icon"], ["case", ["get", "overdue"], ":overdue", ""]],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.5, 14, 0.8, 16, 1],
      "icon-anchor": "bottom",
      "icon-allow-overlap": true,
      "symbol-sort-key": ["case", ["get", "overdue"], 1, 0],
    },
  };
}
