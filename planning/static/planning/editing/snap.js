// Where the pointer is drawn to: the nearest corner of the layer, else the nearest side.
import { boundsOf, lines } from "./rings.js";

/** @typedef {import("geojson").Position} Position */
/** @typedef {{ x: number, y: number }} Pixel */

const CORNER = 14;
const SIDE = 10;

/** @param {Pixel} one @param {Pixel} other */
const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/** The place on a side that is nearest to a pixel. @param {Pixel} at @param {Pixel} start @param {Pixel} end @returns {Pixel & { share: number }} */
function foot(at, start, end) {
  const x = end.x - start.x;
  const y = end.y - start.y;
  const length = x * x + y * y;
  const share = length ? Math.max(0, Math.min(1, ((at.x - start.x) * x + (at.y - start.y) * y) / length)) : 0;
  return { x: start.x + share * x, y: start.y + share * y, share };
}

/**
 * @param {() => import("./work.js").Thing[]} things what is drawn to
 * @returns {(event: { lng: number, lat: number, containerX: number, containerY: number }, context: { project: (lng: number, lat: number) => Pixel, unproject: (x: number, y: number) => { lng: number, lat: number } }) => Position | undefined}
 */
export function snapTo(things) {
  return (event, { project, unproject }) => {
    const at = { x: event.containerX, y: event.containerY };
    const edge = unproject(at.x + CORNER, at.y + CORNER);
    const dx = Math.abs(edge.lng - event.lng);
    const dy = Math.abs(edge.lat - event.lat);
    const near = things().filter(({ geometry }) => {
      const box = boundsOf(geometry);
      return box && box[0] - dx <= event.lng && event.lng <= box[2] + dx && box[1] - dy <= event.lat && event.lat <= box[3] + dy;
    });
    const found = near.flatMap(({ geometry }) => lines(geometry));
    return nearestCorner(found, at, project) ?? nearestSide(found, at, project);
  };
}

/** @param {Position[][]} found @param {Pixel} at @param {(lng: number, lat: number) => Pixel} project @returns {Position | undefined} */
function nearestCorner(found, at, project) {
  let best = CORNER;
  /** @type {Position | undefined} */
  let nearest;
  for (const corner of found.flat()) {
    const away = apart(at, project(corner[0], corner[1]));
    if (away < best) [best, nearest] = [away, corner];
  }
  return nearest;
}

/** A place between two corners, in degrees, which at this length are as straight as the grid.
 * @param {Position[][]} found @param {Pixel} at @param {(lng: number, lat: number) => Pixel} project @returns {Position | undefined} */
function nearestSide(found, at, project) {
  let best = SIDE;
  /** @type {Position | undefined} */
  let nearest;
  for (const line of found) {
    for (let index = 1; index < line.length; index += 1) {
      const [start, end] = [line[index - 1], line[index]];
      const there = foot(at, project(start[0], start[1]), project(end[0], end[1]));
      const away = apart(at, there);
      if (away >= best) continue;
      best = away;
      nearest = [start[0] + there.share * (end[0] - start[0]), start[1] + there.share * (end[1] - start[1])].map((value) => Number(value.toFixed(9)));
    }
  }
  return nearest;
}
