// The table of a layer's rows, from below: bound to the map both ways, filtered and reckoned from here.
import { element } from "../maps/element.js";
import { asked, narrowed, Refused } from "./asking.js";
import { showFigures } from "./figures.js";
import { Filter } from "./filter.js";
import { Rows } from "./rows.js";

/** @typedef {import("../maps/page.js").Page} Page */

const TOOL = "table";
const PAUSE = 300;

class Table {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.words = page.words(TOOL);
    this.rows = new Rows(page);
    /** @type {HTMLElement | null} */
    this.part = null;
    this.slug = "";
    this.isView = false;
    this.turn = new URLSearchParams();
    this.request = new AbortController();
    this.address = "";
    this.timer = 0;
    page.layers.watch(() => this.later());
    page.map.on("moveend", () => this.later());
    page.map.on("mousemove", ({ point }) => {
      if (this.part) this.rows.meet(this.slug, point);
    });
  }

  /** @template {HTMLElement} T @param {string} name @returns {T} */
  one(name) {
    return /** @type {T} */ (this.part?.querySelector(`[data-table-${name}]`));
  }

  /** Layers of the map that have rows, the top one first. */
  get choices() {
    const { stack, facts } = this.page.layers;
    return stack.filter((slug) => facts[slug]).reverse();
  }

  /** @param {{ slug?: string, view?: boolean, focus?: boolean }} [how] */
  open({ slug = "", view = false, focus = true } = {}) {
    const { page, choices } = this;
    if (!choices.length) return page.say(this.words.none ?? "");
    this.part?.remove();
    this.slug = choices.includes(slug) ? slug : choices[0];
    this.isView = view;
    this.turn = new URLSearchParams();
    this.address = "";
    this.part = page.part(TOOL);
    page.shell.append(this.part);
    page.shell.dataset.table = "open";
    page.tools.press(TOOL, true);
    this.offer();
    const check = /** @type {HTMLInputElement} */ (this.one("view"));
    check.checked = view;
    check.addEventListener("change", () => this.change({ view: check.checked }));
    const select = /** @type {HTMLSelectElement} */ (this.one("layer"));
    select.addEventListener("change", () => this.change({ slug: select.value }));
    this.one("close").addEventListener("click", () => this.close());
    this.one("figures").addEventListener("click", () => showFigures(page, this.slug, this.isView, this.titled(this.words.figuresOf)));
    this.one("filter").addEventListener("click", () => new Filter(page, this.slug, this.titled(this.words.filterOf)));
    this.part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
    this.keep();
    this.load();
    if (focus) this.part.querySelector("h2")?.focus({ preventScroll: true });
    return undefined;
  }

  /** @param {string} [words] */
  titled(words = "") {
    return words.replace("{layer}", this.page.layers.find(this.slug)?.title ?? this.slug);
  }

  offer() {
    const { layers } = this.page;
    const select = /** @type {HTMLSelectElement} */ (this.one("layer"));
    select.replaceChildren(...this.choices.map((slug) => new Option(layers.find(slug)?.title ?? slug, slug)));
    select.value = this.slug;
  }

  /** @param {{ slug?: string, view?: boolean }} what */
  change({ slug = this.slug, view = this.isView }) {
    [this.slug, this.isView] = [slug, view];
    this.turn = new URLSearchParams();
    this.keep();
    this.load();
  }

  keep() {
    const kept = { slug: this.slug, ...(this.isView ? { view: true } : {}) };
    if (JSON.stringify(kept) !== JSON.stringify(this.page.state.get(TOOL))) this.page.state.set(TOOL, kept);
  }

  close() {
    if (!this.part) return;
    this.request.abort();
    this.part.remove();
    this.part = null;
    this.rows.clear();
    delete this.page.shell.dataset.table;
    this.page.tools.press(TOOL, false);
    this.page.state.set(TOOL, undefined);
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-tool="${TOOL}"]`))?.focus();
  }

  /** The map changed; perhaps what the table shows did too. */
  later() {
    if (!this.part) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.part) return undefined;
      if (!this.choices.includes(this.slug)) return this.choices.length ? this.change({ slug: this.choices[0] }) : this.close();
      this.offer();
      return this.load();
    }, PAUSE);
  }

  async load() {
    const query = narrowed(this.page, this.slug, { view: this.isView });
    for (const [name, value] of this.turn) query.append(name, value);
    query.set("part", "1");
    const address = `${(this.words.url ?? "").replace("LAYER", this.slug)}?${query}`;
    if (address === this.address) return;
    this.address = address;
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const body = this.one("body");
    body.setAttribute("aria-busy", "true");
    try {
      this.fill(body, await (await asked(address, { signal })).text());
    } catch (error) {
      if (signal.aborted) return;
      this.address = "";
      this.rows.clear();
      body.replaceChildren(element("p", "empty", (error instanceof Refused && error.message) || this.words.failed));
    }
    body.removeAttribute("aria-busy");
  }

  /** Our own server's markup; the content policy forbids any script in it. @param {HTMLElement} body @param {string} html */
  fill(body, html) {
    body.innerHTML = html;
    body.scrollTop = 0;
    this.rows.bind(body, this.words.show ?? "");
    this.columns(body);
    this.one("status").textContent = body.querySelector("[data-table-count]")?.textContent?.trim() ?? "";
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (body.querySelectorAll("[data-table-link]"))) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const asks = new URL(link.href).searchParams;
        this.turn = new URLSearchParams([...asks].filter(([name]) => ["sort", "down", "start", "field"].includes(name)));
        this.load();
      });
    }
  }

  /** Only the columns that were ticked, in the order of the table. @param {HTMLElement} body */
  columns(body) {
    const form = /** @type {HTMLFormElement | null} */ (body.querySelector("[data-table-columns] form"));
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.turn = new URLSearchParams(/** @type {[string, string][]} */ ([...new FormData(form)].filter(([name]) => ["field", "sort", "down"].includes(name))));
      this.load();
    });
  }

  /** The address says which table is open. */
  follow() {
    const told = this.page.state.get(TOOL);
    if (!told?.slug) return void (this.part && this.close());
    if (this.part && told.slug === this.slug && Boolean(told.view) === this.isView) return;
    this.open({ slug: told.slug, view: told.view === true, focus: false });
  }
}

/** @param {Page} page */
export function add(page) {
  const table = new Table(page);
  page.tools.button({ id: TOOL, label: page.words(TOOL).title ?? "", icon: "table", position: 25, isSwitch: true, onPress: () => (table.part ? table.close() : table.open()) });
  page.state.whenFollowed(() => table.follow());
}
