// What is here: a click, Enter on the map, or something that was searched asks all layers of the map at that place.
import { addCrosshair } from "../../map/crosshair.js";
import { copyable } from "./copying.js";
import { element } from "./element.js";
import { Highlight } from "./highlight.js";
import { written } from "./permalink.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {[number, number]} Place longitude, latitude */

const TOOL = "here";

class Identify {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.shapes = new Highlight(page.map, "plan-here");
    this.spot = new Highlight(page.map, "plan-spot");
    this.request = new AbortController();
    /** @type {string} the place that is told now */
    this.told = "";
    this.turn = 0;
  }

  /** @param {Place} place */
  ask(place) {
    const rounded = /** @type {Place} */ (place.map((value) => Number(value.toFixed(6))));
    this.page.state.set(TOOL, rounded, { step: true });
    return this.tell(rounded);
  }

  /** The address says of which place; nothing when it says none. */
  follow() {
    const place = this.page.state.get(TOOL);
    if (Array.isArray(place) && place.length === 2 && place.every(Number.isFinite)) {
      if (place.join() !== this.told) this.tell(/** @type {Place} */ (place));
    } else if (this.told) this.page.panel.close();
  }

  /** @param {Place} place */
  async tell(place) {
    const { panel } = this.page;
    const isSame = this.told !== "" && panel.isOpen;
    this.told = place.join();
    const turn = ++this.turn;
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const holder = element("div");
    holder.setAttribute("aria-busy", "true");
    holder.append(...[1, 2, 3].map(() => element("span", "skeleton skeleton--row")));
    this.shapes.clear();
    this.spot.show([{ type: "Point", coordinates: place }]);
    panel.open(this.words.title ?? "", holder, { closed: () => this.forget(turn), focus: !isSame });
    try {
      const answer = await fetch(this.address(place), { headers: { Accept: "text/html" }, signal });
      if (!answer.ok) throw new TypeError(`here ${answer.status}`);
      this.fill(holder, await answer.text());
    } catch (error) {
      if (signal.aborted) return;
      holder.replaceChildren(element("p", "empty", this.words.failed));
      this.page.say(this.words.failed ?? "");
    } finally {
      holder.removeAttribute("aria-busy");
    }
  }

  /** @param {Place} place */
  address(place) {
    const { state, layers, map } = this.page;
    const { valid, known, swipe } = state.content;
    const isRight = swipe !== undefined && map.project(place).x > (swipe.at ?? 0.5) * map.getContainer().clientWidth;
    const unseen = swipe && (isRight ? swipe.left : swipe.right);
    const moments = isRight && (swipe.valid || swipe.known) ? { valid: swipe.valid, known: swipe.known } : { valid, known };
    const shown = layers.stack.filter((slug) => slug !== unseen).map((slug) => ({ slug, filter: layers.filters.get(slug) }));
    const words = written({ ...moments, center: place, zoom: map.getZoom(), layers: shown });
    return `${this.words.url}?lon=${place[0]}&lat=${place[1]}&part=1&${words}`;
  }

  /** Our own server's markup; the content policy forbids any script in it. @param {HTMLElement} holder @param {string} html */
  fill(holder, html) {
    holder.innerHTML = html;
    copyable(holder, this.words, this.page.say);
    const cards = /** @type {HTMLElement[]} */ ([...holder.querySelectorAll("[data-shape]")]);
    const shapes = cards.map((card) => JSON.parse(card.dataset.shape ?? "null"));
    this.shapes.show(shapes, shapes.length ? 0 : -1);
    cards.forEach((card, index) => {
      for (const event of ["pointerenter", "focusin"]) card.addEventListener(event, () => this.shapes.choose(index));
    });
  }

  /** The panel was closed, by the reader or by another tool; a newer question stays. @param {number} turn */
  forget(turn) {
    if (this.turn !== turn) return;
    this.told = "";
    this.request.abort();
    this.shapes.clear();
    this.spot.clear();
    if (this.page.state.get(TOOL)) this.page.state.set(TOOL, undefined);
  }
}

/** @param {Page} page */
export function add(page) {
  const identify = new Identify(page);
  const { map, pointer, state } = page;
  pointer.whenFree(({ lng, lat }) => identify.ask([lng, lat]));
  map.getCanvas().style.cursor = "default";
  const middle = () => {
    const { clientWidth, clientHeight } = map.getContainer();
    return { x: clientWidth / 2, y: clientHeight / 2 };
  };
  addCrosshair(map, middle, ({ x, y }) => {
    const { lng, lat } = map.unproject([x, y]);
    if (!pointer.owner) identify.ask([lng, lat]);
  });
  document.addEventListener("plan:found", (event) => {
    const { lon, lat } = /** @type {CustomEvent} */ (event).detail;
    identify.ask([lon, lat]);
  });
  state.whenFollowed(() => identify.follow());
}
