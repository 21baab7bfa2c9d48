// Rows of the table and shapes on the map are one: what is pointed at here lights up there.
import { icon } from "../maps/bar.js";
import { element } from "../maps/element.js";
import { Highlight } from "../maps/highlight.js";

/** @typedef {[number, number, number, number]} Box */

/** @param {any} value coordinates, however deep @returns {Box} */
function around(value) {
  if (typeof value[0] === "number") return [value[0], value[1], value[0], value[1]];
  return value.map(around).reduce((/** @type {Box} */ one, /** @type {Box} */ other) => [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])]);
}

export class Rows {
  /** @param {import("../maps/page.js").Page} page */
  constructor(page) {
    this.page = page;
    this.highlight = new Highlight(page.map, "plan-table");
    /** @type {HTMLElement[]} */
    this.rows = [];
    /** @type {any[]} */
    this.shapes = [];
  }

  /** @param {HTMLElement} holder @param {string} label */
  bind(holder, label) {
    this.rows = [...holder.querySelectorAll("[data-row]")].map((row) => /** @type {HTMLElement} */ (row));
    const read = this.rows.map((row) => JSON.parse(row.dataset.shape || "null"));
    this.shapes = read.map((shape) => (shape?.coordinates?.length ? shape : { type: "MultiPoint", coordinates: [] }));
    this.rows.forEach((row, index) => {
      for (const event of ["pointerenter", "focusin"]) row.addEventListener(event, () => this.point(index));
      row.addEventListener("click", (event) => {
        if (!(/** @type {HTMLElement} */ (event.target).closest("a"))) this.go(index);
      });
      const button = element("button", "button button--quiet button--icon");
      button.type = "button";
      button.dataset.tableShow = "";
      button.append(icon("focus-2"), element("span", "visually-hidden", `${label}: ${row.querySelector("th")?.textContent?.trim() ?? ""}`));
      row.querySelector("th")?.prepend(button);
    });
    this.highlight.show(this.shapes);
  }

  /** @param {number} index */
  point(index) {
    this.rows.forEach((row, at) => {
      if (at === index) row.dataset.chosen = "";
      else delete row.dataset.chosen;
    });
    this.highlight.choose(index);
  }

  /** @param {number} index */
  go(index) {
    this.point(index);
    const { coordinates } = this.shapes[index];
    if (!coordinates.length) return;
    const [west, south, east, north] = around(coordinates);
    const { map, shell } = this.page;
    const covered = map.getContainer().getBoundingClientRect().bottom - (shell.querySelector(".plan-table")?.getBoundingClientRect().top ?? Infinity);
    const room = covered > 0 ? 20 : 60; // on a phone the table lies over the map
    map.fitBounds([west, south, east, north], { padding: { top: room, left: room, right: room, bottom: room + Math.max(0, covered) }, maxZoom: 18 });
  }

  /** What the pointer is over on the map. @param {string} slug @param {{ x: number, y: number }} at */
  meet(slug, { x, y }) {
    const { map, layers } = this.page;
    const drawn = layers.drawn(slug).map(({ id }) => id).filter((id) => map.getLayer(id));
    const found = drawn.length ? map.queryRenderedFeatures([x, y], { layers: drawn })[0] : undefined;
    const index = found ? this.rows.findIndex((row) => row.dataset.row === String(found.id)) : -1;
    if (index < 0 || "chosen" in this.rows[index].dataset) return;
    this.point(index);
    this.rows[index].scrollIntoView({ block: "nearest" });
  }

  clear() {
    this.rows = [];
    this.highlight.clear();
  }
}
