// The home page: a map, a panel over it, and the address bar that remembers both.
import { Sheet } from "../ui/sheet.js";
import { toast } from "../ui/toast.js";
import { Card } from "./cards.js";
import { foldKinds } from "./kinds.js";
import { PanelViews } from "./panel_views.js";
import { readPlace, writePlace } from "./permalink.js";
import { startHomeMap } from "./home_map.js";

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const one = (selector) => /** @type {T} */ (document.querySelector(selector));

const sheet = new Sheet(one("[data-sheet]"));
const views = new PanelViews(one("[data-sheet]"), sheet);
const card = new Card(one("[data-card]"));

/** @type {DOMStringMap | null} what the list points at, for a map that comes later than the choice */
let pointed = null;
document.addEventListener("home:closed", () => (pointed = null));

/** Back to the start; one step back in the history when the card was one step forward. */
function close() {
  if (views.current === "card" && history.state?.step) return history.back();
  writePlace({ show: undefined });
  views.close();
  document.dispatchEvent(new CustomEvent("home:closed"));
}

/** @param {string} path @param {{ step?: boolean }} [how] */
function show(path, { step = true } = {}) {
  if (step) writePlace({ show: path }, { step: true });
  views.open("card");
  one("[data-also]").hidden = true;
  return card.show(path);
}

/** The address changed by the back or forward button. */
function follow() {
  const { show: path } = readPlace();
  if (path) return void show(path, { step: false });
  views.close();
  document.dispatchEvent(new CustomEvent("home:closed"));
}

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const link = /** @type {HTMLElement | null} */ (target.closest("[data-show]"));
  if (target.closest("[data-view-close]")) return close();
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  pointed = { ...link.dataset };
  document.dispatchEvent(new CustomEvent("home:point", { detail: pointed }));
  show(link.dataset.show ?? "");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && views.current !== "home" && !event.defaultPrevented) close();
});
addEventListener("popstate", follow);
one("[data-open-layers]").addEventListener("click", () => views.open("layers"));
foldKinds();
if (readPlace().show) follow();
startHomeMap({ sheet, views, card, show, say: toast(one("[data-map-toast]")), pointed: () => pointed });
