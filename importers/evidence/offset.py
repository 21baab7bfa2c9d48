"""Whether shapes lie off from the held ones all by the same way, as when the shift between two datums is missing."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers.crs import crs_named, placed_by
from importers.errors import CrsInexact
from importers.known_crs import GREEK_GRID, UNSHIFTED

FEWEST = 3
LEAST_METRES = 20.0
MOST_SPREAD = 5.0
SHIFT_TOLERANCE = 15.0
Vectors = NDArray[np.float64]


def offset_of(offsets: list[tuple[float, float]]) -> dict[str, Any] | None:
    """East and north in metres, when most shapes lie off by the same; `code` says whether that is a datum shift, and
    `crs` which system would then be right."""
    moved = np.array(offsets, dtype=float).reshape(-1, 2)
    if len(moved) < FEWEST:
        return None
    middle = np.median(moved, axis=0)
    spread = float(np.median(np.hypot(*(moved - middle).T)))
    metres = float(np.hypot(*middle))
    if metres < LEAST_METRES or spread > MOST_SPREAD:
        return None
    crs = _explains(middle)
    return {
        "east": round(float(middle[0]), 1),
        "north": round(float(middle[1]), 1),
        "metres": round(metres, 1),
        "spread": round(spread, 1),
        "shapes": len(moved),
        "code": "offset_shift" if crs else "offset",
        "crs": crs,
    }


def _explains(moved: Vectors) -> str:
    """The system in which the file seems to be, when the offset is what the lost datum shift of the Greek Grid makes.

    Coordinates laid on WGS84 but taken for EPSG:2100 come to lie too far the one way, and the other way round.
    """
    shift = _shift()
    if shift is None:
        return ""
    if np.hypot(*(moved + shift)) < SHIFT_TOLERANCE:
        return UNSHIFTED
    return GREEK_GRID if np.hypot(*(moved - shift)) < SHIFT_TOLERANCE else ""


@cache
def _shift() -> Vectors | None:
    """How far the datum shift moves a place in the middle of Greece, in metres of the storage CRS."""
    place = np.array([[400_000.0, 4_300_000.0]])
    try:
        unshifted, grid = (placed_by(crs_named(code)).place(place) for code in (UNSHIFTED, GREEK_GRID))
    except CrsInexact:
        return None
    vector: Vectors = np.asarray(unshifted - grid)[0]
    return vector
