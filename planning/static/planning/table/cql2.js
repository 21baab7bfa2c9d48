// Conditions as somebody chose them become CQL2 text.

/** @typedef {{ name: string, title: string, kind: string, text: boolean }} Field see planning/table/views.py */
/** @typedef {{ field: Field, operator: string, value: string }} Condition */

/** @param {string} value */
const quoted = (value) => `'${value.replaceAll("'", "''")}'`;

/** A name that a filter can hold. @param {Field} field */
export const canBeNamed = ({ name }) => !/["\\]/.test(name);

/** @param {string} name */
const named = (name) => `"${name}"`;

/** @param {string} value */
const pattern = (value) => value.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** @param {Condition} condition */
function literal({ field, value }) {
  if (["whole", "number"].includes(field.kind)) {
    const number = Number(value.replace(",", "."));
    return value.trim() !== "" && Number.isFinite(number) ? String(number) : quoted(value);
  }
  if (field.text) return quoted(value);
  if (field.kind === "truth") return /^(true|yes|ναι|1)$/i.test(value.trim()) ? "TRUE" : "FALSE";
  if (field.kind === "day") return `DATE(${quoted(value)})`;
  return `TIMESTAMP(${quoted(`${value}T00:00:00Z`)})`;
}

/** @param {Condition} condition @returns {string} */
export function written(condition) {
  const { field, operator, value } = condition;
  const name = named(field.name);
  if (operator === "empty") return `${name} IS NULL`;
  if (operator === "filled") return `${name} IS NOT NULL`;
  if (operator === "contains") return `CASEI(${name}) LIKE CASEI(${quoted(`%${pattern(value)}%`)})`;
  if (operator === "begins") return `CASEI(${name}) LIKE CASEI(${quoted(`${pattern(value)}%`)})`;
  return `${name} ${operator} ${literal(condition)}`;
}

/** @param {Condition[]} conditions @param {"AND" | "OR"} join @param {string} where CQL2 of a place, blank for anywhere @returns {string} */
export function together(conditions, join, where) {
  const parts = conditions.map(written);
  const told = parts.join(` ${join} `);
  if (!where) return told;
  return told ? `${parts.length > 1 ? `(${told})` : told} AND ${where}` : where;
}
