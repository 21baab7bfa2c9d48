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
from importers.sources.base import Geometries

set_network_enabled(False)

Coordinates = NDArray[np.float64]
_CODE = re.compile(r"^(?:[A-Za-z]+:)?[A-Za-z]*\d+$")


@dataclass(frozen=True)
class Placement:
    """How coordinates of the file become metres of the storage CRS; x before y on both sides."""

    name: str
    transformer: pyproj.Transformer | None
    swap_axes: bool = False

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
        coordinates = shapely.get_coordinates(geometries)
        return np.asarray(shapely.set_coordinates(geometries, self.place(coordinates)), dtype=object)


def placement(said_by_file: str, asked: str, *, swap_axes: bool = False) -> Placement:
    """How to place a file; what the person asked for wins. Raises CrsMissing, CrsUnknown, CrsInexact."""
    if not said_by_file and not asked:
        raise CrsMissing()
    crs = _asked(asked) if asked else _read(said_by_file)
    storage = pyproj.CRS.from_epsg(settings.STORAGE_SRID)
    if crs.to_epsg() == settings.STORAGE_SRID:
        return Placement(_name(crs), None, swap_axes)
    try:
        transformer = pyproj.Transformer.from_crs(crs, storage, always_xy=True, allow_ballpark=False)
    except ProjError as error:
        raise CrsInexact(crs=_name(crs)) from error
    return Placement(_name(crs), transformer, swap_axes)


def _asked(text: str) -> pyproj.CRS:
    """A code such as EPSG:2100, 2100 or OGC:CRS84; nothing that could name a file or an address."""
    if not _CODE.match(text.strip()):
        raise CrsUnknown(crs=text)
    return _read(text.strip() if ":" in text else f"EPSG:{text.strip()}")


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
    return f"{crs.name} ({':'.join(code)})" if code else str(crs.name)
