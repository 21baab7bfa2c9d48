"""The kinds of file that are opened at all, told by extension and confirmed by their first bytes and length."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.module_loading import import_string

from importers.errors import MissingPart, NotWhatItSays
from importers.sources.base import ReadOptions, Source

SHAPEFILE_MAGIC = bytes.fromhex("0000270a")


@dataclass(frozen=True)
class Signature:
    """`opener` is called with the path and the ReadOptions and gives a Source; it confirms the first bytes before any
    library sees them. `driver` is GDAL's name of the format, empty for those we read ourselves."""

    title: str
    extensions: tuple[str, ...]
    opener: str = ""
    driver: str = ""

    def open(self, path: Path, options: ReadOptions) -> Source:
        opener: Callable[[Path, ReadOptions], Source] = import_string(self.opener)
        return opener(path, options)


GEOPACKAGE = Signature("GeoPackage", (".gpkg",), "importers.sources.geopackage.open_geopackage", "GPKG")
SHAPEFILE = Signature("Shapefile", (".shp",), "importers.sources.shapefile.open_shapefile", "ESRI Shapefile")
GEOJSON = Signature("GeoJSON", (".geojson", ".json"), "importers.sources.geojson.GeoJsonSource")
GEOJSON_LINES = Signature(
    "GeoJSON text sequence",
    (".geojsonl", ".ndjson", ".geojsons", ".geojsonseq"),
    "importers.sources.geojson.GeoJsonSource",
)
FLATGEOBUF = Signature("FlatGeobuf", (".fgb",), "importers.sources.flatgeobuf.open_flatgeobuf", "FlatGeobuf")
FILE_GEODATABASE = Signature(
    "File Geodatabase", (".gdb",), "importers.sources.filegdb.open_file_geodatabase", "OpenFileGDB"
)
KML = Signature("KML", (".kml",), "importers.sources.kml.KmlSource")
CSV = Signature("CSV", (".csv", ".tsv", ".txt"), "importers.sources.delimited.CsvSource")
DXF = Signature("DXF", (".dxf",), "importers.sources.dxf.DxfSource")
GML = Signature("GML", (".gml",), "importers.sources.gml.GmlSource", "GML")
GPX = Signature("GPX", (".gpx",), "importers.sources.gpx.GpxSource")
XLSX = Signature("Excel", (".xlsx", ".xlsm"), "importers.sources.xlsx.XlsxSource")
GEOPARQUET = Signature(
    "GeoParquet", (".parquet", ".geoparquet"), "importers.sources.geoparquet.GeoParquetSource"
)
OSM = Signature("OpenStreetMap", (".pbf", ".osm"), "importers.sources.osm_pbf.OsmSource")
SQLITE = Signature("SQLite", (".sqlite", ".sqlite3", ".spatialite"), "importers.sources.sqlite.SqliteSource")
KMZ = Signature("KMZ", (".kmz",))
ZIP = Signature("zip", (".zip",))
# Openers are imported when a file of theirs is opened, so that a page does not load every library.
KNOWN = (
    GEOPACKAGE,
    SHAPEFILE,
    GEOJSON,
    GEOJSON_LINES,
    FLATGEOBUF,
    FILE_GEODATABASE,
    KML,
    KMZ,
    GML,
    GPX,
    SQLITE,
    CSV,
    XLSX,
    GEOPARQUET,
    DXF,
    OSM,
    ZIP,
)

# Pixels, which only the target “a raster” takes; a picture in a zip is no layer.
RASTER = Signature(
    "raster",
    (".tif", ".tiff", ".asc", ".png", ".jpg", ".jpeg", ".jp2", ".j2k", ".img"),
    "importers.sources.rasters.refuse_raster",
)


def signature_of(path: Path) -> Signature | None:
    """The format an extension promises."""
    return next((known for known in (*KNOWN, RASTER) if path.suffix.lower() in known.extensions), None)


def known_extensions() -> str:
    return ", ".join(extension for known in (*KNOWN, RASTER) for extension in known.extensions)


def check_shapefile(path: Path) -> None:
    """Raise unless the three parts are there and as long as their headers say."""
    _part(path, ".shx")
    dbf = _part(path, ".dbf")
    with path.open("rb") as file:
        head = file.read(100)
    declared = int.from_bytes(head[24:28], "big") * 2
    if len(head) < 100 or not head.startswith(SHAPEFILE_MAGIC) or path.stat().st_size < declared:
        raise NotWhatItSays(file=path.name, format=SHAPEFILE.title)
    _check_dbf(dbf)


def _part(path: Path, extension: str) -> Path:
    found = part_of(path, extension)
    if found is None:
        raise MissingPart(file=path.name, part=path.with_suffix(extension).name)
    return found


def _check_dbf(dbf: Path) -> None:
    with dbf.open("rb") as file:
        head = file.read(32)
    declared = dbf_records(head) * dbf_record_length(head) + dbf_header_length(head)
    if len(head) < 32 or dbf.stat().st_size < declared:
        raise NotWhatItSays(file=dbf.name, format="DBF")


def part_of(path: Path, extension: str) -> Path | None:
    """The file beside a `.shp` with this extension, whatever its case."""
    for candidate in path.parent.glob(f"{_literal(path.stem)}.*"):
        if candidate.suffix.lower() == extension and candidate.is_file():
            return candidate
    return None


def _literal(text: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)


def dbf_records(head: bytes) -> int:
    return int.from_bytes(head[4:8], "little")


def dbf_header_length(head: bytes) -> int:
    return int.from_bytes(head[8:10], "little")


def dbf_record_length(head: bytes) -> int:
    return int.from_bytes(head[10:12], "little")
