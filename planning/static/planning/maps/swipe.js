// Two halves of one map: two layers, or two days, with a handle between them for mouse, finger and arrow keys.
import { createMap } from "../../map/portal_map.js";
import { currentTheme } from "../../ui/theme.js";
import { element, locale } from "./element.js";
import { icon } from "./bar.js";
import { SwipeForm } from "./swipe_form.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./permalink.js").Swipe} SwipeContent */
/** @typedef {import("maplibre-gl").StyleSpecification} Style */

const TOOL = "swipe";
const STEP = 0.02;

/** @param {any} layer @returns {string} */
const slugOf = (layer) => layer.metadata?.gisportal?.slug ?? "";

/** @param {string} day */
const inWords = (day) => new Date(`${day.slice(0, 10)}T00:00:00Z`).toLocaleDateString(locale(), { dateStyle: "long", timeZone: "UTC" });

export class Swipe {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.frame = /** @type {HTMLElement} */ (page.shell.querySelector(".map-frame"));
    /** @type {import("maplibre-gl").Map | null} */
    this.other = null;
    /** @type {HTMLElement[]} */
    this.elements = [];
    this.coming = false;
    this.timer = 0;
    this.follow = () => this.other?.jumpTo({ center: page.map.getCenter(), zoom: page.map.getZoom() });
    page.layers.watch(() => this.later());
    page.map.getContainer().addEventListener("map:restyled", () => this.later());
  }

  /** @returns {SwipeContent | undefined} */
  get content() {
    return this.page.state.content.swipe;
  }

  /** @param {Partial<SwipeContent>} change */
  put(change) {
    const swipe = Object.fromEntries(Object.entries({ at: 0.5, ...this.content, ...change }).filter(([, value]) => value !== ""));
    this.page.state.put({ swipe });
    this.show();
  }

  /** What the address says. */
  async show() {
    if (!this.content) return this.stop();
    if (!this.other && !this.coming) await this.start();
    this.place();
    this.later();
  }

  async start() {
    this.coming = true;
    const holder = element("div", "map plan-swipe__map plan-swipe__map--coming");
    holder.setAttribute("aria-hidden", "true");
    const handle = this.handle();
    this.frame.querySelector(".map")?.after(holder, handle);
    this.elements = [holder, handle];
    this.place();
    const { map } = this.page;
    try {
      this.other = await createMap(holder, { center: /** @type {[number, number]} */ (map.getCenter().toArray()), zoom: map.getZoom(), interactive: false, theme: currentTheme() });
      holder.querySelector("canvas")?.setAttribute("tabindex", "-1");
      map.on("move", this.follow);
      this.follow();
    } finally {
      this.coming = false;
    }
    if (!this.content) this.stop();
  }

  stop() {
    if (!this.elements.length || this.coming) return;
    this.page.map.off("move", this.follow);
    this.other?.remove();
    this.other = null;
    for (const each of this.elements) each.remove();
    this.elements = [];
    this.onlyRight("");
  }

  handle() {
    const handle = element("div", "plan-swipe__handle");
    Object.assign(handle, { tabIndex: 0 });
    for (const [name, value] of Object.entries({ role: "slider", "aria-label": this.words.handle ?? "", "aria-orientation": "horizontal", "aria-valuemin": "0", "aria-valuemax": "100" })) handle.setAttribute(name, value);
    const grip = element("span", "plan-swipe__grip");
    grip.append(icon("arrows-horizontal"));
    handle.append(element("span", "plan-swipe__side plan-swipe__side--left"), grip, element("span", "plan-swipe__side plan-swipe__side--right"));
    handle.addEventListener("keydown", (event) => this.key(event));
    handle.addEventListener("pointerdown", (event) => this.drag(event, handle));
    return handle;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.content?.at ?? 0.5;
    const to = { ArrowLeft: at - STEP, ArrowDown: at - STEP, ArrowRight: at + STEP, ArrowUp: at + STEP, PageDown: at - 0.1, PageUp: at + 0.1, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.move(to);
  }

  /** @param {PointerEvent} down @param {HTMLElement} handle */
  drag(down, handle) {
    if (down.button !== 0) return;
    handle.setPointerCapture(down.pointerId);
    /** @param {PointerEvent} event */
    const move = ({ clientX }) => {
      const { left, width } = this.frame.getBoundingClientRect();
      this.move((clientX - left) / width);
    };
    handle.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => handle.removeEventListener("pointermove", move), { once: true });
  }

  /** @param {number} at share of the width */
  move(at) {
    this.page.state.put({ swipe: { ...this.content, at: Math.min(1, Math.max(0, at)) } });
    this.place();
  }

  place() {
    const share = this.content?.at ?? 0.5;
    for (const each of this.elements) each.style.setProperty("--at", `${share * 100}%`);
    const [, handle] = this.elements;
    if (!handle) return;
    const [left, right] = this.sides();
    handle.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    handle.setAttribute("aria-valuetext", `${Math.round(share * 100)} %: ${left} | ${right}`);
    for (const [name, text] of [["left", left], ["right", right]]) /** @type {HTMLElement} */ (handle.querySelector(`.plan-swipe__side--${name}`)).textContent = text;
  }

  /** What the halves are called. @returns {[string, string]} */
  sides() {
    const { left, right, valid } = this.content ?? {};
    const { layers, state } = this.page;
    const title = (/** @type {string | undefined} */ slug) => layers.find(slug ?? "")?.title ?? "";
    if (valid) return [state.content.valid ? inWords(state.content.valid) : (this.words.today ?? ""), inWords(valid)];
    return [title(left), title(right) || (left ? (this.words.without ?? "").replace("{layer}", title(left)) : "")];
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.match(), 80);
  }

  /** The other map is drawn as this one, but for what its half differs in. */
  match() {
    if (!this.other || !this.content) return;
    const { left = "", right = "", valid = "", known = "" } = this.content;
    this.onlyRight(right);
    const style = this.page.map.getStyle();
    const sides = style.layers.map((layer) => (slugOf(layer) && [left, right].includes(slugOf(layer)) ? /** @type {any} */ ({ ...layer, layout: { ...layer.layout, visibility: slugOf(layer) === right ? "visible" : "none" } }) : layer));
    this.other.setStyle({ ...style, sources: valid || known ? this.dated(style, valid, known) : style.sources, layers: sides });
    this.elements[0]?.classList.remove("plan-swipe__map--coming");
  }

  /** @param {Style} style @param {string} valid @param {string} known @returns {Style["sources"]} */
  dated(style, valid, known) {
    const { layers } = this.page;
    return Object.fromEntries(Object.entries(style.sources).map(([name, source]) => {
      const address = source.type === "vector" && layers.shown.has(name) ? layers.tilesOf(name, { valid, known }) : undefined;
      return [name, address ? { ...source, tiles: [address] } : source];
    }));
  }

  /** On this map the layer of the right half is not drawn. @param {string} right */
  onlyRight(right) {
    const { layers, map } = this.page;
    for (const { slug } of layers.catalogue) {
      if (!layers.shown.has(slug)) continue;
      const wanted = slug === right ? "none" : "visible";
      for (const { id } of layers.drawn(slug)) if ((map.getLayoutProperty(id, "visibility") ?? "visible") !== wanted) map.setLayoutProperty(id, "visibility", wanted);
    }
  }
}

/** @param {Page} page */
export function add(page) {
  const swipe = new Swipe(page);
  const form = new SwipeForm(page, swipe);
  page.tools.button({ id: TOOL, label: swipe.words.title ?? "", icon: "layout-columns", position: 50, isSwitch: true, onPress: () => form.toggle() });
  page.state.whenFollowed(() => swipe.show());
  page.state.watch(({ swipe: content }) => page.tools.press(TOOL, Boolean(content)));
  page.tools.press(TOOL, Boolean(page.state.content.swipe));
}
