"""Which coordinate system a file is in, with proof: how many of its points fall in the municipality as which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from core.geo import CRS84
from importers.crs import Coordinates, Placement, crs_named, placed_by
from importers.errors import CrsInexact
from importers.evidence.evenly import Evenly
from importers.known_crs import ATHENS_LONGITUDE, HTRS07, UNSHIFTED, remark
from importers.sources.base import Geometries

MOST_POINTS = 2000
USUAL = ("EPSG:2100", "EPSG:32634", "EPSG:32635", "OGC:CRS84", "EPSG:3857", HTRS07, "EPSG:3035")
USUAL_LAST = ("EPSG:23034", "EPSG:23035", UNSHIFTED)
# A sheet of the Hatt projection is 30 minutes wide and high, so its coordinates stay small.
HATT_METRES = 60_000.0
SHEET_DEGREES = 0.5
NAMED_IN_SENTENCE = 3
_CODE_IN_NAME = re.compile(rf"\(([A-Z]+:[\w.,-]+|{HTRS07}|{UNSHIFTED})\)$")


@dataclass(frozen=True)
class Candidate:
    """One way to read the coordinates: how many of the points it puts inside the municipality, and how far from
    where the reference puts them (metres; None when they fall outside)."""

    code: str
    placement: Placement
    inside: int
    points: int
    chosen: bool = False
    metres_away: float | None = None

    @property
    def share(self) -> float:
        return self.inside / self.points if self.points else 0.0

    @property
    def title(self) -> str:
        if not self.placement.swap_axes:
            return self.placement.name
        return _("%(crs)s with latitude before longitude") % {"crs": self.placement.name}

    @property
    def note(self) -> str:
        notes = [str(remark(self.code))]
        if self.metres_away is not None and self.metres_away >= 1:
            notes.append(_("%(metres)d m from the place of the first") % {"metres": round(self.metres_away)})
        return "; ".join(note for note in notes if note)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.title,
            "swap_axes": self.placement.swap_axes,
            "inside": self.inside,
            "points": self.points,
            "inside_share": round(self.share, 4),
            "chosen": self.chosen,
            "metres_away": None if self.metres_away is None else round(self.metres_away, 1),
            "note": self.note,
        }


class PointSample:
    """At most MOST_POINTS places of the file, one a row, in the CRS of the file."""

    def __init__(self) -> None:
        self._sample: Evenly[tuple[float, float]] = Evenly(MOST_POINTS)

    def see(self, geometries: Geometries) -> None:
        bounds = shapely.bounds(geometries)
        bounds = bounds[np.isfinite(bounds).all(axis=1)]
        chosen = bounds[self._sample.wanted(len(bounds))]
        middles = (chosen[:, :2] + chosen[:, 2:]) / 2
        self._sample.keep([(float(x), float(y)) for x, y in middles])

    @property
    def count(self) -> int:
        return len(self._sample.kept)

    def points(self) -> Coordinates:
        return np.array(self._sample.kept, dtype=float).reshape(-1, 2)


def candidates(
    points: Coordinates, home: shapely.Geometry | None, chosen: Placement | None
) -> list[Candidate]:
    """The chosen way and the usual ones, the best first; a usual one only swapped where that puts points inside."""
    if not len(points):
        return []
    if home is None:
        return [] if chosen is None else [Candidate(_code(chosen), chosen, 0, 0, chosen=True)]
    shapely.prepare(home)
    found = [] if chosen is None else [_candidate(_code(chosen), chosen, points, home, chosen=True)]
    for code, way in _ways(points, home):
        same = next((at for at, other in enumerate(found) if _same(way, other.placement, points)), None)
        if same is not None:
            found[same] = replace(found[same], code=found[same].code or code)
            continue
        candidate = _candidate(code, way, points, home)
        if candidate.inside or not way.swap_axes:
            found.append(candidate)
    found.sort(key=lambda candidate: (-candidate.inside, not candidate.chosen))
    return _with_distances(found, points)


def _candidate(
    code: str, way: Placement, points: Coordinates, home: shapely.Geometry, *, chosen: bool = False
) -> Candidate:
    return Candidate(code, way, int(_inside(way.place(points), home).sum()), len(points), chosen)


def _inside(places: Coordinates, home: shapely.Geometry) -> NDArray[np.bool_]:
    finite: NDArray[np.bool_] = np.asarray(np.isfinite(places).all(axis=1))
    safe = np.where(finite[:, None], places, 0.0)
    return np.asarray(shapely.intersects_xy(home, safe[:, 0], safe[:, 1])) & finite


def _ways(points: Coordinates, home: shapely.Geometry) -> Iterator[tuple[str, Placement]]:
    for code in dict.fromkeys((f"EPSG:{settings.STORAGE_SRID}", *USUAL, *USUAL_LAST, *_sheets(points, home))):
        way = _way(code)
        if way is None:
            continue
        yield code, way
        yield code, Placement(way.name, way.transformer, swap_axes=True)


@lru_cache(maxsize=100)
def _way(code: str) -> Placement | None:
    """Kept, because PROJ takes a tenth of a second to find one; None where there is no exact one."""
    try:
        return placed_by(crs_named(code))
    except CrsInexact:
        return None


def _sheets(points: Coordinates, home: shapely.Geometry) -> Iterator[str]:
    """The Hatt sheets that the municipality touches, if the coordinates are small enough to be of one."""
    if not len(points) or np.abs(points).max() > HATT_METRES or np.abs(points).max() <= 180:
        return
    west, south, east, north = in_degrees(shapely.bounds(home).tolist())
    for latitude in _middles(south, north):
        for longitude in _middles(west - ATHENS_LONGITUDE, east - ATHENS_LONGITUDE):
            yield f"HATT:{latitude:g},{longitude:g}"


def _middles(low: float, high: float) -> list[float]:
    first = np.floor(low / SHEET_DEGREES) * SHEET_DEGREES + SHEET_DEGREES / 2
    return [float(middle) for middle in np.arange(first, high + SHEET_DEGREES / 2, SHEET_DEGREES)]


def in_degrees(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    """West, south, east, north in CRS84 of bounds in the storage CRS."""
    storage = placed_by(crs_named(f"EPSG:{CRS84}")).transformer
    w, s, e, n = bounds
    if storage is not None:
        w, s, e, n = storage.transform_bounds(w, s, e, n, direction="INVERSE")
    return float(w), float(s), float(e), float(n)


def _with_distances(found: list[Candidate], points: Coordinates) -> list[Candidate]:
    if not found or not len(points):
        return found
    reference = found[0].placement.place(points)
    return [_with_distance(candidate, points, reference) for candidate in found]


def _with_distance(candidate: Candidate, points: Coordinates, reference: Coordinates) -> Candidate:
    if not candidate.inside:
        return candidate
    away = np.hypot(*(candidate.placement.place(points) - reference).T)
    away = away[np.isfinite(away)]
    return replace(candidate, metres_away=float(np.median(away)) if len(away) else None)


def _same(one: Placement, other: Placement, points: Coordinates) -> bool:
    """Whether two names stand for one way, as EPSG:4326 and CRS84 do here."""
    if one.swap_axes != other.swap_axes or not len(points):
        return one.swap_axes == other.swap_axes and one.name == other.name
    some = points[:: max(1, len(points) // 20)]
    return bool(np.allclose(one.place(some), other.place(some), rtol=0, atol=0.001))


def _code(placement: Placement) -> str:
    """The code in brackets at the end of the name, or nothing."""
    found = _CODE_IN_NAME.search(placement.name)
    return found[1] if found else ""


def sentence(found: list[Candidate]) -> str:
    """“97 of 100 points fall in the municipality as EPSG:2100, 0 as UTM 34N.” Nothing without a boundary."""
    if not found or not found[0].points:
        return ""
    first, others = found[0], found[1:NAMED_IN_SENTENCE]
    if not first.inside and not first.chosen:
        return _(
            "None of the usual coordinate systems puts any of it in the municipality: it may be of another place, or a "
            "drawing with an origin of its own, which its author must place first."
        )
    facts = {"inside": first.inside, "points": first.points, "crs": first.title}
    start = _("%(inside)s of %(points)s points fall in the municipality as %(crs)s") % facts
    rest = [_("%(inside)s as %(crs)s") % {"inside": one.inside, "crs": one.title} for one in others]
    return ", ".join([start, *rest]) + "."
