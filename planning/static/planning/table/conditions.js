// The rows of a filter: field, how, value; values are suggested as they stand in the layer.
import { asked } from "./asking.js";
import { canBeNamed } from "./cql2.js";

/** @typedef {import("./cql2.js").Field} Field */

const NUMBERS = ["number", "whole"];
const PAUSE = 200;

export class Conditions {
  /** @param {import("../maps/page.js").Page} page @param {HTMLElement} form @param {Field[]} fields @param {string} there */
  constructor(page, form, fields, there) {
    this.page = page;
    this.words = page.words("table");
    this.holder = /** @type {HTMLElement} */ (form.querySelector("[data-filter-rows]"));
    this.fields = fields.filter(canBeNamed);
    this.there = there;
    this.count = 0;
  }

  get rows() {
    return /** @type {HTMLElement[]} */ ([...this.holder.children]);
  }

  add({ focus = true } = {}) {
    const row = this.page.part("condition");
    const field = /** @type {HTMLSelectElement} */ (row.querySelector("[data-field]"));
    const operator = /** @type {HTMLSelectElement} */ (row.querySelector("[data-operator]"));
    const value = /** @type {HTMLInputElement} */ (row.querySelector("[data-value]"));
    const list = /** @type {HTMLElement} */ (row.querySelector("datalist"));
    list.id = `plan-filter-values-${++this.count}`;
    value.setAttribute("list", list.id);
    field.append(...this.fields.map(({ name, title }) => new Option(title, name)));
    field.addEventListener("change", () => this.fit(row));
    operator.addEventListener("change", () => this.fit(row));
    let timer = 0;
    value.addEventListener("focus", () => this.suggest(row));
    value.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.suggest(row), PAUSE);
    });
    row.querySelector("[data-remove]")?.addEventListener("click", () => {
      row.remove();
      this.number();
    });
    this.holder.append(row);
    this.number();
    this.fit(row);
    if (focus) field.focus();
  }

  clear() {
    this.holder.replaceChildren();
  }

  number() {
    this.rows.forEach((row, index) => {
      const legend = row.querySelector("legend");
      if (legend) legend.textContent = (this.words.condition ?? "").replace("{number}", String(index + 1));
    });
  }

  /** @param {HTMLElement} row @returns {import("./cql2.js").Condition} */
  read(row) {
    const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (row.querySelector(`[data-${name}]`)).value;
    const field = this.fields.find(({ name }) => name === value("field")) ?? this.fields[0];
    return { field, operator: value("operator"), value: value("value") };
  }

  /** Only what can be asked of the field. @param {HTMLElement} row */
  fit(row) {
    const { field, operator } = this.read(row);
    const isText = field.text && !["day", "moment"].includes(field.kind);
    const isTruth = field.kind === "truth";
    for (const option of /** @type {NodeListOf<HTMLOptionElement>} */ (row.querySelectorAll("[data-for]"))) {
      option.hidden = option.disabled = option.dataset.for === "text" ? !isText : isTruth;
    }
    const chosen = /** @type {HTMLSelectElement} */ (row.querySelector("[data-operator]"));
    if (chosen.selectedOptions[0]?.disabled) chosen.value = "=";
    const value = /** @type {HTMLInputElement} */ (row.querySelector("[data-value]"));
    value.hidden = ["empty", "filled"].includes(operator);
    value.type = field.text || NUMBERS.includes(field.kind) || isTruth ? "text" : "date";
    value.inputMode = NUMBERS.includes(field.kind) ? "decimal" : "text";
    row.querySelector("datalist")?.replaceChildren();
  }

  /** @param {HTMLElement} row */
  async suggest(row) {
    const { field, value } = this.read(row);
    const words = new URLSearchParams({ field: field.name, q: value });
    try {
      const { values } = await (await asked(`${this.there}values/?${words}`)).json();
      row.querySelector("datalist")?.replaceChildren(...values.map((/** @type {string} */ one) => Object.assign(document.createElement("option"), { value: one })));
    } catch {
      // Without suggestions people type.
    }
  }

  /** @returns {import("./cql2.js").Condition[]} without rows whose value is not filled yet */
  chosen() {
    const read = this.rows.map((row) => this.read(row));
    return read.filter(({ operator, value }) => value !== "" || ["empty", "filled"].includes(operator));
  }
}
