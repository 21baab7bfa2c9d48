// Single keys for those who live in the list; they can be switched off, and never act while somebody types.

const STORE = "desk-keys";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog[open] *";

/** @param {HTMLElement} desk */
export function startKeys(desk) {
  const dialog = /** @type {HTMLDialogElement | null} */ (desk.querySelector(".keys__dialog"));
  const toggle = /** @type {HTMLInputElement | null} */ (desk.querySelector("[data-keys-on]"));
  const help = () => dialog?.showModal();
  let waiting = "";

  /** @returns {HTMLElement[]} */
  const links = () => [...desk.querySelectorAll(/** @type {"a"} */ (".queue__link"))];

  const here = () => {
    const all = links();
    const row = document.activeElement?.closest(".queue__row")?.querySelector(".queue__link");
    const place = all.indexOf(/** @type {HTMLElement} */ (row));
    return place >= 0 ? place : all.findIndex((link) => link.hasAttribute("aria-current"));
  };

  /** @param {number} step */
  const move = (step) => {
    const all = links();
    const next = Math.min(Math.max(here() + step, 0), all.length - 1);
    all[next]?.focus();
  };

  const open = () => links()[Math.max(here(), 0)]?.click();

  /** @param {string} act */
  const act = (act) => {
    const form = /** @type {HTMLDetailsElement | null} */ (desk.querySelector(`[data-act="${act}"]`));
    if (!form) {
      waiting = desk.querySelector("#case .case") ? "" : act;
      return waiting ? open() : undefined;
    }
    form.open = true;
    /** @type {HTMLElement | null} */ (form.querySelector("select, textarea"))?.focus();
  };

  const pick = () => {
    const box = links()[here()]?.closest(".queue__row")?.querySelector("input");
    if (box) box.click();
  };

  const back = () => {
    if (document.activeElement?.closest("#case")) links()[Math.max(here(), 0)]?.focus();
  };

  // Letters by their place on the keyboard, so that they work while it writes Greek.
  /** @type {Record<string, () => unknown>} */
  const keys = {
    KeyJ: () => move(1),
    KeyK: () => move(-1),
    KeyE: open,
    KeyA: () => act("assign"),
    KeyR: () => act("note"),
    KeyX: pick,
    "/": () => /** @type {HTMLElement | null} */ (document.querySelector("#id_q"))?.focus(),
    "?": help,
  };

  if (toggle) {
    toggle.checked = localStorage.getItem(STORE) !== "off";
    toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));
  }
  desk.querySelector("[data-keys-help]")?.addEventListener("click", help);

  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.key === "Escape" && !dialog?.open) return back();
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING)) return;
    const press = toggle?.checked === false ? undefined : (keys[event.key] ?? keys[event.code]);
    if (!press) return;
    event.preventDefault();
    press();
  });

  document.addEventListener("htmx:after:swap", () => {
    if (!waiting || !desk.querySelector("#case .case")) return;
    const wanted = waiting;
    waiting = "";
    setTimeout(() => desk.querySelector(`[data-act="${wanted}"]`) && act(wanted));
  });
}
