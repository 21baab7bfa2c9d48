// A line across the ground: drawn on the map or typed, its heights as a chart in the side panel.
import { fetchProfile, watchChart } from "../../layers/rasters/profile_chart.js";
import { placesIn, ProfileLine } from "../../layers/rasters/profile_line.js";

/** @typedef {import("../maps/page.js").Page} Page */
/** @typedef {{ slug: string, title: string, profile: string }} Choice */

const TOOL = "profile";

/** The rasters that have heights, each once. @param {Page} page @returns {Choice[]} */
function choices({ layers }) {
  /** @type {Map<string, Choice>} */
  const found = new Map();
  for (const { raster, raster_title: title, profile } of layers.catalogue) {
    if (raster && profile && !found.has(raster)) found.set(raster, { slug: raster, title: title ?? raster, profile });
  }
  return [...found.values()];
}

class ProfileTool {
  /** @param {Page} page @param {Choice[]} rasters */
  constructor(page, rasters) {
    this.page = page;
    this.words = page.words(TOOL);
    this.rasters = rasters;
    this.drawing = false;
    this.isOpen = false;
    this.line = new ProfileLine(page.map, () => this.buttons());
    page.map.on("click", ({ lngLat }) => {
      if (this.drawing) this.line.add([lngLat.lng, lngLat.lat]);
    });
  }

  /** @template {HTMLElement} T @param {string} selector @returns {T} */
  one(selector) {
    return /** @type {T} */ (this.panel?.querySelector(selector));
  }

  /** @param {{ draws?: boolean }} [how] */
  open({ draws = true } = {}) {
    const { page } = this;
    this.panel = page.part(TOOL);
    const select = /** @type {HTMLSelectElement} */ (this.one("select"));
    select.replaceChildren(...this.rasters.map(({ slug, title }) => new Option(title, slug)));
    this.one("[data-profile-rasters]").hidden = this.rasters.length < 2;
    select.addEventListener("change", () => this.ask());
    this.one("[data-draw-line]").addEventListener("click", () => this.pressDraw());
    this.one("[data-undo-point]").addEventListener("click", () => this.line.takeBack());
    this.one("[data-clear-line]").addEventListener("click", () => this.line.set([]));
    this.one("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.turn(false);
      this.line.set(placesIn(/** @type {HTMLInputElement} */ (this.one("#profile-line")).value));
      this.ask();
    });
    page.panel.open(this.words.title ?? "", this.panel, { closed: () => this.close(), focus: draws });
    page.tools.press(TOOL, true);
    this.isOpen = true;
    this.buttons();
    if (draws) this.turn(true);
  }

  close() {
    this.turn(false);
    this.isOpen = false;
    this.line.clear();
    this.page.tools.press(TOOL, false);
    if (this.page.state.get(TOOL)) this.page.state.set(TOOL, undefined);
  }

  buttons() {
    if (!this.panel) return;
    const none = this.line.points.length === 0;
    for (const name of ["[data-undo-point]", "[data-clear-line]"]) /** @type {HTMLButtonElement} */ (this.one(name)).disabled = none;
  }

  pressDraw() {
    if (!this.drawing) {
      this.line.set([]);
      return this.turn(true);
    }
    this.turn(false);
    if (this.line.points.length > 1) this.ask();
  }

  /** Clicks on the map become corners, or what they usually are. @param {boolean} on */
  turn(on) {
    const { pointer, map } = this.page;
    this.drawing = on;
    if (on) pointer.take(TOOL, () => this.turn(false));
    else pointer.release(TOOL);
    map.getCanvas().style.cursor = on ? "crosshair" : "default";
    const button = this.one("[data-draw-line]");
    button?.setAttribute("aria-pressed", String(on));
    const label = button?.querySelector("span");
    if (label) label.textContent = (on ? this.words.done : this.words.draw) ?? "";
    const hint = this.one("[data-draw-hint]");
    if (hint) hint.textContent = on ? (this.words.hint ?? "") : "";
  }

  async ask() {
    const text = this.line.text;
    if (this.line.points.length < 2 && !text) return;
    const select = /** @type {HTMLSelectElement} */ (this.one("select"));
    const chosen = this.rasters.find(({ slug }) => slug === select.value) ?? this.rasters[0];
    /** @type {HTMLInputElement} */ (this.one("#profile-line")).value = text;
    const result = this.one("[data-profile-result]");
    const done = await fetchProfile(result, chosen.profile, text, this.words.failed ?? "");
    if (!done || !this.isOpen) return;
    this.page.state.set(TOOL, { raster: chosen.slug, line: text });
    watchChart(result, (place) => this.line.mark(place));
    result.scrollIntoView({ block: "nearest" });
  }

  /** The address says which profile is open. */
  follow() {
    const told = this.page.state.get(TOOL);
    if (!told?.line) return this.isOpen ? this.page.panel.close() : undefined;
    if (this.isOpen && this.line.text === told.line) return undefined;
    if (!this.isOpen) this.open({ draws: false });
    const select = /** @type {HTMLSelectElement} */ (this.one("select"));
    if (this.rasters.some(({ slug }) => slug === told.raster)) select.value = told.raster;
    this.line.set(placesIn(String(told.line)));
    return this.ask();
  }
}

/** @param {Page} page */
export function add(page) {
  const rasters = choices(page);
  if (!rasters.length) return;
  const tool = new ProfileTool(page, rasters);
  page.tools.button({ id: TOOL, label: page.words(TOOL).tool ?? "", icon: "chart-area", position: 60, isSwitch: true, onPress: () => (tool.isOpen ? page.panel.close() : tool.open()) });
  page.state.whenFollowed(() => tool.follow());
}
