// The strip of map above the jobs: numbered pins, the same numbers as in the list.
import { createMap } from "../map/portal_map.js";
import { hideOtherIssues } from "../issues/desk_map.js";
import { Marker } from "../map/maplibre.js";
import { showPosition } from "../map/locate.js";

/** @typedef {import("maplibre-gl").Map} PortalMap */

export class CrewMap {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {PortalMap | null} */
    this.map = null;
    /** @type {import("maplibre-gl").Marker[]} */
    this.markers = [];
  }

  /** @param {[number, number]} [centre] */
  async start(centre) {
    this.map = await createMap(this.element, centre ? { center: centre, zoom: 16 } : {});
    // A swipe over the strip scrolls the page; two fingers move the map.
    if (matchMedia("(pointer: coarse)").matches) this.map.dragPan.disable();
    this.map.scrollZoom.disable();
    hideOtherIssues(this.map);
  }

  /** Pins for every element that carries a place. @param {ParentNode} list @param {import("./position.js").Place | null} me */
  show(list, me) {
    const map = this.map;
    if (!map) return;
    for (const marker of this.markers) marker.remove();
    const jobs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-job][data-place]")]);
    this.markers = jobs.reverse().map((job) => this.pin(job).addTo(map));
    if (me) showPosition(map, /** @type {GeolocationCoordinates} */ ({ longitude: me.lon, latitude: me.lat, accuracy: 0 }));
    this.fit(jobs.slice(-5), me);
  }

  /** One pin, where the map already looks. @param {HTMLElement} job */
  showOne(job) {
    if (!this.map) return;
    const marker = this.pin(job);
    marker.getElement().textContent = "";
    this.markers = [marker.addTo(this.map)];
  }

  /** A link to the job, or a plain mark on the job's own page.
   * @param {HTMLElement} job @returns {import("maplibre-gl").Marker} */
  pin(job) {
    const link = job.querySelector("a");
    const mark = document.createElement(link ? "a" : "span");
    mark.className = job.dataset.place === "1" ? "crew-pin crew-pin--next" : "crew-pin";
    mark.textContent = job.dataset.place ?? "";
    if (mark instanceof HTMLAnchorElement && link) {
      mark.href = link.href;
      mark.setAttribute("aria-label", `${job.dataset.place}. ${job.querySelector("h3, .job-row__title")?.textContent?.trim()}`);
    }
    return new Marker({ element: mark }).setLngLat([Number(job.dataset.lon), Number(job.dataset.lat)]);
  }

  /** @param {HTMLElement[]} jobs @param {import("./position.js").Place | null} me */
  fit(jobs, me) {
    const lons = [...jobs.map((job) => Number(job.dataset.lon)), ...(me ? [me.lon] : [])];
    const lats = [...jobs.map((job) => Number(job.dataset.lat)), ...(me ? [me.lat] : [])];
    if (!lons.length) return;
    this.map?.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding: 40, maxZoom: 17, animate: false });
  }
}
