"""Which columns of a table hold positions, told by their names in Greek and English."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from importers.errors import NoPositions, NoSuchField
from importers.sources.base import ReadOptions

# Everything is compared folded: lower case, no accents, σ also at the end.
LONGITUDE = {"lon", "long", "lng", "longitude", "γεωγρ μηκοσ", "γεωγραφικο μηκοσ", "γ μηκοσ"}
LATITUDE = {"lat", "latitude", "γεωγρ πλατοσ", "γεωγραφικο πλατοσ", "γ πλατοσ"}
EAST = {"x", "χ", "e", "east", "easting", "ανατολη", "ανατολικα", "ανατολικη"}
NORTH = {"y", "υ", "ψ", "n", "north", "northing", "βορρασ", "βορεια"}
WKT = ("wkt", "the_geom", "geom", "geometry", "γεωμετρια")
# Words around the letter that say nothing about the direction: “Χ_ΕΓΣΑ87”, “XCOORD”, “Συντεταγμένη Υ (μ)”.
AROUND = {
    "coord", "coordinate", "coordinates", "point", "pos", "position", "egsa", "egsa87", "ggrs87", "grs87", "2100", "87",
    "utm", "m", "wgs84", "wgs", "4326", "deg", "dd",
    "εγσα", "εγσα87", "συντ", "συντεταγμενη", "συντεταγμενεσ", "συν", "μ", "μοιρεσ", "τεταγμενη", "τετμημενη",
}  # fmt: skip
_JOINED = re.compile(r"^(?:coord|point|pos|egsa|εγσα|συντ)?([xyχυψ])(?:coord|egsa|egsa87|εγσα|εγσα87|pos)?$")


@dataclass(frozen=True)
class PlaceColumns:
    """Indexes of the columns of east, north and WKT, -1 where there is none. `by_degrees`: the names say longitude
    and latitude."""

    east: int = -1
    north: int = -1
    wkt: int = -1
    by_degrees: bool = False

    @property
    def are_there(self) -> bool:
        return self.wkt >= 0 or self.east >= 0


def place_columns(fields: Sequence[str], options: ReadOptions) -> PlaceColumns:
    """As asked, else as the names tell. Raises NoSuchField, and NoPositions unless `options.without_place`."""
    if options.lon and options.lat:
        return PlaceColumns(_named(fields, options.lon), _named(fields, options.lat), by_degrees=True)
    if options.wkt:
        return PlaceColumns(wkt=_named(fields, options.wkt))
    found = _evident([_folded(name) for name in fields])
    if not found.are_there and not options.without_place:
        raise NoPositions(fields=", ".join(fields))
    if options.without_place and not (found.by_degrees or options.source_crs):
        return PlaceColumns()
    return found


def _evident(names: list[str]) -> PlaceColumns:
    """Degrees come first, then WKT, then metres: a file from a GIS often repeats X and Y beside its geometry."""
    bare = [_bare(name) for name in names]
    lon, lat = _first(bare, LONGITUDE), _first(bare, LATITUDE)
    if lon >= 0 and lat >= 0:
        return PlaceColumns(lon, lat, by_degrees=True)
    wkt = next((names.index(name) for name in WKT if name in names), -1)
    east, north = _first(bare, EAST), _first(bare, NORTH)
    if wkt >= 0 or east < 0 or north < 0:
        return PlaceColumns(wkt=wkt)
    return PlaceColumns(east, north)


def _first(names: list[str], wanted: set[str]) -> int:
    return next((index for index, name in enumerate(names) if name in wanted), -1)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.strip().casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _bare(name: str) -> str:
    """The name without the words that stand around the direction."""
    words = re.sub(r"[^0-9a-zα-ω]+", " ", name).split()
    kept = [word for word in words if word not in AROUND] if len(words) > 1 else words
    joined = _JOINED.match(kept[0]) if len(kept) == 1 else None
    return joined[1] if joined else " ".join(kept)


def _named(fields: Sequence[str], name: str) -> int:
    if name not in fields:
        raise NoSuchField(field=name, fields=", ".join(fields))
    return list(fields).index(name)
