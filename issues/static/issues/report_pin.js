// The pin stays in the middle and the map moves under it; the address below follows.
import { createMap } from "../map/portal_map.js";
import { position, showPosition } from "../map/locate.js";
import { ask, field, fill, say } from "./report_form.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {{ address: string, area: string, inside: boolean, refusal: string }} Whereabouts */

const CLOSE = 17;
const CLOSE_ENOUGH = 15;
const STEP_PIXELS = 12;
const PAUSE = 180;
const ROUGH_METRES = 200;
const ARROWS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });

export class Pin {
  /** @param {HTMLElement} root @param {HTMLFormElement} form @param {() => void} changed */
  constructor(root, form, changed) {
    this.root = root;
    this.form = form;
    this.changed = changed;
    this.drop = /** @type {HTMLElement} */ (root.querySelector("[data-pin]"));
    this.address = /** @type {HTMLElement} */ (root.querySelector("[data-address]"));
    this.area = /** @type {HTMLElement} */ (root.querySelector("[data-area]"));
    this.accuracy = /** @type {HTMLElement} */ (root.querySelector("[data-accuracy]"));
    /** @type {PortalMap | null} */
    this.map = null;
    /** @type {Promise<Whereabouts | null>} */
    this.asked = Promise.resolve(null);
    this.request = new AbortController();
    /** @type {((zoom: number) => void)[]} */
    this.watchers = [];
  }

  /** @returns {[number, number] | null} longitude, latitude */
  get place() {
    const [lon, lat] = [field(this.form, "lon").value, field(this.form, "lat").value];
    return lon && lat ? [Number(lon), Number(lat)] : null;
  }

  async start() {
    const container = /** @type {HTMLElement} */ (this.root.querySelector("[data-map]"));
    const place = this.place;
    const map = await createMap(container, place ? { center: place, zoom: CLOSE } : {});
    this.map = map;
    map.keyboard.disable();
    map.scrollZoom.enable({ around: "center" });
    map.touchZoomRotate.enable({ around: "center" });
    map.touchZoomRotate.disableRotation();
    map.getCanvas().addEventListener("keydown", (event) => this.key(event));
    map.on("movestart", () => this.drop.classList.add("pin--moving"));
    map.on("moveend", (event) => this.moved(Boolean(event.originalEvent) || "byHand" in event));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-zoom]"))) {
      button.addEventListener("click", () => map.easeTo({ zoom: map.getZoom() + Number(button.dataset.zoom) }, this.place ? { byHand: true } : {}));
    }
    new ResizeObserver(() => this.keepMiddle()).observe(container);
    if (place) this.ask();
    const chosen = this.place; // perhaps by its address, while the map was on its way
    if (chosen) map.jumpTo({ center: chosen, zoom: Math.max(map.getZoom(), CLOSE) });
    for (const watch of this.watchers) watch(map.getZoom());
  }

  /** When the frame changes its size, the same place stays under the pin. */
  keepMiddle() {
    const place = this.place;
    if (place) this.map?.jumpTo({ center: place });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const arrow = ARROWS[event.key];
    if (arrow && this.map) {
      event.preventDefault();
      const pixels = STEP_PIXELS * (event.shiftKey ? 8 : 1);
      this.map.panBy([arrow[0] * pixels, arrow[1] * pixels], { duration: 80 }, { byHand: true });
    }
    if (event.key === "+" || event.key === "=") this.map?.zoomIn({}, { byHand: true });
    if (event.key === "-") this.map?.zoomOut({}, { byHand: true });
  }

  /** @param {boolean} byHand whether a person moved it, not the page */
  moved(byHand) {
    this.drop.classList.remove("pin--moving");
    if (!this.map) return;
    if (byHand) {
      const { lng, lat } = this.map.getCenter();
      this.set(lng, lat);
    }
    for (const watch of this.watchers) watch(this.map.getZoom());
  }

  /** Put the pin somewhere and show it there. @param {number} lon @param {number} lat @param {number} [zoom] */
  moveTo(lon, lat, zoom) {
    this.set(lon, lat);
    if (!this.map) return;
    this.map.jumpTo({ center: [lon, lat], zoom: zoom ?? Math.max(this.map.getZoom(), CLOSE) });
  }

  /** @param {number} lon @param {number} lat */
  set(lon, lat) {
    const before = [field(this.form, "lon").value, field(this.form, "lat").value];
    const now = [lon.toFixed(7), lat.toFixed(7)];
    if (before[0] === now[0] && before[1] === now[1]) return;
    fill(this.form, "lon", now[0]);
    fill(this.form, "lat", now[1]);
    fill(this.form, "accuracy", "");
    this.accuracy.textContent = "";
    this.form.dispatchEvent(new CustomEvent("report:place"));
    this.changed();
    this.ask();
  }

  ask() {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.asked = new Promise((resolve) => setTimeout(resolve, PAUSE)).then(() => this.answer(signal));
  }

  /** @param {AbortSignal} signal @returns {Promise<Whereabouts | null>} */
  async answer(signal) {
    try {
      const answer = await ask(this.root.dataset.whereUrl ?? "", this.form, ["lon", "lat"], "application/json", signal);
      const found = /** @type {Whereabouts} */ (await answer.json());
      this.tell(found);
      return found;
    } catch {
      return null; // no connection: the server judges the place when the report is sent
    }
  }

  /** The answer to the last question asked. @returns {Promise<Whereabouts | null>} */
  async answered() {
    const asked = this.asked;
    const found = await asked;
    return asked === this.asked ? found : this.answered();
  }

  /** @param {Whereabouts} found */
  tell(found) {
    this.address.textContent = found.address || (found.inside ? (this.address.dataset.nameless ?? "") : "");
    this.area.textContent = found.area;
    const wrong = /** @type {HTMLElement} */ (this.form.querySelector('[data-error-for="q"]'));
    wrong.textContent = found.refusal ?? "";
    wrong.hidden = !found.refusal;
  }

  /** Whether the pin was put somewhere inside, close enough to be meant; says or shows what is missing. */
  async isSettled() {
    if (!this.place) {
      say(this.form, "q", this.address.dataset.moving ?? "");
      return false;
    }
    if (this.map && this.map.getZoom() < CLOSE_ENOUGH) {
      this.map.easeTo({ zoom: CLOSE, center: this.place });
      say(this.form, "q", this.address.dataset.closer ?? "");
      return false;
    }
    const found = await this.answered();
    if (found) this.tell(found);
    return !found?.refusal;
  }

  /** Ask the device where it is, and go there. */
  async locate() {
    const coords = await position();
    this.moveTo(coords.longitude, coords.latitude, coords.accuracy > ROUGH_METRES ? CLOSE_ENOUGH : CLOSE + 1);
    fill(this.form, "accuracy", coords.accuracy.toFixed(1));
    const metres = Math.max(1, Math.ceil(coords.accuracy)).toLocaleString(document.documentElement.lang);
    this.accuracy.textContent = (this.accuracy.dataset.words ?? "").replace("{1}", metres);
    if (this.map) showPosition(this.map, coords);
  }
}
