// Lamps, bins and other assets: dots on the map from close by, and a list to choose from.
import { ask, field } from "./report_form.js";

/** @typedef {{ value: string, label: string, distance: string, metres: number, color: string, icon: string, lon: number, lat: number }} Asset */
/** @typedef {import("./report_pin.js").Pin} Pin */

const FROM_ZOOM = 17;
const LIST_METRES = 60;
const SAME_PLACE_METRES = 4;
const FINGER = 14;
const SOURCE = "report-assets";
const EMPTY = /** @type {import("geojson").FeatureCollection} */ ({ type: "FeatureCollection", features: [] });

/** Metres between two places close to each other. @param {number[]} a @param {number[]} b longitude, latitude */
export function metresBetween(a, b) {
  const north = (b[1] - a[1]) * 111_320;
  const east = (b[0] - a[0]) * 111_320 * Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot(north, east);
}

export class Assets {
  /** @param {HTMLElement} root @param {HTMLFormElement} form @param {Pin} pin */
  constructor(root, form, pin) {
    this.root = root;
    this.form = form;
    this.pin = pin;
    this.chip = /** @type {HTMLElement} */ (form.querySelector("[data-asset-chip]"));
    this.label = /** @type {HTMLElement} */ (form.querySelector("[data-asset-label]"));
    this.hint = /** @type {HTMLElement} */ (form.querySelector("[data-zoom-hint]"));
    this.rows = /** @type {HTMLElement} */ (form.querySelector("[data-assets-list]"));
    this.template = /** @type {HTMLTemplateElement} */ (form.querySelector("[data-asset-row]"));
    this.box = /** @type {HTMLElement} */ (form.querySelector("[data-assets]"));
    this.request = new AbortController();
    /** @type {Asset | null} the asset picked on the map */
    this.picked = null;
    /** @type {Asset[]} */
    this.shown = [];
    /** metres around the pin in which the finger meant an asset; 0 when it did not */
    this.meant = 0;
    form.querySelector("[data-asset-drop]")?.addEventListener("click", () => this.drop());
    form.addEventListener("report:place", () => this.leave());
    pin.watchers.push((zoom) => this.follow(zoom));
  }

  /** @param {number} zoom */
  async follow(zoom) {
    this.hint.hidden = zoom >= FROM_ZOOM || !this.pin.place;
    if (zoom < FROM_ZOOM) return this.draw([]);
    const assets = await this.fetch(["lon", "lat"]);
    if (!assets) return;
    this.draw(assets);
    if (assets[0] && assets[0].metres <= this.meant) this.pick(assets[0]);
    this.meant = 0;
  }

  /** @param {string[]} names @returns {Promise<Asset[] | null>} null when the question was overtaken or failed */
  async fetch(names) {
    if (!this.pin.place) return [];
    this.request.abort();
    this.request = new AbortController();
    try {
      const answer = await ask(this.root.dataset.assetsUrl ?? "", this.form, names, "application/json", this.request.signal);
      return answer.ok ? (await answer.json()).assets : null;
    } catch {
      return null;
    }
  }

  /** @param {Asset[]} assets */
  draw(assets) {
    this.shown = assets;
    const map = this.pin.map;
    if (!map) return;
    const features = assets.map((asset, index) => /** @type {import("geojson").Feature} */ ({
      type: "Feature",
      properties: { index, color: asset.color, icon: `white:${asset.icon}` },
      geometry: { type: "Point", coordinates: [asset.lon, asset.lat] },
    }));
    const source = /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (map.getSource(SOURCE));
    if (source) return void source.setData({ type: "FeatureCollection", features });
    map.addSource(SOURCE, { type: "geojson", data: { ...EMPTY, features } });
    map.addLayer({
      id: SOURCE,
      type: "circle",
      source: SOURCE,
      paint: { "circle-radius": 11, "circle-color": ["get", "color"], "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 },
    });
    map.addLayer({
      id: `${SOURCE}-icon`,
      type: "symbol",
      source: SOURCE,
      layout: { "icon-image": ["get", "icon"], "icon-size": 0.8, "icon-allow-overlap": true, "icon-ignore-placement": true },
    });
    map.on("click", (event) => this.tapped(map, event));
  }

  /** A tap brings the pin there; close by an asset it means the asset.
   * @param {import("maplibre-gl").Map} map @param {import("maplibre-gl").MapMouseEvent} event */
  tapped(map, { point: { x, y }, lngLat }) {
    const box = /** @type {[[number, number], [number, number]]} */ ([[x - FINGER, y - FINGER], [x + FINGER, y + FINGER]]);
    const [found] = map.queryRenderedFeatures(box, { layers: [SOURCE] });
    if (found) return this.pick(this.shown[Number(found.properties.index)]);
    const beside = map.unproject([x + FINGER, y]);
    this.meant = map.getZoom() < FROM_ZOOM ? 0 : metresBetween([lngLat.lng, lngLat.lat], [beside.lng, beside.lat]);
    this.pin.moveTo(lngLat.lng, lngLat.lat, map.getZoom());
  }

  /** @param {Asset} asset */
  pick(asset) {
    this.pin.moveTo(asset.lon, asset.lat);
    this.picked = asset;
    this.label.textContent = asset.label;
    this.chip.hidden = false;
    this.list([asset], asset.value);
  }

  /** The pin went elsewhere, so the asset is not meant any more. */
  leave() {
    const place = this.pin.place;
    if (!this.picked || !place) return;
    if (metresBetween(place, [this.picked.lon, this.picked.lat]) > SAME_PLACE_METRES) this.drop();
  }

  drop() {
    this.picked = null;
    this.label.textContent = "";
    this.chip.hidden = true;
    this.list([]);
  }

  /** Fill the list of the next question. Without arguments: what stands near and fits the chosen kind.
   * @param {Asset[]} [given] @param {string} [chosen] @returns {Promise<boolean>} whether there is a choice to make */
  async list(given, chosen = field(this.form, "asset").value || (this.form.dataset.asset ?? "")) {
    if (!given && !this.kindHasAssets()) return false;
    const assets = given ?? (await this.fetch(["lon", "lat", "category"])) ?? [];
    const near = given ? assets : assets.filter((asset) => asset.metres <= LIST_METRES);
    this.rows.replaceChildren(...near.map((asset) => this.row(asset)));
    this.box.hidden = near.length === 0;
    const wanted = near.some((asset) => asset.value === chosen) ? chosen : "";
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll("[name=asset]"))) {
      input.checked = input.value === wanted;
    }
    return near.length > 0 && !(this.picked && wanted === this.picked.value);
  }

  kindHasAssets() {
    const kind = /** @type {HTMLElement | null} */ (this.form.querySelector("[name=category]:checked"));
    return Boolean(kind?.dataset.assetType);
  }

  /** @param {Asset} asset */
  row(asset) {
    const row = /** @type {DocumentFragment} */ (this.template.content.cloneNode(true));
    const [name, distance] = row.querySelectorAll("span");
    /** @type {HTMLInputElement} */ (row.querySelector("input")).value = asset.value;
    name.textContent = asset.label;
    distance.textContent = asset.distance;
    return row;
  }
}

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {Pin} pin */
export function startAssets(root, form, pin) {
  return new Assets(root, form, pin);
}
