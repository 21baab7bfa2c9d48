"""Overlaps and gaps that an edit makes between surfaces of a layer, with their areas."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Polygon
from shapely.geometry.base import BaseGeometry

from layers.measures import area_m2
from planning.editing.opened import Opened

LEAST_M2 = 0.01
LEAST_METRES = 0.005  # On average: what is thinner is how numbers round, and nothing that anybody measured.
GAP_METRES = 0.5  # What is narrower than twice this between neighbours is a gap, and not a lane.
AROUND_METRES = 2.0
MOST_NEIGHBOURS = 2_000
MOST_FINDINGS = 100


@dataclass(frozen=True)
class Finding:
    """`kind` is overlap or gap; `keys` name what overlaps, as the page calls it."""

    kind: str
    keys: tuple[str, ...]
    area_m2: float
    shape: BaseGeometry


def neighbours_of(
    opened: Opened, shapes: Sequence[BaseGeometry], without: set[str]
) -> dict[str, BaseGeometry]:
    """Features of the layer, as the user sees it, next to the shapes; found by PostGIS' index."""
    found: dict[str, BaseGeometry] = {}
    for shape in shapes:
        west, south, east, north = shape.bounds
        box = Polygon.from_bbox(
            (west - AROUND_METRES, south - AROUND_METRES, east + AROUND_METRES, north + AROUND_METRES)
        )
        box.srid = settings.STORAGE_SRID
        rows = opened.source.rows.filter(geom__bboverlaps=box).exclude(key__in=without).order_by("pk")
        for key, geom in rows.values_list("key", "geom")[:MOST_NEIGHBOURS]:
            if geom is not None:
                found[key] = shapely.from_wkb(bytes(geom.wkb))
    return found


def findings(
    changed: Mapping[str, BaseGeometry], before: Sequence[BaseGeometry], around: Mapping[str, BaseGeometry]
) -> list[Finding]:
    """What the changed surfaces overlap, and the gaps beside them that were not there `before`."""
    surfaces = {key: shape for key, shape in changed.items() if shape.area}
    others = {key: _proper(shape) for key, shape in around.items() if shape.area}
    if not surfaces:
        return []
    found = [*_overlaps(surfaces, others), *_gaps(list(surfaces.values()), before, list(others.values()))]
    return sorted(found, key=lambda one: (one.kind != "overlap", -one.area_m2))[:MOST_FINDINGS]


def _overlaps(surfaces: Mapping[str, BaseGeometry], others: Mapping[str, BaseGeometry]) -> Iterator[Finding]:
    seen: dict[str, BaseGeometry] = dict(others)
    for key, shape in surfaces.items():
        for other, beside in seen.items():
            shared = _surface(shape.intersection(beside)) if shape.intersects(beside) else None
            if shared is not None and _counts(shared):
                yield Finding("overlap", (key, other), _area(shared), shared)
        seen[key] = shape


def _gaps(
    surfaces: Sequence[BaseGeometry], before: Sequence[BaseGeometry], others: Sequence[BaseGeometry]
) -> Iterator[Finding]:
    """Slits and holes that closing finds now between the changed and the others, and did not find before."""
    near = shapely.union_all(surfaces).buffer(GAP_METRES * 4)
    old = shapely.union_all([_slits([*(_proper(one) for one in before if one.area), *others])]).buffer(0.01)
    for gap in getattr(_slits([*surfaces, *others]), "geoms", []):
        new = _surface(gap.difference(old)) if gap.intersects(near) else None
        if new is not None and _counts(new) and new.distance(shapely.union_all(surfaces)) < 0.01:
            yield Finding("gap", (), _area(new), new)


def _slits(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """What lies between the shapes and is narrower than twice GAP_METRES, as a collection of surfaces."""
    if not shapes:
        return shapely.MultiPolygon()
    whole = shapely.union_all(shapes)
    closed = whole.buffer(GAP_METRES, join_style="mitre").buffer(-GAP_METRES, join_style="mitre")
    rest = _surface(closed.difference(whole))
    parts = [] if rest is None else list(getattr(rest, "geoms", [rest]))
    return shapely.MultiPolygon([one for one in parts if one.area > LEAST_M2])


def _surface(shape: BaseGeometry) -> BaseGeometry | None:
    """The surfaces of what may be a collection; None where there are none."""
    parts = [
        one for one in getattr(shape, "geoms", [shape]) if one.geom_type.endswith("Polygon") and one.area
    ]
    return shapely.union_all(parts) if parts else None


def _counts(surface: BaseGeometry) -> bool:
    return surface.area > LEAST_M2 and surface.area > LEAST_METRES * surface.length / 2


def _proper(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape)


def _area(shape: BaseGeometry) -> float:
    return area_m2(GEOSGeometry(memoryview(shape.wkb), srid=settings.STORAGE_SRID))
