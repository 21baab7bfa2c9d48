// What the problem is: found by a word, remembered from last time, and with its own questions.

const REMEMBERED = "report:last-used";
const MOST = 3;

/** Lower case without accents, ς as σ: how people type. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ς", "σ");
}

/** @returns {string[]} slugs, newest first */
function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
    return Array.isArray(kept) ? kept.filter((slug) => typeof slug === "string") : [];
  } catch {
    return [];
  }
}

export class Kinds {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.words = /** @type {HTMLInputElement} */ (form.querySelector("[data-category-words]"));
    this.none = /** @type {HTMLElement} */ (form.querySelector("[data-category-none]"));
    this.kinds = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-kind]")]);
    this.groups = /** @type {HTMLDetailsElement[]} */ ([...form.querySelectorAll("[data-group]")]);
    this.words.addEventListener("input", () => this.filter());
    this.words.addEventListener("keydown", (event) => this.enter(event));
    this.showRemembered();
  }

  /** Every typed word must begin a word of the kind. */
  filter() {
    const typed = folded(this.words.value).split(/\s+/).filter(Boolean);
    for (const kind of this.kinds) {
      const own = ` ${folded(kind.dataset.words ?? "")}`;
      kind.hidden = !typed.every((word) => own.includes(` ${word}`) || own.includes(`,${word}`));
    }
    for (const group of this.groups) {
      const found = [...group.querySelectorAll("[data-kind]")].some((kind) => !(/** @type {HTMLElement} */ (kind).hidden));
      group.hidden = !found;
      group.toggleAttribute("name", false);
      group.open = typed.length > 0 && found;
    }
    this.none.hidden = this.kinds.some((kind) => !kind.hidden);
  }

  /** Enter takes the only kind that is left. @param {KeyboardEvent} event */
  enter(event) {
    const left = this.kinds.filter((kind) => !kind.hidden);
    if (event.key !== "Enter") return;
    if (left.length === 1) this.choose(left[0]);
    else event.preventDefault();
  }

  /** @param {HTMLElement} kind */
  choose(kind) {
    const input = /** @type {HTMLInputElement} */ (kind.querySelector("input"));
    input.checked = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @returns {HTMLInputElement | null} */
  chosen() {
    return this.form.querySelector("[name=category]:checked");
  }

  needed() {
    return /** @type {HTMLElement} */ (this.form.querySelector("[data-kind-needed]")).dataset.kindNeeded ?? "";
  }

  /** Only the questions of the chosen kind show and are sent. */
  showQuestions() {
    const slug = this.chosen()?.value;
    for (const questions of /** @type {NodeListOf<HTMLFieldSetElement>} */ (this.form.querySelectorAll("[data-questions]"))) {
      questions.hidden = questions.disabled = questions.dataset.questions !== slug;
    }
  }

  hasQuestions() {
    return this.form.querySelector("[data-questions]:not([hidden])") !== null;
  }

  showRemembered() {
    const bySlug = new Map(this.kinds.map((kind) => [kind.querySelector("input")?.value, kind]));
    const known = remembered().map((slug) => bySlug.get(slug)).filter((kind) => kind !== undefined);
    const list = /** @type {HTMLElement} */ (this.form.querySelector("[data-last-used-list]"));
    list.replaceChildren(...known.map((kind) => this.chip(kind)));
    /** @type {HTMLElement} */ (this.form.querySelector("[data-last-used]")).hidden = known.length === 0;
  }

  /** @param {HTMLElement} kind */
  chip(kind) {
    const button = document.createElement("button");
    button.className = "chip";
    button.name = "go";
    button.value = "details";
    const icon = kind.querySelector("svg")?.cloneNode(true);
    button.append(...(icon ? [icon] : []), kind.querySelector(".kind__title")?.textContent ?? "");
    button.addEventListener("click", () => this.choose(kind));
    return button;
  }

  /** Kinds that fit the asset chosen on the map come first. @param {string} asset as `<type>:<code>` @param {string} label */
  suggest(asset, label) {
    const type = asset.split(":")[0];
    const fitting = type ? this.kinds.filter((kind) => kind.querySelector("input")?.dataset.assetType === type) : [];
    const title = /** @type {HTMLElement} */ (this.form.querySelector("[data-suggested-title]"));
    title.textContent = (title.dataset.words ?? "").replace("{1}", label);
    this.form.querySelector("[data-suggested-list]")?.replaceChildren(...fitting.map((kind) => this.chip(kind)));
    /** @type {HTMLElement} */ (this.form.querySelector("[data-suggested]")).hidden = fitting.length === 0;
  }

  /** Called when a report was accepted. */
  remember() {
    const slug = this.chosen()?.value;
    if (!slug) return;
    try {
      localStorage.setItem(REMEMBERED, JSON.stringify([slug, ...remembered().filter((other) => other !== slug)].slice(0, MOST)));
    } catch {
      // a private window keeps nothing
    }
  }
}

/** @param {HTMLFormElement} form */
export function startKinds(form) {
  return new Kinds(form);
}
