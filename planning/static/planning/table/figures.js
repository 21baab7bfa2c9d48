// Figures of the rows of the table, in the side panel.
import { asked, narrowed, Refused } from "./asking.js";
import { element } from "../maps/element.js";

/** @param {import("../maps/page.js").Page} page @param {string} slug @param {boolean} view @param {string} title */
export async function showFigures(page, slug, view, title) {
  const words = page.words("table");
  const part = page.part("figures");
  const body = /** @type {HTMLElement} */ (part.querySelector("[data-figures-body]"));
  const by = /** @type {HTMLSelectElement} */ (part.querySelector("[data-figures-by]"));
  const number = /** @type {HTMLSelectElement} */ (part.querySelector("[data-figures-number]"));
  const there = (words.url ?? "").replace("LAYER", slug);
  page.panel.open(title, part);
  const reckon = async () => {
    const query = narrowed(page, slug, { view });
    query.set("by", by.value);
    query.set("number", number.value);
    query.set("part", "1");
    body.setAttribute("aria-busy", "true");
    try {
      body.innerHTML = await (await asked(`${there}figures/?${query}`)).text();
    } catch (error) {
      body.replaceChildren(element("p", "empty", (error instanceof Refused && error.message) || words.failed));
    }
    body.removeAttribute("aria-busy");
  };
  by.addEventListener("change", reckon);
  number.addEventListener("change", reckon);
  await reckon();
  try {
    const { fields } = await (await asked(`${there}values/`)).json();
    for (const { name, title: label, kind } of fields) {
      by.append(new Option(label, name));
      if (["number", "whole"].includes(kind)) number.append(new Option(label, name));
    }
  } catch {
    page.say(words.failed ?? "");
  }
}
