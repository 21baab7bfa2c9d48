// How long, how large: live while drawing, reckoned by the server, on the plane and on the ellipsoid.
import { locale } from "./element.js";
import { Sketch } from "./sketch.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {{ plane: number, ellipsoid: number }} Both */
/** @typedef {{ length: Both, area?: Both, crossed: boolean, grid: string, ellipsoid_name: string }} Measured */

const TOOL = "measure";
const PAUSE = 90;

/** @param {number} value @param {number} digits */
const shown = (value, digits) => value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @param {number} metres */
const length = (metres) => (metres < 10_000 ? `${shown(metres, 2)} m` : `${shown(metres / 1000, 3)} km`);

class Measure {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.sketch = new Sketch(page, "plan-measure", () => this.later());
    this.request = new AbortController();
    this.timer = 0;
    /** @type {HTMLElement | null} */
    this.part = null;
  }

  open() {
    const part = this.page.part(TOOL);
    this.part = part;
    this.page.pointer.take(TOOL, () => this.page.panel.close());
    this.page.panel.open(this.words.title ?? "", part, { closed: () => this.close(), height: "peek" });
    this.page.tools.press(TOOL, true);
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("[name=measure-what]"))) {
      radio.checked = (radio.value === "area") === this.sketch.isRing;
      radio.addEventListener("change", () => this.sketch.start(radio.value === "area", this.sketch.corners));
    }
    this.button("middle", () => this.sketch.addMiddle());
    this.button("back", () => this.sketch.back());
    this.button("finish", () => this.sketch.finish());
    this.button("again", () => this.sketch.start(this.sketch.isRing));
    this.sketch.start(this.sketch.isRing, this.sketch.corners);
  }

  /** @param {string} name @param {() => void} pressed */
  button(name, pressed) {
    this.part?.querySelector(`[data-measure="${name}"]`)?.addEventListener("click", pressed);
  }

  close() {
    this.part = null;
    this.request.abort();
    this.page.pointer.release(TOOL);
    this.page.tools.press(TOOL, false);
    this.sketch.clear();
    this.page.state.set(TOOL, undefined);
  }

  /** What was measured when the address was written. */
  follow() {
    const kept = this.page.state.get(TOOL);
    if (!kept?.corners?.length) return void (this.part && this.page.panel.close());
    if (this.part && JSON.stringify(kept.corners) === JSON.stringify(this.rounded)) return;
    this.sketch.isRing = kept.ring === true;
    this.sketch.corners = kept.corners;
    this.open();
  }

  get rounded() {
    return this.sketch.corners.map((place) => place.map((value) => Number(value.toFixed(8))));
  }

  later() {
    if (!this.part) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reckon(), PAUSE);
    const kept = this.sketch.corners.length && this.sketch.corners.length <= 200 ? { ring: this.sketch.isRing, corners: this.rounded } : undefined;
    if (JSON.stringify(kept) !== JSON.stringify(this.page.state.get(TOOL))) this.page.state.set(TOOL, kept);
  }

  async reckon() {
    const { whole, isRing } = this.sketch;
    this.request.abort();
    if (whole.length < 2) return this.tell(null);
    this.request = new AbortController();
    const { signal } = this.request;
    const type = isRing && whole.length > 2 ? "Polygon" : "LineString";
    try {
      const answer = await fetch(this.words.url ?? "", { method: "POST", body: JSON.stringify({ type, coordinates: whole }), headers: { "Content-Type": "application/json", Accept: "application/json" }, signal });
      const told = await answer.json();
      if (!signal.aborted) this.tell(answer.ok ? told : null, answer.ok ? "" : told.message);
    } catch {
      if (!signal.aborted) this.tell(null, this.words.failed);
    }
  }

  /** @param {Measured | null} told @param {string} [problem] */
  tell(told, problem = "") {
    const { part } = this;
    if (!part) return;
    const put = (/** @type {string} */ name, /** @type {string} */ text) => {
      const holder = /** @type {HTMLElement} */ (part.querySelector(`[data-told="${name}"]`));
      holder.textContent = text || "–";
    };
    put("length-plane", told ? length(told.length.plane) : "");
    put("length-ellipsoid", told ? length(told.length.ellipsoid) : "");
    put("area-plane", told?.area ? this.area(told.area.plane) : "");
    put("area-ellipsoid", told?.area ? this.area(told.area.ellipsoid) : "");
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-area]"))) row.hidden = !this.sketch.isRing;
    for (const head of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-of]"))) head.hidden = (head.dataset.of === "ring") !== this.sketch.isRing;
    if (told) {
      put("grid", told.grid);
      put("ellipsoid", told.ellipsoid_name);
    }
    const note = /** @type {HTMLElement} */ (part.querySelector("[data-measure-note]"));
    note.textContent = problem || (told?.crossed ? (this.words.crossed ?? "") : "");
  }

  /** Square metres, and stremmata, in which Greek land is bought. @param {number} m2 */
  area(m2) {
    return `${shown(m2, 1)} m² · ${shown(m2 / 1000, 3)} ${this.words.stremma}`;
  }
}

/** @param {Page} page */
export function add(page) {
  const measure = new Measure(page);
  page.tools.button({ id: TOOL, label: measure.words.title ?? "", icon: "ruler-2", position: 20, isSwitch: true, onPress: () => (measure.part ? page.panel.close() : measure.open()) });
  page.state.whenFollowed(() => measure.follow());
}
