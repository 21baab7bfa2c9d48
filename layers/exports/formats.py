"""The formats of downloads, as a table: the name in the address, the title, the ending, and who writes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from layers.exports.writers import delimited, drawing, geodata, geojson, geoparquet, kml, shapefile, workbook

if TYPE_CHECKING:
    from layers.exports.export import Export

Write = Callable[["Export", Path], list[Path]]
Pieces = Callable[["Export"], Iterator[bytes]]
ENCODINGS = ("utf-8", "cp1253", "iso-8859-7", "cp737")


@dataclass(frozen=True)
class Format:
    """`write` puts the files into a folder and names them. `pieces`, for formats that can be sent while they are
    made, gives the bytes of the one file. `in_degrees`: degrees unless asked otherwise."""

    name: str
    title: str
    extension: str
    media_type: str
    write: Write
    pieces: Pieces | None = None
    in_degrees: bool = False
    only_degrees: bool = False
    has_encodings: bool = False
    many_files: bool = False


_LISTED = (
    Format("gpkg", "GeoPackage", "gpkg", "application/geopackage+sqlite3", geodata.write_geopackage),
    Format(
        "shp",
        "Shapefile",
        "shp",
        "application/octet-stream",
        shapefile.write,
        has_encodings=True,
        many_files=True,
    ),
    Format(
        "geojson",
        "GeoJSON",
        "geojson",
        "application/geo+json",
        geojson.write,
        geojson.pieces,
        in_degrees=True,
    ),
    Format("fgb", "FlatGeobuf", "fgb", "application/flatgeobuf", geodata.write_flatgeobuf),
    Format(
        "kml",
        "KML",
        "kml",
        "application/vnd.google-earth.kml+xml",
        kml.write,
        in_degrees=True,
        only_degrees=True,
    ),
    Format(
        "csv",
        "CSV",
        "csv",
        "text/csv",
        delimited.write,
        delimited.pieces,
        in_degrees=True,
        has_encodings=True,
    ),
    Format(
        "xlsx",
        "Excel (XLSX)",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook.write,
        in_degrees=True,
    ),
    Format("parquet", "GeoParquet", "parquet", "application/vnd.apache.parquet", geoparquet.write),
    Format("dxf", "DXF", "dxf", "image/vnd.dxf", drawing.write),
)
FORMATS: dict[str, Format] = {listed.name: listed for listed in _LISTED}
