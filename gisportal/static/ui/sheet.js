// The panel of a map page on a phone: three heights, by dragging the grip or with its button.

const HEIGHTS = /** @type {const} */ (["peek", "half", "full"]);
/** @typedef {typeof HEIGHTS[number]} Height */

export class Sheet {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.grip = /** @type {HTMLElement} */ (element.querySelector("[data-sheet-grip]"));
    this.button = /** @type {HTMLButtonElement} */ (element.querySelector("[data-sheet-step]"));
    this.body = /** @type {HTMLElement} */ (element.querySelector("[data-sheet-body]"));
    this.dragged = false;
    this.grip.addEventListener("click", () => this.step());
    this.grip.addEventListener("pointerdown", (event) => this.startDrag(event));
    this.set(/** @type {Height} */ (element.dataset.height ?? "peek"));
  }

  /** @returns {Height} */
  get height() {
    return /** @type {Height} */ (this.element.dataset.height);
  }

  /** @param {Height} height */
  set(height) {
    this.element.dataset.height = height;
    this.element.style.height = "";
    this.button.setAttribute("aria-label", this.button.dataset[height] ?? "");
    if (this.element.parentElement) this.element.parentElement.dataset.sheet = height;
  }

  /** Raise the sheet to at least this height. @param {Height} height */
  raiseTo(height) {
    if (HEIGHTS.indexOf(this.height) < HEIGHTS.indexOf(height)) this.set(height);
  }

  step() {
    if (this.dragged) {
      this.dragged = false;
      return;
    }
    this.set(HEIGHTS[(HEIGHTS.indexOf(this.height) + 1) % HEIGHTS.length]);
  }

  /** @param {PointerEvent} down */
  startDrag(down) {
    const from = this.element.getBoundingClientRect().height;
    const room = this.element.parentElement?.clientHeight ?? innerHeight;
    this.grip.setPointerCapture(down.pointerId);
    /** @param {PointerEvent} event */
    const move = (event) => {
      if (Math.abs(event.clientY - down.clientY) > 6) this.dragged = true;
      this.element.classList.add("sheet--dragging");
      this.element.style.height = `${Math.max(64, Math.min(room, from + down.clientY - event.clientY))}px`;
    };
    const end = () => {
      this.grip.removeEventListener("pointermove", move);
      this.element.classList.remove("sheet--dragging");
      if (this.dragged) this.set(this.nearest(this.element.getBoundingClientRect().height / room));
      else this.element.style.height = "";
    };
    this.grip.addEventListener("pointermove", move);
    this.grip.addEventListener("pointerup", end, { once: true });
    this.grip.addEventListener("pointercancel", end, { once: true });
  }

  /** @param {number} share of the room the sheet covers @returns {Height} */
  nearest(share) {
    if (share < 0.36) return "peek";
    return share < 0.72 ? "half" : "full";
  }
}
