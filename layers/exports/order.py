"""What is exported: which source, as which file, in which CRS, which part of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from django.contrib.gis.geos import GEOSGeometry

from core.errors import BadCoordinates
from core.geo import CRS84, to_storage
from layers.exports.errors import BadExportBox
from layers.exports.systems import System
from layers.moments import AsOf
from layers.sources import FeatureSource

if TYPE_CHECKING:
    from layers.exports.formats import Format

Box = tuple[float, float, float, float]
UTF8 = "utf-8"


@dataclass(frozen=True)
class ExportOrder:
    """`box` is west, south, east, north in degrees; rows that touch it go in. `moments` choose a past state
    of a layer. `filters` are words on what else narrowed the rows,
    and `address` is where this file comes from; both are told by the page in the archive."""

    source: FeatureSource
    format: "Format"
    system: System
    encoding: str = UTF8
    box: Box | None = None
    moments: AsOf | None = None
    filters: tuple[str, ...] = ()
    address: str = ""

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return self.source.slug

    @property
    def is_streamable(self) -> bool:
        """The file can be sent while it is made; what may not fit an encoding has to be complete first."""
        return self.format.pieces is not None and self.encoding == UTF8


def box_in_storage(box: Box) -> GEOSGeometry:
    """The box as a polygon in the storage CRS, its sides bent as they bend there."""
    outline = shapely.segmentize(shapely.box(*box), max(box[2] - box[0], box[3] - box[1], 1e-9) / 32)
    polygon = GEOSGeometry(memoryview(shapely.to_wkb(outline)), srid=CRS84)
    try:
        return to_storage(polygon)
    except BadCoordinates as error:
        raise BadExportBox(given=",".join(map(str, box))) from error
