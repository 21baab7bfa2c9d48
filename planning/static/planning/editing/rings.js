// A shape as single rings, lines and points, as terra-draw holds them, and back: parts and holes keep their place.

/** @typedef {import("geojson").Geometry} Geometry */
/** @typedef {import("geojson").Position} Position */
/** @typedef {{ geometry: import("geojson").Polygon | import("geojson").LineString | import("geojson").Point, part: number, hole: boolean }} Piece */

const DIGITS = 9;

/** terra-draw takes so many digits, a tenth of a millimetre. @param {Position} position @returns {Position} */
const rounded = (position) => [Number(position[0].toFixed(DIGITS)), Number(position[1].toFixed(DIGITS))];

/** @param {Position[][]} rings @param {number} part @returns {Piece[]} */
const polygonPieces = (rings, part) => rings.map((ring, index) => ({ geometry: { type: "Polygon", coordinates: [ring.map(rounded)] }, part, hole: index > 0 }));

/** @param {Geometry | null} geometry @returns {Piece[]} */
export function pieces(geometry) {
  switch (geometry?.type) {
    case "Polygon":
      return polygonPieces(geometry.coordinates, 0);
    case "MultiPolygon":
      return geometry.coordinates.flatMap(polygonPieces);
    case "LineString":
      return [{ geometry: { type: "LineString", coordinates: geometry.coordinates.map(rounded) }, part: 0, hole: false }];
    case "MultiLineString":
      return geometry.coordinates.map((line, part) => ({ geometry: { type: "LineString", coordinates: line.map(rounded) }, part, hole: false }));
    case "Point":
      return [{ geometry: { type: "Point", coordinates: rounded(geometry.coordinates) }, part: 0, hole: false }];
    case "MultiPoint":
      return geometry.coordinates.map((point, part) => ({ geometry: { type: "Point", coordinates: rounded(point) }, part, hole: false }));
    default:
      return [];
  }
}

/** @param {Piece[]} found in their order @param {Geometry | null} like the shape they were @returns {Geometry} */
export function composed(found, like) {
  const coordinates = /** @type {any[]} */ ([]);
  for (const { geometry, hole } of found) {
    if (geometry.type !== "Polygon") coordinates.push(geometry.coordinates);
    else if (hole) coordinates.at(-1).push(geometry.coordinates[0]);
    else coordinates.push([geometry.coordinates[0]]);
  }
  const single = found[0].geometry.type;
  const isMulti = coordinates.length > 1 || like?.type.startsWith("Multi");
  return /** @type {Geometry} */ (isMulti ? { type: `Multi${single}`, coordinates } : { type: single, coordinates: coordinates[0] });
}

/** @param {Geometry | null} geometry @returns {Position[][]} its rings and lines; a point is a line of one corner */
export function lines(geometry) {
  return pieces(geometry).map((piece) => (piece.geometry.type === "Polygon" ? piece.geometry.coordinates[0] : piece.geometry.type === "Point" ? [piece.geometry.coordinates] : piece.geometry.coordinates));
}

/** West, south, east, north. @param {Geometry | null} geometry @returns {[number, number, number, number] | null} */
export function boundsOf(geometry) {
  const corners = lines(geometry).flat();
  if (!corners.length) return null;
  const xs = corners.map((corner) => corner[0]);
  const ys = corners.map((corner) => corner[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
