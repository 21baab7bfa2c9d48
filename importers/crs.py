"""From the coordinate system of a file to the storage CRS: named, exact, or refused."""

import re
from dataclasses import dataclass

import numpy as np
import pyproj
import shapely
from django.conf import settings
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

from importers.errors import CrsInexact, CrsMissing, CrsUnknown
from importers.known_crs import Match, by_name, has_unknown_datum, matched
from importers.sources.base import Geometries

set_network_enabled(False)

Coordinates = NDArray[np.float64]
_CODE = re.compile(r"^(?:[A-Za-z]+:)?[A-Za-z]*\d+$")


@dataclass(frozen=True)
class Placement:
    """How coordinates of the file become metres of the storage CRS; x before y on both sides. `remark` is a code of
    report.MESSAGES: what a person should know about how the system was found; `is_lonlat`: the file is in degrees of
    WGS 84, which web maps take as they are."""

    name: str
    transformer: pyproj.Transformer | None
    swap_axes: bool = False
    remark: str = ""
    is_lonlat: bool = False

    def place(self, coordinates: Coordinates) -> Coordinates:
        """N × 2 coordinates in the storage CRS; infinite where the projection has no value."""
        if self.swap_axes:
            coordinates = coordinates[:, ::-1]
        if self.transformer is None:
            return coordinates
        x, y = self.transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack((x, y))

    def moved(self, geometries: Geometries) -> Geometries:
        """The geometries (two dimensions, none missing) in the storage CRS."""
        if self.transformer is None and not self.swap_axes:
            return geometries
        coordinates = shapely.get_coordinates(geometries)
        return np.asarray(shapely.set_coordinates(geometries, self.place(coordinates)), dtype=object)


def placement(said_by_file: str, asked: str, *, swap_axes: bool = False) -> Placement:
    """How to place a file; what the person asked for wins. Raises CrsMissing, CrsUnknown, CrsInexact."""
    if not said_by_file and not asked:
        raise CrsMissing()
    found = Match(crs_named(asked)) if asked else matched(_read(said_by_file))
    if has_unknown_datum(found.crs):
        raise CrsInexact(crs=str(found.crs.name))
    return placed_by(found.crs, swap_axes=swap_axes, remark=found.message)


def placed_by(crs: pyproj.CRS, *, swap_axes: bool = False, remark: str = "") -> Placement:
    """The way from a system to the storage CRS; raises CrsInexact where there is none that is exact."""
    storage = pyproj.CRS.from_epsg(settings.STORAGE_SRID)
    if crs.to_epsg() == settings.STORAGE_SRID:
        return Placement(_name(crs), None, swap_axes, remark)
    try:
        transformer = pyproj.Transformer.from_crs(crs, storage, always_xy=True, allow_ballpark=False)
    except ProjError as error:
        raise CrsInexact(crs=_name(crs)) from error
    is_lonlat = crs.to_authority() in (("EPSG", "4326"), ("OGC", "CRS84"))
    return Placement(_name(crs), transformer, swap_axes, remark, is_lonlat)


def crs_named(text: str) -> pyproj.CRS:
    """A code such as EPSG:2100, 2100 or OGC:CRS84, or a name of known_crs; nothing that could name a file or an
    address. Raises CrsUnknown."""
    text = text.strip()
    ours = by_name(text)
    if ours is not None:
        return ours
    if not _CODE.match(text):
        raise CrsUnknown(crs=text)
    return _read(text if ":" in text else f"EPSG:{text}")


def _read(text: str) -> pyproj.CRS:
    try:
        crs = pyproj.CRS.from_user_input(text).to_2d()
    except CRSError as error:
        raise CrsUnknown(crs=text[:80]) from error
    if not (crs.is_geographic or crs.is_projected):
        raise CrsUnknown(crs=_name(crs))
    return crs


def _name(crs: pyproj.CRS) -> str:
    code = crs.to_authority()
    if code is None:
        return str(crs.name)
    return f"{str(crs.name).removesuffix(f' ({code[1]})')} ({':'.join(code)})"
