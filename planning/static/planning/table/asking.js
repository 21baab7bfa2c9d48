// What the table asks of the server, and the sentence of a refusal.

export class Refused extends Error {}

/** @param {string} address @param {RequestInit} [how] @returns {Promise<Response>} raises Refused with a sentence for people */
export async function asked(address, how = {}) {
  const answer = await fetch(address, { ...how, headers: { Accept: "application/json" } });
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Refused(told.message ?? "");
}

/** The map as words of an address: which rows of a layer, on which day. @param {import("../maps/page.js").Page} page @param {string} slug @param {{ view?: boolean, filter?: string }} [how] */
export function narrowed({ layers, state, map }, slug, { view = false, filter = layers.filters.get(slug) ?? "" } = {}) {
  const words = new URLSearchParams();
  const { valid, known } = state.content;
  if (filter) words.set("filter", filter);
  if (valid) words.set("valid", valid);
  if (known) words.set("known", known);
  if (view) words.set("bbox", box(map).join(","));
  return words;
}

/** West, south, east, north of what the map shows, in degrees. @param {import("maplibre-gl").Map} map */
export function box(map) {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((value) => Number(value.toFixed(6)));
}
