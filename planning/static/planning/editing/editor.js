// The editor: what is chosen, what may be done with it, and the deeds that need the server's geometry.
import { post } from "./ask.js";
import { filled } from "./element.js";

/** @typedef {import("geojson").Geometry} Geometry */
/** @typedef {import("./form.js").Field} Field */
/** @typedef {{ kind: string, key_field: string, title_field: string, checks: boolean, fields: Field[], urls: Record<string, string>, first: import("./work.js").Loaded | null }} Start */
/**
 * @typedef {object} Parts
 * @property {import("maplibre-gl").Map} map
 * @property {import("./work.js").Work} work
 * @property {import("./board.js").Board} board
 * @property {import("./sketch.js").Sketch} sketch
 * @property {Start} start
 * @property {DOMStringMap} words
 * @property {(words: string) => void} say
 */

export class Editor extends EventTarget {
  /** @param {Parts} parts */
  constructor(parts) {
    super();
    Object.assign(this, parts);
    this.map = parts.map;
    this.work = parts.work;
    this.board = parts.board;
    this.sketch = parts.sketch;
    this.start = parts.start;
    this.words = parts.words;
    this.say = parts.say;
    /** @type {string[]} */
    this.chosen = [];
    this.several = false;
    this.following = false;
    /** @type {"" | "draw" | "reshape" | "split"} */
    this.mode = "";
    /** @type {Record<string, Record<string, string>>} sentences by feature and field */
    this.wrong = {};
    this.work.addEventListener("change", () => this.settleChoice());
  }

  tell() {
    this.board.choose(this.chosen);
    this.dispatchEvent(new Event("change"));
  }

  settleChoice() {
    this.chosen = this.chosen.filter((name) => this.work.thing(name));
    this.tell();
  }

  /** @param {string | null} name */
  choose(name) {
    if (!name) this.chosen = [];
    else if (!this.several) this.chosen = [name];
    else this.chosen = this.chosen.includes(name) ? this.chosen.filter((one) => one !== name) : [...this.chosen, name];
    this.tell();
  }

  /** @param {string} name */
  title(name) {
    const thing = this.work.thing(name);
    const told = thing?.properties[this.start.title_field] ?? thing?.properties[this.start.key_field];
    return told ? String(told) : name.startsWith("+") ? filled(this.words.fresh, { number: name.slice(1) }) : name;
  }

  /** @param {"" | "draw" | "reshape" | "split"} mode */
  setMode(mode) {
    this.mode = mode;
    if (!mode) this.board.hide("");
    this.tell();
  }

  stop() {
    this.sketch.cancel();
    this.setMode("");
  }

  /** @param {"polygon" | "line" | "point"} kind */
  drawNew(kind) {
    this.chosen = [];
    this.sketch.begin(kind, { done: (geometry) => this.added(geometry), cancelled: () => this.setMode("") });
    this.setMode("draw");
  }

  /** @param {Geometry} geometry */
  async added(geometry) {
    this.setMode("");
    const shape = this.following && geometry.type === "Polygon" ? await this.followed(geometry, []) : geometry;
    const name = this.work.newName();
    this.chosen = [name];
    this.work.commit([[name, { act: "insert", properties: {}, geometry: shape }]]);
    this.say(this.words.added ?? "");
  }

  reshape() {
    const [name] = this.chosen;
    const done = (/** @type {Geometry} */ geometry) => {
      this.setMode("");
      this.work.commit([[name, { geometry }]]);
    };
    if (!this.sketch.reshape(name, { done, cancelled: () => this.setMode("") })) {
      this.say(this.words.notShaped ?? "");
      return;
    }
    this.board.hide(name);
    this.setMode("reshape");
  }

  split() {
    const [name] = this.chosen;
    this.sketch.begin("line", { done: (line) => this.cut(name, line), cancelled: () => this.setMode("") });
    this.setMode("split");
  }

  /** The largest piece keeps the key; the others are new. @param {string} name @param {Geometry} line */
  async cut(name, line) {
    this.setMode("");
    const thing = this.work.thing(name);
    const found = await this.asked({ act: "split", geometries: [thing?.geometry], line });
    if (!found || !thing) return;
    const [first, ...others] = found;
    const copied = { ...thing.properties };
    delete copied[this.start.key_field];
    this.work.commit([[name, { geometry: first }], ...others.map((geometry) => /** @type {[string, any]} */ ([this.work.newName(), { act: "insert", properties: copied, geometry }]))]);
    this.say(filled(this.words.cut, { count: found.length }));
  }

  /** The first that was chosen keeps its key and its values. */
  async merge() {
    const [first, ...others] = this.chosen;
    const found = await this.asked({ act: "merge", geometries: this.chosen.map((name) => this.work.thing(name)?.geometry) });
    if (!found) return;
    this.chosen = [first];
    this.several = false;
    this.work.commit([[first, { geometry: found[0] }], ...others.map((name) => /** @type {[string, any]} */ ([name, { act: "delete" }]))]);
    this.say(this.words.merged ?? "");
  }

  /** Sides whose two ends stand on a neighbour's border follow it. */
  async follow() {
    const [name] = this.chosen;
    const geometry = this.work.thing(name)?.geometry;
    if (!geometry) return;
    const shape = await this.followed(geometry, [name]);
    if (JSON.stringify(shape) === JSON.stringify(geometry)) this.say(this.words.nothingFollowed ?? "");
    else this.work.commit([[name, { geometry: shape }]]);
  }

  /** @param {Geometry} geometry @param {string[]} without @returns {Promise<Geometry>} */
  async followed(geometry, without) {
    const found = await this.asked({ act: "trace", geometries: [geometry], without });
    return found?.[0] ?? geometry;
  }

  remove() {
    this.work.commit(this.chosen.map((name) => [name, { act: "delete" }]));
  }

  /** @param {Record<string, any>} body @returns {Promise<Geometry[] | null>} */
  async asked(body) {
    try {
      return (await post(this.start.urls.shapes, body, this.words.failed ?? "")).geometries;
    } catch (error) {
      this.say(error instanceof Error ? error.message : "");
      return null;
    }
  }
}
