// Starts the pin: the map when the device can draw it, and the button that asks where the person is.
import { Pin } from "./report_pin.js";

/** @param {HTMLElement} root @param {HTMLFormElement} form @param {() => void} changed @returns {Pin} */
export function startPin(root, form, changed) {
  const pin = new Pin(root, form, changed);
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("[data-locate]"));
  const refused = /** @type {HTMLElement} */ (root.querySelector("[data-locate-error]"));
  button.addEventListener("click", () => locate(pin, button, refused));
  const started = pin.start().catch(() => root.classList.add("report--without-map"));
  started.then(() => greet(pin, button, refused));
  return pin;
}

/** Who allowed it before need not press the button. @param {Pin} pin @param {HTMLButtonElement} button @param {HTMLElement} refused */
async function greet(pin, button, refused) {
  if (pin.place || !navigator.permissions) return;
  const { state } = await navigator.permissions.query({ name: "geolocation" });
  if (state === "granted" && !pin.place) locate(pin, button, refused);
}

/** @param {Pin} pin @param {HTMLButtonElement} button @param {HTMLElement} refused */
async function locate(pin, button, refused) {
  button.setAttribute("aria-busy", "true");
  refused.hidden = true;
  try {
    await pin.locate();
  } catch (error) {
    const denied = error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED;
    refused.textContent = (denied ? refused.dataset.denied : refused.dataset.unknown) ?? "";
    refused.hidden = false;
  } finally {
    button.removeAttribute("aria-busy");
  }
}
