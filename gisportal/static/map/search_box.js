// The search as a combobox: results while typing, arrow keys, Enter; without a script it is a plain form.

/**
 * @typedef {object} Result
 * @property {string} title
 * @property {string} [context]
 * @property {string} [kind]
 * @property {number} lon
 * @property {number} lat
 * @property {number} zoom at which it is well seen
 * @property {[number, number, number, number] | null} bbox west, south, east, north
 * @property {string} url page of what was found, or ""
 */

const PAUSE = 160;

export class SearchBox {
  /** @param {HTMLFormElement} form @param {(result: Result) => void} pick @param {() => [number, number] | null} middle */
  constructor(form, pick, middle) {
    this.form = form;
    this.pick = pick;
    this.middle = middle;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("[role=combobox]"));
    this.list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
    this.note = /** @type {HTMLElement} */ (form.querySelector("[data-search-note]"));
    this.status = /** @type {HTMLElement} */ (form.querySelector("[data-search-status]"));
    /** @type {Result[]} */
    this.results = [];
    this.active = -1;
    this.timer = 0;
    this.request = new AbortController();
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.results.length && this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("focusout", (event) => {
      if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  async search() {
    this.request.abort();
    const typed = this.input.value.trim();
    if (!typed) return this.clear();
    this.request = new AbortController();
    try {
      const answer = await fetch(this.address(typed), { headers: { Accept: "application/json" }, signal: this.request.signal });
      if (!answer.ok) throw new TypeError(`search ${answer.status}`);
      this.show((await answer.json()).results);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.show([]);
      this.say(this.form.dataset.failed ?? "");
    }
  }

  /** @param {string} typed */
  address(typed) {
    const url = new URL(this.form.action);
    url.searchParams.set("q", typed);
    const middle = this.middle();
    if (middle) {
      url.searchParams.set("lon", middle[0].toFixed(5));
      url.searchParams.set("lat", middle[1].toFixed(5));
    }
    return url;
  }

  /** @param {Result[]} results */
  show(results) {
    this.results = results;
    this.activate(-1);
    this.list.replaceChildren(...results.map((result, index) => this.option(result, index)));
    if (results.length) this.open();
    else this.close();
    const { countOne = "", countMany = "", countNone = "" } = this.form.dataset;
    if (results.length) this.status.textContent = results.length === 1 ? countOne : countMany.replace("{n}", String(results.length));
    this.note.hidden = results.length > 0;
    if (!results.length) this.say(countNone);
  }

  /** @param {string} words */
  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
    this.status.textContent = words;
  }

  /** @param {Result} result @param {number} index */
  option(result, index) {
    const item = document.createElement("li");
    item.id = `search-result-${index}`;
    item.className = "map-search__result";
    item.setAttribute("role", "option");
    item.dataset.index = String(index);
    const title = document.createElement("span");
    title.className = "map-search__title";
    title.textContent = result.title;
    const context = document.createElement("span");
    context.className = "map-search__context";
    context.textContent = result.context ?? "";
    item.append(title, " ", context);
    return item;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      event.preventDefault();
      this.close();
    } else if (event.key in moves && this.results.length) {
      event.preventDefault();
      this.open();
      this.activate(this.next(moves[/** @type {keyof typeof moves} */ (event.key)]));
    }
  }

  /** Through the results and back to the typed text. @param {number} move */
  next(move) {
    const count = this.results.length + 1;
    return ((this.active + 1 + move + count) % count) - 1;
  }

  /** @param {number} index */
  activate(index) {
    this.list.children[this.active]?.removeAttribute("aria-selected");
    this.active = index;
    const option = this.list.children[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    clearTimeout(this.timer);
    if (this.active < 0) await this.search();
    const result = this.results[Math.max(this.active, 0)];
    if (result) this.choose(result);
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const item = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-index]"));
    if (item) this.choose(this.results[Number(item.dataset.index)]);
  }

  /** @param {Result} result */
  choose(result) {
    this.input.value = result.title;
    this.close();
    this.pick(result);
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.note.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  clear() {
    this.results = [];
    this.list.replaceChildren();
    this.status.textContent = "";
    this.close();
  }
}
