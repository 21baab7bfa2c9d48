"""The coordinate systems of downloads, and the way to them from the storage CRS."""

import threading
from dataclasses import dataclass

import numpy as np
import pyproj
import shapely
from django.conf import settings
from numpy.typing import NDArray

from core.geo import CRS84, WEB_MERCATOR

Shapes = NDArray[np.object_]
Coordinates = NDArray[np.float64]
Ways = tuple[pyproj.Transformer, pyproj.Transformer]
_kept = threading.local()


@dataclass(frozen=True)
class System:
    """`name` is what people ask for, `srid` the authority's number, `uri` what GeoJSON and OGC call it. x before y."""

    name: str
    srid: int
    title: str
    uri: str

    @property
    def is_storage(self) -> bool:
        return self.srid == settings.STORAGE_SRID

    @property
    def is_degrees(self) -> bool:
        return self.srid == CRS84

    @property
    def code(self) -> str:
        return f"EPSG:{self.srid}"

    def pyproj(self) -> pyproj.CRS:
        return pyproj.CRS.from_user_input("OGC:CRS84" if self.is_degrees else self.code)


def systems() -> dict[str, System]:
    """By name: degrees, the storage CRS, web Mercator."""
    storage = settings.STORAGE_SRID
    title = pyproj.CRS.from_epsg(storage).name
    listed = (
        System("crs84", CRS84, "WGS 84 (CRS84)", "urn:ogc:def:crs:OGC:1.3:CRS84"),
        System(str(storage), storage, f"{title} (EPSG:{storage})", f"urn:ogc:def:crs:EPSG::{storage}"),
        System(
            "3857",
            WEB_MERCATOR,
            f"WGS 84 / Pseudo-Mercator (EPSG:{WEB_MERCATOR})",
            f"urn:ogc:def:crs:EPSG::{WEB_MERCATOR}",
        ),
    )
    return {system.name: system for system in listed}


def system_named(text: str) -> System | None:
    """The system that somebody asked for as `2100`, `EPSG:2100`, `CRS84`, `OGC:CRS84` or `4326`."""
    name = text.strip().lower().rpartition(":")[2]
    return systems().get("crs84" if name == str(CRS84) else name)


class Mover:
    """Takes geometries of the storage CRS to a system; refuses ways that would forget the datum.

    A datum shift passes through space, and PROJ drops the height it finds there, so that going from the Greek Grid to
    WGS 84 and back moves a point by 1.4 mm. Here the result is the place from which the way back leads home.
    """

    def __init__(self, system: System) -> None:
        self._there, self._back = None, None
        if not system.is_storage:
            self._there, self._back = _ways(system)

    @property
    def is_needed(self) -> bool:
        return self._there is not None

    def moved(self, shapes: Shapes) -> Shapes:
        """The geometries in the system; None stays None."""
        if self._there is None or self._back is None:
            return shapes
        own = shapely.get_coordinates(shapes)
        missed = own - _through(self._back, _through(self._there, own))
        placed = _through(self._there, own + missed)
        return np.asarray(shapely.set_coordinates(shapes, placed), dtype=object)


def _ways(system: System) -> Ways:
    """There and back. They take 10 ms to find, and belong to the thread that found them."""
    known: dict[str, Ways] = _kept.__dict__.setdefault("ways", {})
    if system.name not in known:
        storage, target = pyproj.CRS.from_epsg(settings.STORAGE_SRID), system.pyproj()
        known[system.name] = _transformer(storage, target), _transformer(target, storage)
    return known[system.name]


def _transformer(source: pyproj.CRS, target: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True, allow_ballpark=False)


def _through(transformer: pyproj.Transformer, coordinates: Coordinates) -> Coordinates:
    return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))
