// Typing an address: the places found appear below the box, and choosing one moves the pin there.

/** @typedef {{ title: string, context?: string, lon: number, lat: number, bbox?: number[] }} Result */
/** @typedef {import("./report_pin.js").Pin} Pin */

const PAUSE = 180;
const STREET_ZOOM = 17;
const HOUSE_ZOOM = 18.5;

export class AddressBox {
  /** @param {HTMLElement} root @param {Pin} pin */
  constructor(root, pin) {
    this.url = root.dataset.searchUrl ?? "";
    this.pin = pin;
    this.box = /** @type {HTMLElement} */ (root.querySelector("[data-search]"));
    this.input = /** @type {HTMLInputElement} */ (this.box.querySelector("input"));
    this.list = /** @type {HTMLElement} */ (this.box.querySelector("[data-found]"));
    this.none = /** @type {HTMLElement} */ (this.box.querySelector("[data-found-none]"));
    this.request = new AbortController();
    this.timer = 0;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.move(event));
    this.box.addEventListener("focusout", (event) => {
      if (!this.box.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  async search() {
    this.request.abort();
    this.request = new AbortController();
    const typed = this.input.value.trim();
    if (typed.length < 2) return this.show([]);
    const url = new URL(this.url, location.href);
    url.searchParams.set("q", typed);
    const middle = this.pin.place;
    if (middle) {
      url.searchParams.set("lon", String(middle[0]));
      url.searchParams.set("lat", String(middle[1]));
    }
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: this.request.signal });
      const { results } = await answer.json();
      this.show(results);
      this.none.hidden = results.length > 0;
    } catch {
      // a newer question is under way, or there is no connection: the map still works
    }
  }

  /** @param {Result[]} results */
  show(results) {
    this.results = results;
    this.none.hidden = true;
    this.list.replaceChildren(...results.map((result, index) => this.choice(result, index)));
    this.list.hidden = results.length === 0;
  }

  /** @param {Result} result @param {number} index */
  choice(result, index) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "where__choice";
    button.dataset.index = String(index);
    const title = document.createElement("strong");
    title.textContent = result.title;
    const context = document.createElement("span");
    context.className = "soft small";
    context.textContent = result.context ?? "";
    button.append(title, context);
    item.append(button);
    return item;
  }

  /** @param {KeyboardEvent} event */
  async key(event) {
    if (event.key === "Escape") return this.close();
    if (event.key === "ArrowDown") {
      event.preventDefault();
      return this.list.querySelector("button")?.focus();
    }
    if (event.key !== "Enter" || !this.input.value.trim()) return;
    event.preventDefault();
    clearTimeout(this.timer);
    await this.search();
    if (this.results?.length) this.choose(this.results[0]);
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.input.focus();
      this.close();
    }
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.list.querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement)) + step;
    (buttons[at] ?? this.input).focus();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-index]"));
    if (button && this.results) this.choose(this.results[Number(button.dataset.index)]);
  }

  /** @param {Result} result */
  choose(result) {
    this.input.value = result.title;
    this.close();
    const house = /\d/.test(result.title);
    this.pin.moveTo(result.lon, result.lat, house ? HOUSE_ZOOM : STREET_ZOOM);
    /** @type {HTMLElement | null} */ (document.querySelector(".step--where [name=go][value=what]"))?.focus({ preventScroll: true });
  }

  close() {
    this.list.hidden = true;
    this.none.hidden = true;
  }
}

/** @param {HTMLElement} root @param {Pin} pin */
export function startSearch(root, pin) {
  return new AddressBox(root, pin);
}
