// What applies to a plot: the tool takes the clicks on the map, the panel tells the plot that was clicked.
import { addCrosshair } from "../../map/crosshair.js";
import { element } from "../maps/element.js";
import { Highlight } from "../maps/highlight.js";

/** @typedef {import("../maps/page.js").Page} Page */
/** @typedef {{ lng: number, lat: number }} LngLat */

const TOOL = "parcel";

class ParcelTool {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.outline = new Highlight(page.map, "plan-parcel");
    this.request = new AbortController();
    this.isOpen = false;
    this.turn = 0;
    page.map.on("click", ({ lngLat }) => this.isMine() && this.ask(lngLat));
  }

  isMine() {
    return this.page.pointer.owner === TOOL;
  }

  toggle() {
    if (this.isOpen) this.page.panel.close();
    else this.show(element("p", "empty", this.words.pick));
  }

  /** The panel is opened anew for each answer; only the last one's end is the end of the tool. @param {HTMLElement} body */
  show(body) {
    const turn = ++this.turn;
    const { page } = this;
    page.panel.open(this.words.title ?? "", body, { closed: () => this.close(turn), focus: !this.isOpen });
    if (!this.isMine()) page.pointer.take(TOOL, () => page.panel.close());
    page.tools.press(TOOL, true);
    this.isOpen = true;
  }

  /** @param {number} turn */
  close(turn) {
    if (turn !== this.turn) return;
    this.isOpen = false;
    this.request.abort();
    this.outline.clear();
    this.page.pointer.release(TOOL);
    this.page.tools.press(TOOL, false);
  }

  /** @param {LngLat} place */
  async ask({ lng, lat }) {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const body = element("div");
    body.setAttribute("aria-busy", "true");
    body.append(...[1, 2, 3].map(() => element("span", "skeleton skeleton--row")));
    this.show(body);
    try {
      const answer = await fetch(this.address(lng, lat), { headers: { Accept: "text/html" }, signal });
      if (!answer.ok && answer.status !== 404) throw new TypeError(`parcel ${answer.status}`);
      body.innerHTML = await answer.text(); // Our own server's markup; the content policy forbids any script in it.
      const shape = /** @type {HTMLElement | null} */ (body.querySelector("[data-shape]"))?.dataset.shape;
      if (shape) this.outline.show([JSON.parse(shape)], 0);
      else this.outline.clear();
    } catch (error) {
      if (signal.aborted) return;
      body.replaceChildren(element("p", "empty", this.words.failed));
    } finally {
      body.removeAttribute("aria-busy");
    }
  }

  /** The dates of the map go along. @param {number} lng @param {number} lat */
  address(lng, lat) {
    const { valid, known } = this.page.state.content;
    const asked = new URLSearchParams({ part: "1", lon: lng.toFixed(7), lat: lat.toFixed(7) });
    if (valid) asked.set("valid", valid);
    if (known) asked.set("known", known);
    return `${this.words.url}?${asked}`;
  }
}

/** @param {Page} page */
export function add(page) {
  const tool = new ParcelTool(page);
  const { map } = page;
  page.tools.button({ id: TOOL, label: tool.words.label ?? "", icon: "home-question", isSwitch: true, position: 30, onPress: () => tool.toggle() });
  const middle = () => ({ x: map.getContainer().clientWidth / 2, y: map.getContainer().clientHeight / 2 });
  addCrosshair(map, middle, ({ x, y }) => {
    if (tool.isMine()) tool.ask(map.unproject([x, y]));
  });
}
