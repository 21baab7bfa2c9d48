"""SQLite files of strangers: opened so that nothing can be written, and nothing in them can run."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from importers.errors import NotWhatItSays
from importers.sources.refusals import HoldsPrograms

MAGIC = b"SQLite format 3\x00"
LONGEST_VALUE = 128 << 20
# What keeps an index or a catalogue and reads nothing but its own database.
HARMLESS_MODULES = {
    *("rtree", "rtree_i32", "geopoly", "fts3", "fts4", "fts5", "fts5vocab", "dbstat"),
    *("virtualspatialindex", "virtualelementary", "virtualknn", "virtualknn2"),
}
_MODULE = re.compile(r"\bUSING\s+[\"'`\[]?(\w+)", re.IGNORECASE)


def check_sqlite(path: Path, title: str) -> None:
    """Raise unless the file is SQLite, as long as its header says, and holds no table or view that could reach
    elsewhere or never end."""
    with path.open("rb") as file:
        head = file.read(100)
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    whole = path.stat().st_size >= (65536 if page == 1 else page) * pages
    if len(head) < 100 or not head.startswith(MAGIC) or not whole:
        raise NotWhatItSays(file=path.name, format=title)
    try:
        with_programs = _programs(path)
    except (sqlite3.Error, ValueError) as error:
        raise NotWhatItSays(file=path.name, format=title) from error
    if with_programs:
        raise HoldsPrograms(file=path.name, name=with_programs)


def read_only(path: Path, decoded: Callable[[bytes], str] | None = None) -> sqlite3.Connection:
    """A connection that can only read, and loads no extension; texts by `decoded`."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.text_factory = decoded or (lambda data: data.decode("utf-8", "replace"))
    return connection


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _programs(path: Path) -> str:
    """The name of the first table or view that must not be read; blank when there is none."""
    connection = read_only(path)
    try:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    finally:
        connection.close()
    return next((str(name) for kind, name, sql in made if _runs(str(kind), str(name), str(sql or ""))), "")


def _runs(kind: str, name: str, sql: str) -> bool:
    if kind == "view":
        # A catalogue is a table; a recursive view may never end.
        return name.lower().startswith("gpkg_") or "recursive" in sql.lower()
    if kind == "table" and re.match(r"\s*CREATE\s+VIRTUAL", sql, re.IGNORECASE):
        module = _MODULE.search(sql)
        return module is None or module[1].lower() not in HARMLESS_MODULES
    return False
