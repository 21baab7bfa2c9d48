"""OpenStreetMap extracts (PBF or XML): themes by tags, lines and areas put together from their nodes."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import osmium.geom
import osmium.io
import osmium.osm
import shapely
from osmium.filter import EmptyTagFilter, KeyFilter

from importers.encodings import Encoding
from importers.errors import BrokenFile, NotWhatItSays, TooLargeToRead
from importers.sources.base import ROWS_PER_BATCH, Batch, Geometries, Problem, ReadOptions, Record
from importers.sources.choice import chosen
from importers.sources.osm_themes import THEMES, Theme, never

# What osmium raises for a file that is none, or breaks off.
BROKEN = (RuntimeError, ValueError, OSError)
VERTICES_PER_BATCH = 400_000
LARGEST_UNSORTED = 32 << 20
HEAD_BYTES = 512
# osmium declares few of the attributes of its objects.
Thing = Any


@dataclass(frozen=True)
class Row:
    shape: shapely.Geometry | None
    record: Record


@dataclass
class Waiting:
    """Ways and relations that should become areas, until they do: what is left at the end could not be closed."""

    records: dict[tuple[str, int], Record] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        for record in self.records.values():
            yield Row(None, record)


class OsmSource:
    """One theme of an extract. The key is `osm_id`, as in “way/1234”; every tag is a field."""

    layers = [theme.name for theme in THEMES]

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.encoding = Encoding("utf-8")
        self.crs = "OGC:CRS84"
        self.geometry_type = ""
        self._file = osmium.io.File(str(path), _form(path))
        name = chosen(path.name, self.layers, options.source_layer)
        self._theme = next(theme for theme in THEMES if theme.name == name)
        self._done = 0
        self.fields, self._total = self._first_look()

    def share_read(self) -> float:
        return min(self._done / self._total, 1.0) if self._total else 1.0

    def batches(self) -> Iterator[Batch]:
        rows: list[Row] = []
        first, vertices = 1, 0
        self._done = 0
        for row in self._rows():
            rows.append(row)
            self._done += 1
            vertices += 0 if row.shape is None else int(shapely.get_num_coordinates(row.shape))
            if len(rows) >= ROWS_PER_BATCH or vertices >= VERTICES_PER_BATCH:
                yield _batch(first, rows)
                first, rows, vertices = first + len(rows), [], 0
        if rows:
            yield _batch(first, rows)

    def _first_look(self) -> tuple[list[str], int]:
        """All tags of the theme in the order they come, and about how many rows there will be."""
        names: dict[str, None] = {"osm_id": None}
        count = 0
        kinds = osmium.osm.NODE if self._theme.only_points else osmium.osm.ALL
        try:
            for thing in self._filtered(osmium.FileProcessor(self._file, kinds)):
                tags = dict(thing.tags)
                if _is_wanted(thing, tags, self._theme):
                    names.update(dict.fromkeys(tags))
                    count += 1
        except BROKEN as error:
            raise NotWhatItSays(file=self.path.name, format="OpenStreetMap") from error
        return list(names), count

    def _rows(self) -> Iterator[Row]:
        try:
            if self._theme.only_points:
                yield from _points(
                    self._filtered(osmium.FileProcessor(self._file, osmium.osm.NODE)), self._theme
                )
                return
            with tempfile.TemporaryDirectory(prefix="import-osm-") as folder:
                file = self._file if self._is_sorted() else self._sorted_copy(Path(folder))
                # Places of nodes are kept in a file, not in memory.
                index = f"sparse_file_array,{folder}/nodes"
                processor = osmium.FileProcessor(file).with_locations(index)
                yield from _shapes(self._filtered(processor), self._theme)
        except BROKEN as error:
            raise BrokenFile(file=self.path.name, row=self._done) from error

    def _is_sorted(self) -> bool:
        """Whether ids rise, as areas need it: first those below zero, by their size."""
        last = {"w": (False, 0), "r": (False, 0)}
        thing: Thing
        for thing in osmium.FileProcessor(self._file, osmium.osm.WAY | osmium.osm.RELATION):
            kind, place = thing.type_str(), (thing.id > 0, abs(thing.id))
            if place < last[kind]:
                return False
            last[kind] = place
        return True

    def _sorted_copy(self, folder: Path) -> osmium.io.File:
        """Sorting holds all of the file in memory, so it may not be large."""
        size = self.path.stat().st_size
        if size > LARGEST_UNSORTED:
            found, most = f"{size >> 20} MB", f"{LARGEST_UNSORTED >> 20} MB"
            raise TooLargeToRead(file=self.path.name, found=found, most=most)
        target = folder / "sorted.pbf"
        reader = osmium.MergeInputReader()
        reader.add_file(str(self.path))
        with osmium.SimpleWriter(str(target)) as writer:
            reader.apply(writer)
        return osmium.io.File(str(target), "pbf")

    def _filtered(self, processor: osmium.FileProcessor) -> osmium.FileProcessor:
        keys = self._theme.keys
        if self._theme.areas is not never and processor.node_location_storage is not None:
            processor = processor.with_areas(KeyFilter(*keys))
        return processor.with_filter(KeyFilter(*keys) if keys else EmptyTagFilter())


def _form(path: Path) -> str:
    """PBF or XML, as the first bytes say; nothing else is given to osmium."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if b"OSMHeader" in head[:32]:
        return "pbf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<osm" in head:
        return "osm"
    raise NotWhatItSays(file=path.name, format="OpenStreetMap")


def _is_wanted(thing: Thing, tags: dict[str, str], theme: Theme) -> bool:
    if thing.is_node():
        return theme.points(tags)
    if thing.is_way():
        return theme.lines(tags) or theme.areas(tags)
    return theme.areas(tags) and (thing.is_area() or tags.get("type") in ("multipolygon", "boundary"))


def _points(nodes: osmium.FileProcessor, theme: Theme) -> Iterator[Row]:
    for node in nodes:
        tags = dict(node.tags)
        if theme.points(tags):
            yield _point(node, tags)


def _shapes(things: osmium.FileProcessor, theme: Theme) -> Iterator[Row]:
    waiting = Waiting()
    thing: Thing
    for thing in things:
        tags = dict(thing.tags)
        if not _is_wanted(thing, tags, theme):
            continue
        if thing.is_node():
            yield _point(thing, tags)
        elif thing.is_area():
            yield _area(thing, tags, theme, waiting)
        elif thing.is_way() and theme.lines(tags):
            yield _line(thing, tags)
        else:
            kind = "way" if thing.is_way() else "relation"
            waiting.records[kind, thing.id] = _record(kind, thing.id, tags)
    yield from waiting.rows()


def _point(node: Thing, tags: dict[str, str]) -> Row:
    place = node.location
    shape = shapely.Point(place.lon, place.lat) if place.valid() else None
    return Row(shape, _record("node", node.id, tags))


def _line(way: Thing, tags: dict[str, str]) -> Row:
    """Through the nodes that the extract has: at its edge some are missing."""
    places = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    return Row(shapely.LineString(places) if len(places) > 1 else None, _record("way", way.id, tags))


def _area(area: Thing, tags: dict[str, str], theme: Theme, waiting: Waiting) -> Row:
    kind, number = "way" if area.from_way() else "relation", area.orig_id()
    waiting.records.pop((kind, number), None)
    parts = []
    for outer in area.outer_rings():
        holes = [_ring(inner) for inner in area.inner_rings(outer)]
        parts.append(shapely.Polygon(_ring(outer), holes))
    shape: shapely.Geometry = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return Row(shapely.point_on_surface(shape) if theme.as_points else shape, _record(kind, number, tags))


def _ring(ring: Thing) -> list[tuple[float, float]]:
    return [(node.lon, node.lat) for node in ring]


def _record(kind: str, number: int, tags: dict[str, str]) -> Record:
    filled: Record = {name: value for name, value in tags.items() if value}
    return filled | {"osm_id": f"{kind}/{number}"}


def _batch(first: int, rows: list[Row]) -> Batch:
    shapes: Geometries = np.empty(len(rows), dtype=object)
    shapes[:] = [row.shape for row in rows]
    problems = {index: Problem("bad_geometry") for index, row in enumerate(rows) if row.shape is None}
    return Batch(first, shapes, [row.record for row in rows], problems)
