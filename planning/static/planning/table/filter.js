// The filter of a layer in words: conditions, a place, and the CQL2 that they make.
import { asked, box, narrowed, Refused } from "./asking.js";
import { Conditions } from "./conditions.js";
import { together } from "./cql2.js";
import { Sketch } from "../maps/sketch.js";

/** @typedef {import("../maps/page.js").Page} Page */

const TOOL = "filter";
const LONGEST = 6000; // As it stands in an address: servers take no longer ones.

export class Filter {
  /** @param {Page} page @param {string} slug @param {string} title */
  constructor(page, slug, title) {
    this.page = page;
    this.slug = slug;
    this.words = page.words("table");
    this.there = (this.words.url ?? "").replace("LAYER", slug);
    this.part = page.part("filter");
    this.sketch = new Sketch(page, "plan-filter", () => {});
    this.geometry = "geom";
    this.text().value = page.layers.filters.get(slug) ?? "";
    page.panel.open(title, this.part, { closed: () => this.close() });
    this.start();
  }

  /** @template {HTMLElement} T @param {string} name @returns {T} */
  one(name) {
    return /** @type {T} */ (this.part.querySelector(`[data-filter-${name}]`));
  }

  text() {
    return /** @type {HTMLTextAreaElement} */ (this.one("text"));
  }

  async start() {
    const { page } = this;
    const others = /** @type {HTMLSelectElement} */ (this.one("layer"));
    for (const { slug, title } of page.layers.catalogue) if (page.layers.facts[slug] && slug !== this.slug) others.append(new Option(title, slug));
    this.one("where").addEventListener("change", () => this.place());
    this.one("typed").addEventListener("click", () => this.apply(this.text().value.trim()));
    this.one("clear").addEventListener("click", () => this.clear());
    this.part.addEventListener("submit", (event) => {
      event.preventDefault();
      this.compose();
    });
    try {
      const told = await (await asked(`${this.there}values/`)).json();
      this.geometry = told.geometry;
      this.conditions = new Conditions(page, this.part, told.fields, this.there);
      this.one("add").addEventListener("click", () => this.conditions?.add());
      if (!this.text().value) this.conditions.add({ focus: false });
    } catch (error) {
      this.refuse(error);
    }
  }

  get where() {
    return /** @type {HTMLSelectElement} */ (this.one("where")).value;
  }

  place() {
    const { where, page } = this;
    this.one("other").hidden = where !== "layer";
    this.one("far").hidden = !["layer", "shape"].includes(where);
    this.one("told").textContent = where === "shape" ? (this.words.draw ?? "") : "";
    if (where !== "shape") return this.undraw();
    page.pointer.take(TOOL, () => this.sketch.stop());
    this.sketch.start(true);
  }

  undraw() {
    this.page.pointer.release(TOOL);
    this.sketch.clear();
  }

  async compose() {
    try {
      const join = /** @type {"AND" | "OR"} */ (/** @type {HTMLSelectElement} */ (this.one("join")).value);
      const text = together(this.conditions?.chosen() ?? [], join, await this.placed());
      this.text().value = text;
      await this.apply(text);
    } catch (error) {
      this.refuse(error);
    }
  }

  /** The place as CQL2; what is near is reckoned by the server. */
  async placed() {
    const { where, page } = this;
    if (where === "view") return `S_INTERSECTS(${this.geometry}, BBOX(${box(page.map).join(", ")}))`;
    if (!where) return "";
    const body = new URLSearchParams({ metres: /** @type {HTMLInputElement} */ (this.one("metres")).value });
    if (where === "layer") {
      const slug = /** @type {HTMLSelectElement} */ (this.one("layer")).value;
      for (const [name, value] of narrowed(page, slug)) body.set(name, value);
      body.set("layer", slug);
    } else {
      const { corners } = this.sketch;
      if (corners.length < 3) throw new Refused(this.words.draw);
      body.set("shape", JSON.stringify({ type: "Polygon", coordinates: [[...corners, corners[0]]] }));
    }
    const found = await (await asked(`${this.there}near/`, { method: "POST", body })).json();
    this.one("told").textContent = found.told;
    return found.cql2;
  }

  /** Only what the server can read reaches the map. @param {string} filter */
  async apply(filter) {
    try {
      if (encodeURIComponent(filter).length > LONGEST) throw new Refused(this.words.long);
      if (filter) await asked(`${this.there}values/?${narrowed(this.page, this.slug, { filter })}`);
      this.told("");
      this.page.layers.filter(this.slug, filter);
      this.page.say((filter ? this.words.applied : this.words.cleared) ?? "");
    } catch (error) {
      this.refuse(error);
    }
  }

  clear() {
    this.text().value = "";
    this.conditions?.clear();
    this.undraw();
    /** @type {HTMLSelectElement} */ (this.one("where")).value = "";
    this.place();
    return this.apply("");
  }

  /** @param {unknown} error */
  refuse(error) {
    this.told((error instanceof Refused && error.message) || (this.words.failed ?? ""));
  }

  /** @param {string} wrong */
  told(wrong) {
    this.one("wrong").hidden = !wrong;
    this.one("wrong").textContent = wrong;
    this.text().setAttribute("aria-invalid", String(Boolean(wrong)));
  }

  close() {
    this.undraw();
  }
}
