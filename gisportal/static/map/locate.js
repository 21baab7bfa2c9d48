// “My position”: one look at the device's position when asked, shown as a dot with its accuracy.

/** @typedef {import("maplibre-gl").Map} PortalMap */

const SOURCE = "my-position";
const METRES_PER_DEGREE = 111_320;

/** A circle of the accuracy around a position. @param {number} lon @param {number} lat @param {number} metres */
function circle(lon, lat, metres) {
  const north = metres / METRES_PER_DEGREE;
  const east = north / Math.cos((lat * Math.PI) / 180);
  const turn = Array.from({ length: 49 }, (_, step) => (step * Math.PI) / 24);
  return turn.map((angle) => [lon + east * Math.cos(angle), lat + north * Math.sin(angle)]);
}

/** @param {GeolocationCoordinates} coords @returns {import("geojson").FeatureCollection} */
function drawing({ longitude, latitude, accuracy }) {
  return {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [circle(longitude, latitude, accuracy)] } },
      { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [longitude, latitude] } },
    ],
  };
}

/** @param {PortalMap} map @param {GeolocationCoordinates} coords */
export function showPosition(map, coords) {
  const data = drawing(coords);
  const source = /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (map.getSource(SOURCE));
  if (source) return void source.setData(data);
  map.addSource(SOURCE, { type: "geojson", data });
  const blue = "#1d70d1";
  map.addLayer({ id: `${SOURCE}-accuracy`, type: "fill", source: SOURCE, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": blue, "fill-opacity": 0.14 } });
  map.addLayer({ id: `${SOURCE}-dot`, type: "circle", source: SOURCE, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": blue, "circle-radius": 8, "circle-stroke-color": "#ffffff", "circle-stroke-width": 3 } });
}

/** @returns {Promise<GeolocationCoordinates>} */
export function position() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error("no geolocation"));
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, { enableHighAccuracy: true, timeout: 12_000, maximumAge: 15_000 });
  });
}

/** Whether a position is in the box around the municipality. @param {PortalMap} map @param {GeolocationCoordinates} coords */
function isInside(map, { longitude, latitude }) {
  const bounds = /** @type {any} */ (map.getStyle().metadata)?.gisportal?.bounds;
  if (!bounds) return true;
  const [west, south, east, north] = bounds;
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
}

/**
 * Wire a button whose data attributes hold the words for searching, found, outside and denied.
 * @param {PortalMap} map @param {HTMLButtonElement} button @param {(words: string) => void} say
 */
export function addLocate(map, button, say) {
  button.addEventListener("click", async () => {
    say(button.dataset.searching ?? "");
    button.setAttribute("aria-busy", "true");
    try {
      const coords = await position();
      if (!isInside(map, coords)) return say(button.dataset.outside ?? "");
      showPosition(map, coords);
      map.flyTo({ center: [coords.longitude, coords.latitude], zoom: Math.max(map.getZoom(), 16) });
      say(button.dataset.found ?? "");
    } catch {
      say(button.dataset.denied ?? "");
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}
