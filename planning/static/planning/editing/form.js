// The form of a feature: its fields as the layer has them; every field that is left with another value is a change.
import { element } from "./element.js";

/** @typedef {{ name: string, title: string, kind: string, choices: [any, string][], required: boolean, is_key: boolean, minimum?: number, maximum?: number, maxLength?: number, unit?: string }} Field */
/** @typedef {import("./work.js").Thing} Thing */

/** @param {Field} field @param {string} text @returns {any} the value, or undefined for none; a text that is no number stays one, and the server says so */
function read(field, text) {
  const given = text.trim();
  if (!given) return undefined;
  if (field.kind === "truth") return given === "true";
  if (field.kind === "choice") return field.choices.find(([value]) => String(value) === given)?.[0] ?? given;
  if (field.kind !== "whole" && field.kind !== "number") return given;
  const number = Number(given.replace(",", "."));
  return Number.isNaN(number) ? given : number;
}

/** @param {Field} field @param {DOMStringMap} words */
function control(field, words) {
  if (field.kind === "choice" || field.kind === "truth") {
    const select = element("select", "input");
    const choices = field.kind === "truth" ? [["true", words.yes], ["false", words.no]] : field.choices;
    for (const [value, label] of [["", ""], ...choices]) select.add(new Option(String(label), String(value)));
    return select;
  }
  const input = element("input", "input");
  input.type = field.kind === "day" ? "date" : "text";
  if (field.kind === "whole" || field.kind === "number") input.inputMode = field.kind === "whole" ? "numeric" : "decimal";
  if (field.maxLength) input.maxLength = field.maxLength;
  return input;
}

/** @param {any} value */
const shown = (value) => (value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

/**
 * @param {Thing} thing @param {Field[]} fields @param {DOMStringMap} words @param {Record<string, string>} wrong sentences by field
 * @param {(name: string, value: any) => void} changed a field was left with another value; undefined for none
 * @returns {{ form: HTMLFormElement, refresh: (properties: Record<string, any>) => void }} `refresh` leaves alone the field that somebody is in
 */
export function featureForm(thing, fields, words, wrong, changed) {
  const form = element("form", "edit-form stack");
  form.noValidate = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  const rows = fields.map((field) => row(thing, field, words, wrong[field.name] ?? "", changed));
  form.append(...rows.map(({ line }) => line));
  const refresh = (/** @type {Record<string, any>} */ properties) => {
    for (const { field, input } of rows) if (input !== document.activeElement) input.value = shown(properties[field.name]);
  };
  refresh(thing.properties);
  return { form, refresh };
}

/** @param {Thing} thing @param {Field} field @param {DOMStringMap} words @param {string} problem @param {(name: string, value: any) => void} changed */
function row(thing, field, words, problem, changed) {
  const id = `edit-field-${field.name}`;
  const line = element("div", "field");
  const label = element("label", "field__label", field.required || field.is_key ? `${field.title} *` : field.title);
  label.htmlFor = id;
  const input = control(field, words);
  input.id = id;
  input.disabled = field.kind === "fixed" || thing.state === "gone" || (field.is_key && thing.state !== "new");
  line.append(label, input);
  if (problem) {
    const said = element("p", "field__error", problem);
    said.id = `${id}-wrong`;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", said.id);
    line.append(said);
  }
  input.addEventListener("change", () => changed(field.name, read(field, input.value)));
  return { field, input, line };
}
