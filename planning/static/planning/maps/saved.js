// Keeps the map on the server: as a new one, or in place of what was there when it was opened.
import { one } from "./page.js";

/** @typedef {import("./page.js").Page} Page */

/** @param {Page} page */
export function add(page) {
  const words = page.words("saved");
  if (!document.querySelector("template[data-part=save]")) return;
  page.deeds.button({ id: "save", label: words.save ?? "", icon: "device-floppy", position: 10, onPress: () => open(page) });
}

/** @param {Page} page */
function open(page) {
  const form = /** @type {HTMLFormElement} */ (page.part("save"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(page, form, /** @type {HTMLButtonElement} */ (event.submitter));
  });
  page.panel.open(page.words("saved").title ?? "", form);
}

/** @param {Page} page @param {HTMLFormElement} form @param {HTMLButtonElement} button */
async function save(page, form, button) {
  const words = page.words("saved");
  const failed = one("[data-save-failed]");
  page.state.put({ center: page.place(), zoom: page.map.getZoom() });
  const data = new FormData(form);
  data.set("content", JSON.stringify(page.state.document()));
  button.setAttribute("aria-busy", "true");
  failed.hidden = true;
  try {
    const answer = await fetch(button.dataset.address ?? form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw new Refused(told.message);
    kept(page, form, told);
  } catch (error) {
    failed.textContent = error instanceof Refused ? error.message : (words.failed ?? "");
    failed.hidden = false;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

class Refused extends Error {}

/** A new map has its own address; a changed one goes on where it is. @param {Page} page @param {HTMLFormElement} form @param {{ address: string, version: number, title: string }} told */
function kept(page, form, { address, version, title }) {
  if (address !== location.pathname) return location.assign(address);
  /** @type {HTMLInputElement} */ (form.elements.namedItem("version")).value = String(version);
  const template = /** @type {HTMLTemplateElement} */ (one("template[data-part=save]"));
  for (const name of ["version", "title"]) template.content.querySelector(`input[name=${name}]`)?.setAttribute("value", name === "version" ? String(version) : title);
  one("[data-map-title]").textContent = title;
  page.state.saved = page.state.document();
  page.panel.close();
  page.say(page.words("saved").done ?? "");
}
