"""Arcs of circles as short straight pieces."""

import math

import numpy as np
from numpy.typing import NDArray

STEP = math.radians(4)
Coordinates = NDArray[np.float64]


def straightened(points: Coordinates) -> Coordinates:
    """The vertices of a chain of arcs (start, a point between, end = start of the next, …) as N × 2 or N × 3
    vertices, a turn of at most 4° between two; heights change evenly along each half of an arc."""
    pieces = [points[:1]]
    pieces += [_arc(*points[at : at + 3]) for at in range(0, len(points) - 2, 2)]
    return np.concatenate(pieces)


def _arc(start: Coordinates, middle: Coordinates, end: Coordinates) -> Coordinates:
    """The vertices after `start`, up to and with `end`."""
    centre = _centre(start, middle, end)
    if centre is None:
        return np.array([middle, end])
    angles = [math.atan2(point[1] - centre[1], point[0] - centre[0]) for point in (start, middle, end)]
    turn_left = _turns_left(start, middle, end)
    to_middle = _sweep(angles[0], angles[1], turn_left)
    to_end = _sweep(angles[1], angles[2], turn_left)
    radius = math.hypot(start[0] - centre[0], start[1] - centre[1])
    first = _stroke(centre, radius, angles[0], to_middle, start, middle)
    return np.concatenate([first, _stroke(centre, radius, angles[1], to_end, middle, end)])


def _centre(start: Coordinates, middle: Coordinates, end: Coordinates) -> tuple[float, float] | None:
    """The centre of the circle through the three; None when they lie on a line."""
    if np.array_equal(start[:2], end[:2]):
        # A full circle: the point between is the one opposite.
        return float(start[0] + middle[0]) / 2, float(start[1] + middle[1]) / 2
    (bx, by), (cx, cy) = (middle - start)[:2].tolist(), (end - start)[:2].tolist()
    twice_area = 2 * (bx * cy - by * cx)
    size = max(abs(bx), abs(by), abs(cx), abs(cy))
    if abs(twice_area) <= 1e-12 * size * size:
        return None
    b, c = bx * bx + by * by, cx * cx + cy * cy
    return float(start[0]) + (cy * b - by * c) / twice_area, float(start[1]) + (bx * c - cx * b) / twice_area


def _turns_left(start: Coordinates, middle: Coordinates, end: Coordinates) -> bool:
    (bx, by), (cx, cy) = (middle - start)[:2].tolist(), (end - start)[:2].tolist()
    return bool(bx * cy - by * cx >= 0)


def _sweep(angle: float, other: float, turn_left: bool) -> float:
    return (other - angle) % math.tau if turn_left else -((angle - other) % math.tau)


def _stroke(
    centre: tuple[float, float],
    radius: float,
    angle: float,
    sweep: float,
    start: Coordinates,
    end: Coordinates,
) -> Coordinates:
    """Vertices of a part of the circle, without its start; the end is exact."""
    count = max(1, math.ceil(abs(sweep) / STEP))
    shares = np.arange(1, count + 1) / count
    vertices = start + np.outer(shares, end - start)
    vertices[:, 0] = centre[0] + radius * np.cos(angle + sweep * shares)
    vertices[:, 1] = centre[1] + radius * np.sin(angle + sweep * shares)
    vertices[-1] = end
    return vertices
