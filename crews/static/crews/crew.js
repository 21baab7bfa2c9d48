// Jobs nearby: the list is on the page already; a position puts the nearest on top.
import { CrewMap } from "./crew_map.js";
import { look, mayLook, tellForms } from "./position.js";

const page = /** @type {HTMLElement} */ (document.querySelector(".crew"));
const button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-locate]"));
const words = /** @type {HTMLElement} */ (document.querySelector("[data-locate-words]"));
const status = /** @type {HTMLElement} */ (document.querySelector("[data-locate-status]"));
const map = new CrewMap(/** @type {HTMLElement} */ (document.querySelector("#crew-map")));
/** @type {import("./position.js").Place | null} */
let me = null;

/** @param {string | undefined} text */
function say(text) {
  words.textContent = text ?? "";
  status.textContent = text ?? "";
}

/** @param {import("./position.js").Place} place */
async function load(place) {
  const url = new URL(page.dataset.nearbyUrl ?? "", location.href);
  url.searchParams.set("lon", place.lon.toFixed(6));
  url.searchParams.set("lat", place.lat.toFixed(6));
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new TypeError(`nearby ${answer.status}`);
  const pieces = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const piece of page.querySelectorAll("[data-piece]")) {
    const fresh = pieces.querySelector(`[data-piece="${/** @type {HTMLElement} */ (piece).dataset.piece}"]`);
    piece.replaceChildren(...(fresh?.childNodes ?? []));
  }
}

async function nearest() {
  say(button.dataset.searching);
  button.setAttribute("aria-busy", "true");
  try {
    me = await look();
  } catch {
    return say(button.dataset.denied);
  } finally {
    button.removeAttribute("aria-busy");
  }
  try {
    await load(me);
    say(button.dataset.found);
  } catch {
    say(page.dataset.failed);
  }
  tellForms(me);
  map.show(page, me);
}

button.hidden = false;
button.addEventListener("click", nearest);
document.querySelector(".crew__place select")?.addEventListener("change", (event) => {
  /** @type {HTMLSelectElement} */ (event.target).form?.requestSubmit();
});
const drawn = map.start().then(() => map.show(page, me)).catch((error) => console.warn(error));
if (!location.search && (await mayLook())) await nearest();
await drawn;
