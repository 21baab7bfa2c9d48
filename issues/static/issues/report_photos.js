// Photos: shown before they are sent, taken out again, and asked where they were taken.
import { metresBetween } from "./report_assets.js";
import { placeOfPhoto } from "./report_exif.js";
import { say } from "./report_form.js";

/** @typedef {import("./report_pin.js").Pin} Pin */

const FAR_METRES = 30;
const TOO_FAR_METRES = 5000;

export class Photos {
  /** @param {HTMLFormElement} form @param {Pin} pin */
  constructor(form, pin) {
    this.form = form;
    this.pin = pin;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("[data-photos]"));
    this.list = /** @type {HTMLElement} */ (form.querySelector("[data-previews]"));
    this.offer = /** @type {HTMLElement} */ (form.querySelector("[data-photo-place]"));
    /** @type {File[]} */
    this.files = [];
    /** @type {[number, number] | null} */
    this.taken = null;
    this.input.addEventListener("change", () => this.add([...(this.input.files ?? [])]));
    form.querySelector("[data-photo-place-yes]")?.addEventListener("click", () => this.moveThere());
    form.querySelector("[data-photo-place-no]")?.addEventListener("click", () => (this.offer.hidden = true));
    if (this.input.files?.length) this.add([...this.input.files]);
  }

  /** Choosing again adds; what does not fit is left out, and said. @param {File[]} chosen */
  add(chosen) {
    const { max, maxBytes, tooMany = "", tooHeavy = "" } = this.input.dataset;
    const light = chosen.filter((file) => file.size <= Number(maxBytes));
    const fresh = light.filter((file) => !this.files.some((kept) => kept.name === file.name && kept.size === file.size && kept.lastModified === file.lastModified));
    const all = [...this.files, ...fresh];
    this.files = all.slice(0, Number(max));
    if (light.length < chosen.length) say(this.form, "photos", tooHeavy);
    else if (all.length > this.files.length) say(this.form, "photos", tooMany);
    this.show();
    for (const file of fresh) this.askPlace(file);
  }

  show() {
    const kept = new DataTransfer();
    for (const file of this.files) kept.items.add(file);
    this.input.files = kept.files;
    for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.list.replaceChildren(...this.files.map((file, index) => this.preview(file, index)));
  }

  /** @param {File} file @param {number} index */
  preview(file, index) {
    const item = document.createElement("li");
    item.className = "preview";
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = (this.list.dataset.alt ?? "").replace("{1}", String(index + 1));
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", (this.list.dataset.remove ?? "").replace("{1}", String(index + 1)));
    button.addEventListener("click", () => this.remove(index));
    item.append(image, button);
    return item;
  }

  /** @param {number} index */
  remove(index) {
    this.files.splice(index, 1);
    this.show();
    const buttons = this.list.querySelectorAll("button");
    (buttons[Math.min(index, buttons.length - 1)] ?? this.input).focus();
  }

  /** Offer the photo's own place when it is clearly another one. @param {File} file */
  async askPlace(file) {
    const taken = await placeOfPhoto(file);
    const pin = this.pin.place;
    if (!taken || !pin) return;
    const metres = metresBetween(pin, taken);
    if (metres < FAR_METRES || metres > TOO_FAR_METRES) return;
    this.taken = taken;
    const words = /** @type {HTMLElement} */ (this.form.querySelector("[data-photo-place-words]"));
    const said = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "meter" }).format(Math.round(metres / 10) * 10);
    words.textContent = (words.dataset.words ?? "").replace("{1}", said);
    this.offer.hidden = false;
  }

  moveThere() {
    if (this.taken) this.pin.moveTo(...this.taken);
    this.offer.hidden = true;
  }
}

/** @param {HTMLFormElement} form @param {Pin} pin */
export function startPhotos(form, pin) {
  return new Photos(form, pin);
}
