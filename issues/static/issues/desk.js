// The desk: a case opens beside the list, every address is real, and without this script all of it still works.
import htmx from "../vendor/htmx/htmx.esm.min.js";
import { startKeys } from "./desk_keys.js";
import { startBulk } from "./desk_bulk.js";
import { startHistory } from "./desk_history.js";
import { DeskMap } from "./desk_map.js";

// Without a settle phase htmx copies no style attributes, which our Content-Security-Policy would refuse.
htmx.config.defaultSettleDelay = 0;

const desk = /** @type {HTMLElement} */ (document.querySelector("#desk"));
const map = new DeskMap(/** @type {HTMLElement} */ (document.querySelector("#desk-map")), openCase);

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement | null} */
function find(selector, within = document) {
  return within.querySelector(selector);
}

/** @param {string} number of a case whose pin was chosen */
function openCase(number) {
  const row = find(`#row-${CSS.escape(number)} .queue__link`);
  if (row) return row.click();
  const url = map.caseUrl(number) + location.search;
  return htmx.ajax("GET", url, { target: "#case", push: "true" });
}

/** The list, the map and the address tell the same case. */
function followCase() {
  const article = find("#case .case[data-number]");
  const number = article?.dataset.number ?? "";
  document.body.classList.toggle("desk-page--case", Boolean(find("#case .case")));
  for (const link of document.querySelectorAll(".queue__link")) {
    if (/** @type {HTMLElement} */ (link).dataset.number === number) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  map.select(article ? [Number(article.dataset.lon), Number(article.dataset.lat)] : null);
}

/** The list alone again, at the row that was open. */
function closeCase() {
  const number = find("#case .case")?.dataset.number ?? "";
  find("#case")?.replaceChildren();
  document.title = desk.dataset.title ?? "";
  followCase();
  (find(`#row-${CSS.escape(number)} .queue__link`) ?? find("#queue"))?.focus();
}

/** Where the reader goes on: what was said, the first wrong field, or the title of the case. */
function focusCase() {
  const wrong = find("#case .field--wrong :is(input, select, textarea)");
  const place = find("#case-refusal") ?? wrong ?? find("#case-said") ?? find("#case-title");
  find("#case")?.scrollTo({ top: 0 });
  if (matchMedia("(max-width: 63.99rem)").matches) scrollTo({ top: 0 });
  place?.focus({ preventScroll: place.id === "case-title" });
}

document.addEventListener("htmx:after:swap", (event) => {
  const { target } = /** @type {CustomEvent} */ (event).detail.ctx;
  if (target?.id === "case") {
    followCase();
    focusCase();
    map.reload();
  } else if (target?.id === "queue") {
    document.title = desk.dataset.title ?? ""; // the address is that of the list now
    followCase();
    map.reload();
  }
});

/** @param {string | null | undefined} words nothing takes the last ones away */
function sayFailed(words) {
  const strip = find("[data-desk-failed]");
  if (!strip) return;
  strip.textContent = words ?? "";
  strip.hidden = !words;
}

// A whole page instead of a part: the session ended, or the portal refused. It is never put inside this one.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  sayFailed("");
  if (!/^\s*<!doctype/i.test(ctx.text)) return;
  event.preventDefault();
  if (ctx.request.method === "GET") return location.assign(ctx.request.action);
  if (ctx.response.raw.redirected) return location.reload();
  sayFailed(new DOMParser().parseFromString(ctx.text, "text/html").querySelector(".notice--error")?.textContent);
});
document.addEventListener("htmx:error", () => sayFailed(find("[data-desk-failed]")?.dataset.deskFailed));

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest("[data-case-close]");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({ htmx: true }, "", link.href);
  closeCase();
});

// “Nearest first” is measured from the middle of the map.
document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const form = /** @type {HTMLFormElement | null} */ (find("#filters"));
  if (ctx.sourceElement !== form || !form) return;
  const near = /** @type {HTMLInputElement} */ (form.elements.namedItem("near"));
  const sort = /** @type {HTMLSelectElement} */ (form.elements.namedItem("sort"));
  near.value = sort.value === "distance" ? map.middle() : "";
  ctx.request.body.set("near", near.value);
  for (const [name, value] of [...ctx.request.body]) if (!value) ctx.request.body.delete(name);
});

startKeys(desk);
startBulk(desk);
startHistory(desk, closeCase);
followCase();
map.start();
