// Where the phone is, told to the forms that wish to know it; work goes on without it.

/** @typedef {{ lon: number, lat: number }} Place */

/** Asked without a question only when the crew member has already said yes. @returns {Promise<boolean>} */
export async function mayLook() {
  if (!navigator.geolocation) return false;
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return false;
  }
}

/** @returns {Promise<Place>} */
export function look() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error("no geolocation"));
    const found = (/** @type {GeolocationPosition} */ { coords }) => resolve({ lon: coords.longitude, lat: coords.latitude });
    navigator.geolocation.getCurrentPosition(found, reject, { enableHighAccuracy: true, timeout: 12_000, maximumAge: 20_000 });
  });
}

/** Keep every form with `data-position` filled. @param {Place} place @param {ParentNode} [within] */
export function tellForms(place, within = document) {
  for (const form of within.querySelectorAll("form[data-position]")) {
    for (const [name, value] of Object.entries(place)) {
      const input = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${name}"]`));
      if (input) input.value = value.toFixed(6);
    }
  }
}
