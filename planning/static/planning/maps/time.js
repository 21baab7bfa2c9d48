// The map of another day: a date, a slider with a tick at each change, and what was known when.
import { element, locale } from "./element.js";

/** @typedef {import("./page.js").Page} Page */

const TOOL = "time";
const PAUSE = 250;
const DAY = 86_400_000;

/** @param {string} iso */
const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
/** @param {number} day */
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
/** @param {string} day */
const inWords = (day) => new Date(`${day.slice(0, 10)}T00:00:00Z`).toLocaleDateString(locale(), { dateStyle: "long", timeZone: "UTC" });

class Time {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.today = this.words.today ?? iso(Date.now() / DAY);
    /** @type {HTMLElement | null} */
    this.part = null;
    this.timer = 0;
    /** @type {{ valid: string[], known: string[] }} */
    this.days = { valid: [], known: [] };
    this.banner = page.part("then");
    this.banner.hidden = true;
    const back = /** @type {HTMLButtonElement} */ (this.banner.querySelector("[data-then-back]"));
    back.textContent = this.words.back ?? "";
    back.addEventListener("click", () => this.go("", ""));
    page.shell.querySelector(".map-frame")?.append(this.banner);
  }

  /** @template {HTMLElement} T @param {string} name @returns {T} */
  the(name) {
    return /** @type {T} */ (this.part?.querySelector(`[data-time="${name}"]`));
  }

  get valid() {
    return this.page.state.content.valid ?? "";
  }

  get known() {
    return this.page.state.content.known ?? "";
  }

  async open() {
    this.part = this.page.part(TOOL);
    this.page.panel.open(this.words.title ?? "", this.part, { closed: () => this.close() });
    this.page.tools.press(TOOL, true);
    const date = /** @type {HTMLInputElement} */ (this.the("valid"));
    const slider = /** @type {HTMLInputElement} */ (this.the("slider"));
    date.addEventListener("change", () => this.go(date.value, this.known));
    slider.addEventListener("input", () => this.later(iso(Number(slider.value))));
    this.the("before").addEventListener("click", () => this.step(-1));
    this.the("after").addEventListener("click", () => this.step(1));
    this.the("today").addEventListener("click", () => this.go("", ""));
    this.the("known").addEventListener("change", () => this.go(this.valid, /** @type {HTMLSelectElement} */ (this.the("known")).value));
    this.tell();
    await this.load();
  }

  close() {
    this.part = null;
    this.page.tools.press(TOOL, false);
  }

  /** The days on which the layers of the map changed. */
  async load() {
    const layers = this.page.layers.stack.join(",");
    try {
      const answer = await fetch(`${this.words.url}?layers=${encodeURIComponent(layers)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new TypeError(`days ${answer.status}`);
      this.days = await answer.json();
      if (this.part) this.the("note").textContent = this.days.valid.length ? "" : (this.words.none ?? "");
    } catch {
      if (this.part) this.the("note").textContent = this.words.failed ?? "";
    }
    if (this.part) this.tick();
  }

  /** From the first change to today, or to what is decided for later. */
  tick() {
    const slider = /** @type {HTMLInputElement} */ (this.the("slider"));
    const days = [...this.days.valid, this.today].sort();
    [slider.min, slider.max] = [String(number(days[0]) - 1), String(number(days.at(-1) ?? this.today))];
    this.the("first").textContent = inWords(iso(Number(slider.min)));
    this.the("last").textContent = inWords(iso(Number(slider.max)));
    this.the("ticks").replaceChildren(...this.days.valid.map((day) => {
      const tick = element("option");
      tick.value = String(number(day));
      return tick;
    }));
    const known = /** @type {HTMLSelectElement} */ (this.the("known"));
    const listed = [...new Set([...this.days.known, ...(this.known ? [this.known] : [])])].sort().reverse();
    known.replaceChildren(known.options[0], ...listed.map((day) => Object.assign(element("option", "", inWords(day)), { value: day })));
    this.tell();
  }

  /** @param {string} day */
  later(day) {
    clearTimeout(this.timer);
    this.say(day);
    this.timer = setTimeout(() => this.go(day === this.today ? "" : day, this.known), PAUSE);
  }

  /** To the change before or after the day of the map. @param {number} step */
  step(step) {
    const now = this.valid.slice(0, 10) || this.today;
    const days = [...new Set([...this.days.valid, this.today])].sort();
    const next = step > 0 ? days.find((day) => day > now) : days.findLast((day) => day < now) ?? (days[0] === now ? iso(number(now) - 1) : undefined);
    if (next) this.go(next === this.today ? "" : next, this.known);
  }

  /** @param {string} valid @param {string} known */
  go(valid, known) {
    clearTimeout(this.timer);
    this.page.layers.date({ valid, known });
    this.page.state.put({ valid: valid || undefined, known: known || undefined }, { step: true });
    this.tell();
  }

  /** The slider in words, for those who do not see it. @param {string} day */
  say(day) {
    this.the("slider")?.setAttribute("aria-valuetext", inWords(day));
  }

  tell() {
    const day = this.valid.slice(0, 10) || this.known.slice(0, 10) || this.today;
    this.banner.hidden = !this.valid && !this.known;
    const shows = (this.words.shows ?? "").replace("{day}", inWords(day));
    const asKnown = this.known ? `, ${(this.words.asKnown ?? "").replace("{day}", inWords(this.known))}` : "";
    /** @type {HTMLElement} */ (this.banner.querySelector("[data-then-words]")).textContent = this.banner.hidden ? "" : `${shows}${asKnown}.`;
    if (!this.part) return;
    /** @type {HTMLInputElement} */ (this.the("valid")).value = day;
    /** @type {HTMLInputElement} */ (this.the("slider")).value = String(number(day));
    /** @type {HTMLSelectElement} */ (this.the("known")).value = this.known;
    this.say(day);
  }
}

/** @param {Page} page */
export function add(page) {
  const time = new Time(page);
  page.tools.button({ id: TOOL, label: time.words.title ?? "", icon: "history", position: 40, isSwitch: true, onPress: () => (time.part ? page.panel.close() : time.open()) });
  page.state.whenFollowed(() => time.tell());
}
