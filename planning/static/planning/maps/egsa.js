// From degrees of WGS84 to metres of the Greek Grid (EPSG:2100), as PROJ does it; tests hold both against each other.

const WGS84 = { a: 6378137, f: 1 / 298.257223563 };
const GRS80 = { a: 6378137, f: 1 / 298.257222101 };
const SHIFT = [199.87, -74.79, -246.62]; // WGS84 to GGRS87 in metres, EPSG:1272 the other way
const [MERIDIAN, SCALE, EAST] = [24, 0.9996, 500_000];
const RADIANS = Math.PI / 180;

/** @param {number} lon @param {number} lat radians @param {{ a: number, f: number }} ellipsoid @returns {[number, number, number]} */
function geocentric(lon, lat, { a, f }) {
  const e2 = f * (2 - f);
  const n = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
  return [n * Math.cos(lat) * Math.cos(lon), n * Math.cos(lat) * Math.sin(lon), n * (1 - e2) * Math.sin(lat)];
}

/** @param {number[]} place metres from the Earth's middle @param {{ a: number, f: number }} ellipsoid @returns {[number, number]} longitude, latitude */
function geographic([x, y, z], { a, f }) {
  const e2 = f * (2 - f);
  const p = Math.hypot(x, y);
  let lat = Math.atan2(z, p * (1 - e2));
  for (let turn = 0; turn < 5; turn += 1) {
    const n = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + e2 * n * Math.sin(lat), p);
  }
  return [Math.atan2(y, x), lat];
}

/** Krüger's series: transverse Mercator to a fraction of a millimetre. @param {number} lon from the meridian @param {number} lat radians @returns {[number, number]} */
function mercator(lon, lat) {
  const { a, f } = GRS80;
  const n = f / (2 - f);
  const radius = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4, (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4, (61 / 240) * n ** 3 - (103 / 140) * n ** 4, (49561 / 161280) * n ** 4];
  const k = (2 * Math.sqrt(n)) / (1 + n);
  const t = Math.sinh(Math.atanh(Math.sin(lat)) - k * Math.atanh(k * Math.sin(lat)));
  const xi = Math.atan2(t, Math.cos(lon));
  const eta = Math.atanh(Math.sin(lon) / Math.hypot(1, t));
  const series = (/** @type {(turn: number) => number} */ term) => alpha.reduce((sum, factor, index) => sum + factor * term(2 * (index + 1)), 0);
  return [radius * (eta + series((turn) => Math.cos(turn * xi) * Math.sinh(turn * eta))), radius * (xi + series((turn) => Math.sin(turn * xi) * Math.cosh(turn * eta)))];
}

/** @param {number} lon @param {number} lat degrees @returns {[number, number]} east and north in metres */
export function toGreekGrid(lon, lat) {
  const moved = geocentric(lon * RADIANS, lat * RADIANS, WGS84).map((value, axis) => value + SHIFT[axis]);
  const [longitude, latitude] = geographic(moved, GRS80);
  const [east, north] = mercator(longitude - MERIDIAN * RADIANS, latitude);
  return [EAST + SCALE * east, SCALE * north];
}
