"""How many shapes carry measures (M), which the readers leave out without a word."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from core.statements import quoted

# Types of a Shapefile that have M whatever the rows say; those with Z may have it too, which nobody can tell.
SHAPES_WITH_M = {21, 23, 25, 28}
# Bytes of the envelope of a GeoPackage geometry, by its kind.
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
LONGEST_HEAD = 80


def with_m(path: Path, layer: str, rows: int) -> int | None:
    """None where the kind of file does not tell."""
    suffix = path.suffix.lower()
    if suffix == ".shp":
        return rows if _shape_type(path) in SHAPES_WITH_M else 0
    return _in_geopackage(path, layer) if suffix == ".gpkg" else None


def _shape_type(path: Path) -> int:
    with path.open("rb") as file:
        return int.from_bytes(file.read(36)[32:36], "little")


def _in_geopackage(path: Path, layer: str) -> int | None:
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as database:
            columns = database.execute(
                "SELECT table_name, column_name FROM gpkg_geometry_columns WHERE m <> 0 AND ? IN (table_name, '')",
                [layer],
            ).fetchall()
            return sum(_count(database, str(table), str(column)) for table, column in columns)
    except sqlite3.Error:
        return None


def _count(database: sqlite3.Connection, table: str, column: str) -> int:
    name = quoted(column)
    heads = database.execute(f"SELECT substr({name}, 1, {LONGEST_HEAD}) FROM {quoted(table)}")  # noqa: S608
    return sum(_has_m(head) for (head,) in heads if isinstance(head, bytes))


def _has_m(head: bytes) -> bool:
    """Of the first bytes of a GeoPackage geometry: a header, an envelope, then WKB."""
    if len(head) < 8:
        return False
    at = 8 + ENVELOPES.get(head[3] >> 1 & 7, 0)
    if len(head) < at + 5:
        return False
    kind: int = struct.unpack_from("<I" if head[at] else ">I", head, at + 1)[0]
    return bool(kind & 0x40000000) or (kind & 0x0FFFFFFF) // 1000 in (2, 3)
