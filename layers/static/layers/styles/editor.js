// The editor of looks: whatever is changed is drawn at once; buttons that change the form ask the server for a new one.
import { currentTheme } from "../../ui/theme.js";
import { sign } from "../../map/sign.js";
import { createPreview } from "./preview.js";

/** @typedef {import("../../map/layers.js").LegendEntry} LegendEntry */
/** @typedef {{ fragments: any[], legend: LegendEntry[], problem?: { place: string, sentence: string } }} Drawn */

const PAUSE = 250;
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-editor]"));
const container = /** @type {HTMLElement} */ (document.querySelector("#map"));
const legend = /** @type {HTMLElement} */ (document.querySelector("[data-legend]"));

/** @type {import("./preview.js").Preview | null} */
let preview = null;
/** @type {AbortController | null} */
let asking = null;
let waiting = 0;

/** @param {string} name @returns {HTMLElement | null} */
function part(name) {
  return form.querySelector(`[data-${name}]`);
}

/** Parts of the form that a tick box brings. */
function unfold() {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-shows]"))) {
    const shown = /** @type {HTMLElement} */ (form.querySelector(`[data-shown-by="${box.dataset.shows}"]`));
    shown.hidden = !box.checked;
  }
}

/** @param {string} place @param {string} sentence */
function tellProblem(place, sentence) {
  const notice = /** @type {HTMLElement} */ (part("problem"));
  /** @type {HTMLElement} */ (part("problem-text")).textContent = sentence;
  notice.hidden = !sentence;
  for (const wrong of form.querySelectorAll(".is-wrong")) wrong.classList.remove("is-wrong");
  if (!place) return;
  const places = [...form.querySelectorAll("[data-place]")].filter((one) => one !== notice && one instanceof HTMLElement && place.startsWith(one.dataset.place || "-"));
  const nearest = places.sort((one, two) => (/** @type {HTMLElement} */ (two).dataset.place ?? "").length - (/** @type {HTMLElement} */ (one).dataset.place ?? "").length)[0];
  nearest?.classList.add("is-wrong");
  nearest?.closest("details")?.setAttribute("open", "");
}

/** @param {LegendEntry[]} entries */
function tellLegend(entries) {
  legend.replaceChildren(...entries.map((entry) => {
    const item = document.createElement("li");
    const label = document.createElement("span");
    label.textContent = entry.label;
    item.append(sign(entry), label);
    return item;
  }));
  const signs = form.querySelectorAll(".style-case [data-sign]");
  entries.forEach((entry, index) => signs[index]?.replaceChildren(sign(entry)));
}

async function draw() {
  asking?.abort();
  asking = new AbortController();
  const body = new FormData(form);
  body.set("theme", currentTheme());
  try {
    const answer = await fetch(container.dataset.previewUrl ?? "", { method: "POST", body, signal: asking.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const drawn = /** @type {Drawn} */ (await answer.json());
    tellProblem(drawn.problem?.place ?? "", drawn.problem?.sentence ?? "");
    if (drawn.problem) return;
    tellLegend(drawn.legend);
    preview?.show(drawn.fragments);
  } catch (error) {
    if (!(error instanceof DOMException)) tellProblem("", form.dataset.failed ?? "");
  }
}

function drawSoon() {
  clearTimeout(waiting);
  waiting = window.setTimeout(draw, PAUSE);
}

/** Let the server do what a button says, and take its form. @param {string} act */
async function ask(act) {
  const body = new FormData(form);
  body.set("act", act);
  const kept = document.activeElement?.id;
  try {
    const answer = await fetch(location.href, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.querySelector("[data-form-body]");
    if (!made) throw new Error(String(answer.status));
    part("form-body")?.replaceChildren(...made.childNodes);
  } catch {
    return tellProblem("", form.dataset.failed ?? "");
  }
  unfold();
  if (kept) document.getElementById(kept)?.focus();
  return draw();
}

form.addEventListener("input", (event) => {
  if (!(/** @type {HTMLElement} */ (event.target).dataset.act)) drawSoon();
});
form.addEventListener("change", (event) => {
  const act = /** @type {HTMLElement} */ (event.target).dataset.act;
  unfold();
  if (act) ask(act);
  else drawSoon();
});
form.addEventListener("submit", (event) => {
  const act = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? "preview";
  if (act === "save") return;
  event.preventDefault();
  if (act === "preview") draw();
  else ask(act);
});

async function start() {
  document.documentElement.dataset.hasScript = "";
  unfold();
  draw();
  preview = await createPreview(container);
  container.addEventListener("map:restyled", () => {
    preview?.alone();
    draw();
  });
  await draw();
}

start().catch(() => {});
