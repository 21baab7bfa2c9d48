// One job: the phone's position goes with start and done, and the photo shows before it is sent.
import { CrewMap } from "./crew_map.js";
import { look, mayLook, tellForms } from "./position.js";

const element = /** @type {HTMLElement} */ (document.querySelector("#crew-map"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-finish]"));
const input = /** @type {HTMLInputElement | null} */ (form?.querySelector('input[type="file"]') ?? null);
const preview = /** @type {HTMLImageElement | null} */ (document.querySelector("[data-preview]"));
const words = /** @type {HTMLElement | null} */ (document.querySelector("[data-photo-words]"));

function showPhoto() {
  const file = input?.files?.[0];
  if (!preview || !words || !file) return;
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(file);
  preview.hidden = false;
  words.textContent = words.dataset.again ?? "";
  document.querySelector(".work__camera")?.classList.remove("button--primary");
  form?.querySelector(".work__done")?.classList.add("button--primary");
  form?.querySelector(".work__done")?.scrollIntoView({ block: "nearest" });
}

/** The page is where work happens: ask once, quietly, when a form wants a position. */
async function fillPosition() {
  const wanted = document.querySelector("form[data-position]");
  if (!wanted || !(form || (await mayLook()))) return;
  try {
    tellForms(await look());
  } catch {
    // The position is a help, not a condition.
  }
}

input?.addEventListener("change", showPhoto);
for (const sent of document.querySelectorAll("form[data-position]")) {
  sent.addEventListener("submit", () => sent.querySelector("button")?.setAttribute("aria-busy", "true"));
}
/** @type {[number, number]} */
const place = [Number(element.dataset.lon), Number(element.dataset.lat)];
const map = new CrewMap(element);
map.start(place).then(() => {
  element.dataset.place = "1";
  map.showOne(element);
}).catch((error) => console.warn(error));
await fillPosition();
