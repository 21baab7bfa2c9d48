// Reads where a JPEG says it was taken. Only the GPS part of EXIF, only from the first 256 KB.

const HEAD_BYTES = 256 * 1024;
const APP1 = 0xffe1;
const START_OF_SCAN = 0xffda;
const GPS_POINTER = 0x8825;
const [LAT_REF, LAT, LON_REF, LON] = [1, 2, 3, 4];

/** @param {File} file @returns {Promise<[number, number] | null>} longitude, latitude */
export async function placeOfPhoto(file) {
  try {
    const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const start = tiffStart(view);
    return start === null ? null : readGps(view, start);
  } catch {
    return null; // cut short or nonsense: the photo does not tell
  }
}

/** Walks the JPEG's segments to the EXIF one. @param {DataView} view @returns {number | null} */
function tiffStart(view) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === APP1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
    if (marker === START_OF_SCAN || (marker & 0xff00) !== 0xff00) return null;
  }
  return null;
}

/** @param {DataView} view @param {number} start of the TIFF header @returns {[number, number] | null} */
function readGps(view, start) {
  const little = view.getUint16(start) === 0x4949;
  const root = entries(view, start, view.getUint32(start + 4, little), little);
  const pointer = root.get(GPS_POINTER);
  if (pointer === undefined) return null;
  const gps = entries(view, start, view.getUint32(pointer, little), little);
  const [latRef, lat, lonRef, lon] = [LAT_REF, LAT, LON_REF, LON].map((tag) => gps.get(tag));
  if (latRef === undefined || lat === undefined || lonRef === undefined || lon === undefined) return null;
  const y = degrees(view, start, lat, little) * sign(view, latRef, "S");
  const x = degrees(view, start, lon, little) * sign(view, lonRef, "W");
  return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x) <= 180 && Math.abs(y) <= 90 && (x || y) ? [x, y] : null;
}

/** Where the value (or the pointer to it) of each tag of a directory stands.
 * @param {DataView} view @param {number} start @param {number} offset @param {boolean} little @returns {Map<number, number>} */
function entries(view, start, offset, little) {
  const directory = start + offset;
  const found = new Map();
  for (let index = 0; index < view.getUint16(directory, little); index += 1) {
    const entry = directory + 2 + index * 12;
    found.set(view.getUint16(entry, little), entry + 8);
  }
  return found;
}

/** Degrees, minutes and seconds, each a fraction. @param {DataView} view @param {number} start @param {number} at @param {boolean} little */
function degrees(view, start, at, little) {
  const place = start + view.getUint32(at, little);
  const [whole, minutes, seconds] = [0, 8, 16].map((step) => view.getUint32(place + step, little) / view.getUint32(place + step + 4, little));
  return whole + minutes / 60 + seconds / 3600;
}

/** @param {DataView} view @param {number} at @param {string} negative */
function sign(view, at, negative) {
  return String.fromCharCode(view.getUint8(at)).toUpperCase() === negative ? -1 : 1;
}
