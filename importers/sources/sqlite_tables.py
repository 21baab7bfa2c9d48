"""Which tables of a SQLite file are layers, and where their places are."""

import sqlite3
from dataclasses import dataclass

from importers.sources.base import ReadOptions
from importers.sources.sqlite_file import quoted

LON_NAMES = ("lon", "long", "lng", "longitude")
LAT_NAMES = ("lat", "latitude")


@dataclass(frozen=True)
class Table:
    """A table and its fields. Its places are in a column of geometries, or in two of numbers, or nowhere."""

    name: str
    fields: tuple[str, ...]
    geometry: str = ""
    lon: str = ""
    lat: str = ""
    crs: str = ""


def tables_of(database: sqlite3.Connection, options: ReadOptions) -> list[Table]:
    """The tables with places, from the catalogue of geometries or by the names of their columns; all other tables too
    when places are not asked for."""
    names = [
        str(name)
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
        )
    ]
    geometries = _catalogue(database, names)
    found = []
    for name in names:
        fields = tuple(str(row[1]) for row in database.execute(f"PRAGMA table_info({quoted(name)})"))
        table = _table(name, fields, geometries.get(name.lower()), options)
        if table.geometry or table.lon or (options.without_place and not geometries):
            found.append(table)
    return found


def _table(
    name: str, fields: tuple[str, ...], geometry: tuple[str, str] | None, options: ReadOptions
) -> Table:
    by_lower = {field.lower(): field for field in fields}
    if geometry is not None and geometry[0].lower() in by_lower:
        column = by_lower[geometry[0].lower()]
        return Table(name, tuple(field for field in fields if field != column), column, crs=geometry[1])
    lon, lat = options.lon, options.lat
    if not (lon and lat):
        lon = next((by_lower[one] for one in LON_NAMES if one in by_lower), "")
        lat = next((by_lower[one] for one in LAT_NAMES if one in by_lower), "")
    both = lon in fields and lat in fields
    return Table(name, fields, lon=lon if both else "", lat=lat if both else "")


def _catalogue(database: sqlite3.Connection, names: list[str]) -> dict[str, tuple[str, str]]:
    """By the table in small letters: its geometry column and coordinate system."""
    if "geometry_columns" not in names:
        return {}
    systems = _systems(database, names)
    rows = database.execute("SELECT f_table_name, f_geometry_column, srid FROM geometry_columns")
    return {str(table).lower(): (str(column), systems.get(srid, "")) for table, column, srid in rows}


def _systems(database: sqlite3.Connection, names: list[str]) -> dict[int, str]:
    if "spatial_ref_sys" not in names:
        return {}
    rows = database.execute("SELECT srid, auth_name, auth_srid FROM spatial_ref_sys WHERE auth_srid > 0")
    return {srid: f"{str(authority).upper()}:{code}" for srid, authority, code in rows}
