// Drop a file on the page, see what it is, watch it go; on any failure everything stays as it was chosen.
import { upload } from "./upload.js";

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
const one = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));

const form = /** @type {HTMLFormElement} */ (one("[data-upload]"));
const input = /** @type {HTMLInputElement} */ (one("#id_files", form));
const drop = one("[data-drop]", form);
const into = /** @type {HTMLSelectElement} */ (one("#id_into", form));

/** @param {number} bytes */
function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const style = { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, /** @type {any} */ (style)).format(bytes / 1000 ** step);
}

/** @param {string} words */
function complain(words) {
  const place = one("[data-problem]", form);
  place.hidden = !words;
  one("p", place).textContent = words;
  if (words) place.scrollIntoView({ block: "nearest" });
}

/** @param {string} field @param {string} words */
function complainAbout(field, words) {
  const place = one(`[data-error-for="${field}"]`, form);
  if (!place) return complain(words);
  place.hidden = !words;
  one("span", place).textContent = words;
  if (words) one(`[name="${field}"]`, form).focus();
}

/** What is chosen, and whether it may come. */
function show() {
  const files = [...(input.files ?? [])];
  const list = one("[data-files]", form);
  list.replaceChildren(...files.map((file) => {
    const row = document.createElement("li");
    const [name, bytes] = [document.createElement("span"), document.createElement("span")];
    name.textContent = file.name;
    bytes.textContent = size(file.size);
    bytes.className = "numbers soft";
    row.append(name, bytes);
    return row;
  }));
  list.hidden = !files.length;
  complain(isTooLarge(files) ? form.dataset.tooLarge ?? "" : "");
  suggestTitle(files[0]);
}

/** @param {File[]} files */
function isTooLarge(files) {
  return files.reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.mostBytes);
}

let suggested = "";
/** A new layer is mostly called what the file is called. @param {File | undefined} file */
function suggestTitle(file) {
  const title = /** @type {HTMLInputElement} */ (one("[name=title]", form));
  if (!file || (title.value && title.value !== suggested)) return;
  suggested = file.name.replace(/(\.shp)?\.[^.]+$/i, "").replaceAll("_", " ");
  title.value = suggested;
}

/** Title and theme are asked for something new only. */
function showNew() {
  const place = one("[data-new-ones]", form);
  const isNew = (place.dataset.newOnes ?? "").split(" ").includes(into.value);
  place.hidden = !isNew;
  one("[data-of-layer]", place).hidden = !into.value.startsWith("layer:");
}

async function send() {
  const files = [...(input.files ?? [])];
  if (!files.length) return complain(form.dataset.noFile ?? "");
  if (isTooLarge(files)) return complain(form.dataset.tooLarge ?? "");
  complain("");
  for (const place of form.querySelectorAll("[data-error-for]")) /** @type {HTMLElement} */ (place).hidden = true;
  const answer = await upload(form, one("[data-sending]", form));
  if (answer.url) location.assign(answer.url);
  else if (answer.errors) for (const error of answer.errors) complainAbout(error.field, error.message);
  else if (answer.message) complain(answer.message);
  else if (!answer.canceled) complain((navigator.onLine ? form.dataset.failed : form.dataset.offline) ?? "");
}

form.classList.add("upload--scripted");
for (const part of form.querySelectorAll("[data-with-script]")) /** @type {HTMLElement} */ (part).hidden = false;
for (const part of form.querySelectorAll("[data-without-script]")) /** @type {HTMLElement} */ (part).hidden = true;
form.noValidate = true;
input.addEventListener("change", show);
into.addEventListener("change", showNew);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void send();
});
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("drop--over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("drop--over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("drop--over");
  if (!event.dataTransfer?.files.length) return;
  input.files = event.dataTransfer.files;
  show();
});
showNew();
show();
