// The one side panel of the map: a tool puts its answer into it; on a phone it slides over the layers.
import { Sheet } from "../../ui/sheet.js";

export class SidePanel {
  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.holder = holder;
    const element = /** @type {HTMLElement} */ (holder.querySelector("[data-sheet]"));
    this.sheet = new Sheet(element);
    this.title = /** @type {HTMLElement} */ (holder.querySelector("[data-panel-title]"));
    this.body = /** @type {HTMLElement} */ (holder.querySelector("[data-panel-body]"));
    /** @type {(() => void) | undefined} */
    this.closed = undefined;
    /** @type {HTMLElement | null} */
    this.cameFrom = null;
    holder.querySelector("[data-panel-close]")?.addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !this.isOpen) return;
      event.preventDefault();
      this.close();
    });
  }

  get isOpen() {
    return !this.holder.hidden;
  }

  /** Show an element under a title. What was open before is told that it is not any more.
   * @param {string} title @param {HTMLElement} element @param {{ closed?: () => void, focus?: boolean, height?: "peek" | "half" }} [how] */
  open(title, element, { closed, focus = true, height = "half" } = {}) {
    const before = this.closed;
    this.closed = undefined;
    before?.();
    this.closed = closed;
    if (!this.isOpen) this.cameFrom = /** @type {HTMLElement | null} */ (document.activeElement);
    this.title.textContent = title;
    this.body.replaceChildren(element);
    this.body.scrollTop = 0;
    if (!this.isOpen) this.sheet.set(height);
    this.holder.hidden = false;
    this.shell.dataset.panel = "open";
    if (focus) this.title.focus({ preventScroll: true });
  }

  close() {
    if (!this.isOpen) return;
    this.holder.hidden = true;
    delete this.shell.dataset.panel;
    this.body.replaceChildren();
    if (this.cameFrom?.isConnected && this.holder.contains(document.activeElement ?? null)) this.cameFrom.focus({ preventScroll: true });
    else if (this.cameFrom?.isConnected && document.activeElement === document.body) this.cameFrom.focus({ preventScroll: true });
    const { closed } = this;
    this.closed = undefined;
    closed?.();
  }

  get shell() {
    return /** @type {HTMLElement} */ (this.holder.parentElement);
  }
}
