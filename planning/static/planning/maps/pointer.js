// Who gets a click on the map: the tool that took it, else whoever listens when nobody did.

/** @typedef {import("maplibre-gl").Map} PortalMap */
/** @typedef {{ lng: number, lat: number }} LngLat */

export class Pointer {
  /** @param {PortalMap} map */
  constructor(map) {
    this.map = map;
    /** @type {string | null} the tool that has it */
    this.owner = null;
    /** @type {(() => void) | undefined} */
    this.lost = undefined;
    /** @type {((place: LngLat) => void)[]} */
    this.listeners = [];
    map.on("click", ({ lngLat }) => {
      if (!this.owner) for (const listener of this.listeners) listener(lngLat);
    });
  }

  /** Clicks are this tool's until it gives them back or another takes them: then `lost` is called.
   * @param {string} tool @param {() => void} lost */
  take(tool, lost) {
    const before = this.lost;
    this.lost = undefined;
    before?.();
    this.owner = tool;
    this.lost = lost;
  }

  /** @param {string} tool */
  release(tool) {
    if (this.owner !== tool) return;
    this.owner = null;
    this.lost = undefined;
  }

  /** Be told where somebody clicked while no tool has the pointer. @param {(place: LngLat) => void} listener */
  whenFree(listener) {
    this.listeners.push(listener);
  }
}
