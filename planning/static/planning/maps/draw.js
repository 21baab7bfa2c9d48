// The tool with which people draw on the map: points, lines, surfaces and notes, in a colour, with a text.
import { drawingRow } from "./drawing_row.js";
import { Drawings } from "./drawings.js";
import { Reshape } from "./reshape.js";
import { Sketch } from "./sketch.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./drawings.js").Shape} Shape */

const TOOL = "draw";

class Draw {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.drawings = new Drawings(page, () => this.list());
    this.reshape = new Reshape(page.map, this.words);
    this.sketch = new Sketch(page, "plan-draw", () => this.sketched());
    /** @type {"point" | "line" | "area" | "note" | ""} */
    this.kind = "";
    this.color = "#b60202";
    this.reshaped = -1;
    /** @type {HTMLElement | null} */
    this.part = null;
  }

  open() {
    const part = this.page.part(TOOL);
    this.part = part;
    this.page.pointer.take(TOOL, () => this.page.panel.close());
    this.page.panel.open(this.words.title ?? "", part, { closed: () => this.close() });
    this.page.tools.press(TOOL, true);
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input[name=draw-kind]"))) radio.addEventListener("change", () => this.start(/** @type {any} */ (radio.value)));
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input[name=draw-color]"))) {
      radio.checked = radio.value === this.color;
      radio.addEventListener("change", () => (this.color = radio.value));
    }
    this.button("middle", () => this.sketch.addMiddle());
    this.button("finish", () => this.sketch.finish());
    this.button("undo", () => this.undo());
    this.button("redo", () => this.drawings.redo());
    this.list();
  }

  /** @param {string} name @param {() => void} pressed */
  button(name, pressed) {
    this.part?.querySelector(`[data-draw="${name}"]`)?.addEventListener("click", pressed);
  }

  close() {
    this.endReshape();
    this.sketch.clear();
    this.kind = "";
    this.part = null;
    this.page.pointer.release(TOOL);
    this.page.tools.press(TOOL, false);
  }

  /** @param {"point" | "line" | "area" | "note"} kind */
  start(kind) {
    this.endReshape();
    this.kind = kind;
    this.sketch.start(kind === "area");
  }

  /** A shape is finished: it becomes a drawing, and the next may begin. */
  sketched() {
    const { corners, isDone } = this.sketch;
    const isPoint = this.kind === "point" || this.kind === "note";
    if (!this.kind || (isPoint ? !corners.length : !isDone)) return;
    const kind = this.kind;
    this.sketch.start(kind === "area");
    this.drawings.add({ geometry: this.shape(kind, corners), color: this.color, text: "" });
    if (kind === "note") /** @type {HTMLElement | null} */ (this.part?.querySelector("li:last-child input"))?.focus();
  }

  /** @param {string} kind @param {[number, number][]} corners @returns {Shape} */
  shape(kind, corners) {
    if (kind === "line") return { type: "LineString", coordinates: corners };
    if (kind === "area") return { type: "Polygon", coordinates: [[...corners, corners[0]]] };
    return { type: "Point", coordinates: corners[0] };
  }

  /** @param {number} index */
  async startReshape(index) {
    const isSame = this.reshaped === index;
    this.endReshape();
    if (isSame) return this.list();
    this.sketch.clear();
    this.kind = "";
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (this.part?.querySelectorAll("input[name=draw-kind]") ?? [])) radio.checked = false;
    this.reshaped = index;
    this.drawings.hide(index);
    this.list();
    this.page.say(this.words.reshaping ?? "");
    await this.reshape.start(this.drawings.list[index].geometry, (geometry) => this.drawings.change(index, { geometry }));
  }

  endReshape() {
    this.reshape.stop();
    this.reshaped = -1;
    this.drawings.hide(-1);
  }

  /** The last corner of what is being drawn, else the last change. */
  undo() {
    if (this.sketch.corners.length) return this.sketch.back();
    this.endReshape();
    this.drawings.undo();
  }

  list() {
    if (!this.part) return;
    if (this.reshaped >= this.drawings.list.length) this.endReshape();
    const rows = this.drawings.list.map((drawing, index) => drawingRow(drawing, this.words, {
      isReshaped: index === this.reshaped,
      text: (text) => this.drawings.change(index, { text }),
      reshape: () => this.startReshape(index),
      show: () => this.show(index),
      remove: () => this.remove(index),
    }));
    const holder = /** @type {HTMLElement} */ (this.part.querySelector("[data-drawings]"));
    const place = [...holder.children].findIndex((row) => row.contains(document.activeElement));
    const deed = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.deed;
    holder.replaceChildren(...rows);
    if (place >= 0 && deed) /** @type {HTMLElement | null} */ (holder.children[place]?.querySelector(`[data-deed=${deed}]`))?.focus();
    /** @type {HTMLElement} */ (this.part.querySelector("[data-none]")).hidden = rows.length > 0;
  }

  /** @param {number} index */
  show(index) {
    const { type, coordinates } = this.drawings.list[index].geometry;
    const places = /** @type {[number, number][]} */ (type === "Point" ? [coordinates] : type === "LineString" ? coordinates : coordinates[0]);
    const [x, y] = [0, 1].map((axis) => places.map((place) => place[axis]));
    this.page.map.fitBounds([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], { padding: 80, maxZoom: 19 });
  }

  /** @param {number} index */
  remove(index) {
    this.endReshape();
    this.drawings.remove(index);
    this.page.say(this.words.removed ?? "");
    /** @type {HTMLElement | null} */ (this.part?.querySelector("[data-draw=undo]"))?.focus();
  }
}

/** @param {Page} page */
export function add(page) {
  const draw = new Draw(page);
  page.tools.button({ id: TOOL, label: draw.words.title ?? "", icon: "pencil", position: 30, isSwitch: true, onPress: () => (draw.part ? page.panel.close() : draw.open()) });
  page.state.whenFollowed(() => draw.drawings.follow());
}
