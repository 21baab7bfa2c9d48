// One question at a time: which one shows, how far it is, and a back button that goes back.

const ORDER = ["where", "what", "details", "similar", "photo", "contact"];

export class Steps {
  /** @param {HTMLElement} root @param {HTMLFormElement} form */
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.back = /** @type {HTMLButtonElement} */ (form.querySelector("[data-back]"));
    this.count = /** @type {HTMLElement} */ (form.querySelector("[data-count]"));
    this.bar = /** @type {HTMLProgressElement} */ (form.querySelector("[data-progress]"));
    this.back.addEventListener("click", () => history.back());
    window.addEventListener("popstate", (event) => this.show(event.state?.step ?? "where"));
    const first = this.atFirst();
    history.replaceState({ step: first }, "");
    this.show(first, false);
  }

  /** Where the server left off: at the first thing it found wrong, or at the step it shows. */
  atFirst() {
    const wrong = this.form.querySelector("[data-error-for]:not([hidden])")?.closest("[data-step-name]");
    const given = wrong?.getAttribute("data-step-name") ?? this.root.dataset.step ?? "where";
    return given === "send" ? "photo" : given;
  }

  get current() {
    return this.root.dataset.step ?? "where";
  }

  /** What pressing Enter means here. */
  next() {
    return ORDER[ORDER.indexOf(this.current) + 1] ?? "submit";
  }

  /** @param {string} name */
  advance(name) {
    if (name === this.current) return;
    history.pushState({ step: name }, "");
    this.show(name);
  }

  /** @param {string} name @param {boolean} [focus] */
  show(name, focus = true) {
    const at = ORDER.indexOf(name);
    this.root.dataset.step = name;
    // Beside a later question the map only shows: a stray drag must not move the report.
    /** @type {HTMLElement} */ (this.root.querySelector("[data-map-frame]")).inert = name !== "where";
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll("[data-step-name]"))) {
      section.hidden = section.dataset.stepName !== name;
    }
    for (const summary of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll("[data-summary]"))) {
      summary.hidden = ORDER.indexOf(summary.dataset.summary ?? "") >= at;
    }
    this.tellProgress(at);
    this.summarise();
    if (!focus) return;
    scrollTo({ top: 0 });
    /** @type {HTMLElement | null} */ (this.form.querySelector(`#${name}-title`))?.focus({ preventScroll: true });
  }

  /** Details and similar cases belong to “what”, so that the count never jumps. @param {number} at */
  tellProgress(at) {
    const stage = [1, 2, 2, 2, 3, 4][at] ?? 1;
    this.count.textContent = (this.count.dataset.words ?? "").replace("{1}", String(stage)).replace("{2}", "4");
    this.bar.max = 4;
    this.bar.value = stage;
    this.count.hidden = this.bar.hidden = false;
    this.back.hidden = at === 0;
  }

  /** What was said already, in the words of the page. */
  summarise() {
    const where = ["[data-asset-label]", "[data-address]", "[data-area]"].map((spot) => this.form.querySelector(spot)?.textContent?.trim());
    this.tell("where", where.filter(Boolean).join(" · "));
    const kind = /** @type {HTMLInputElement | null} */ (this.form.querySelector("[name=category]:checked"));
    this.tell("what", kind?.dataset.title ?? "");
  }

  /** @param {string} name @param {string} words */
  tell(name, words) {
    const spot = this.form.querySelector(`[data-summary="${name}"] [data-summary-text]`);
    if (spot) spot.textContent = words;
  }
}
