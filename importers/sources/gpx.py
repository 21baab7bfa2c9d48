"""GPX as a stream: waypoints, routes and tracks, and their single points, as layers."""

from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import numpy as np
import shapely

from importers.encodings import Encoding
from importers.sources.base import ROWS_PER_BATCH, Batch, Geometries, Problem, ReadOptions, Record
from importers.sources.choice import chosen
from importers.sources.refusals import TooLongValue
from importers.sources.signatures import GPX
from importers.sources.xml_stream import XmlStream, declared_encoding
from importers.sources.xml_trees import LONGEST_TREE, TooLongTree, Trees

if TYPE_CHECKING:
    Line = array[float]
else:
    Line = array
Row = tuple[list[Line], Record]

LAYERS = {
    "waypoints": "wpt",
    "routes": "rte",
    "tracks": "trk",
    "route_points": "rtept",
    "track_points": "trkpt",
}
WHOLE = ("waypoints", "routes", "tracks")
POINTS = ("rtept", "trkpt")
NUMBERS = ("ele", "magvar", "geoidheight", "hdop", "vdop", "pdop", "ageofdgpsdata")
FIELDS_FROM_ROWS = 2000
FIELDS_FROM_BYTES = 32 << 20
VERTICES_PER_BATCH = 500_000


class GpxSource:
    """One layer of a file: `waypoints`, `routes`, `tracks`, `route_points` or `track_points`."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.crs = "OGC:CRS84"
        self.geometry_type = ""
        self._stream = XmlStream(path, GPX.title, frozenset({"gpx"}), options.encoding)
        self._stream.check()
        self.encoding = Encoding(self._stream.encoding or declared_encoding(path) or "utf-8")
        self.layers = self._layer_names()
        whole = [name for name in self.layers if name in WHOLE]
        self._layer = chosen(
            path.name, self.layers, options.source_layer or "".join(whole[:1] * (len(whole) == 1))
        )
        self.fields = self._first_fields()

    def share_read(self) -> float:
        return self._stream.share_read()

    def batches(self) -> Iterator[Batch]:
        first, rows, vertices = 1, list[Row](), 0
        for lines, record in self._rows():
            rows.append((lines, record))
            vertices += sum(len(line) // 2 for line in lines)
            if len(rows) >= ROWS_PER_BATCH or vertices >= VERTICES_PER_BATCH:
                yield self._batch(first, rows)
                first, rows, vertices = first + len(rows), [], 0
        if rows:
            yield self._batch(first, rows)

    def _rows(self) -> Iterator[Row]:
        """The lines of every feature (lon, lat, lon, lat, …) and its properties."""
        walk = _Walk(LAYERS[self._layer])
        try:
            for _ in self._stream.read(walk.start, walk.end, walk.data):
                yield from walk.take()
        except TooLongTree as error:
            raise TooLongValue(file=self.path.name, limit=f"{LONGEST_TREE >> 20} MB") from error

    def _first_fields(self) -> list[str]:
        names: dict[str, None] = {}
        for _, record in islice(self._rows(), FIELDS_FROM_ROWS):
            names.update(dict.fromkeys(record))
            if self._stream.bytes_read > FIELDS_FROM_BYTES:
                break
        return list(names)

    def _layer_names(self) -> list[str]:
        seen: Counter[str] = Counter()

        def count(name: str, _attributes: dict[str, str]) -> None:
            seen[name] += 1

        for _ in self._stream.read(count, lambda _name: None, lambda _text: None):
            pass
        return [layer for layer, name in LAYERS.items() if seen[name]]

    def _batch(self, first: int, rows: list[Row]) -> Batch:
        shapes: Geometries = np.empty(len(rows), dtype=object)
        problems = {}
        for index, (lines, _) in enumerate(rows):
            try:
                shapes[index] = self._shape([line for line in lines if line])
            except (ValueError, shapely.GEOSException):
                problems[index] = Problem("bad_geometry")
        return Batch(first, shapes, [record for _, record in rows], problems)

    def _shape(self, lines: list[Line]) -> Any:
        places = [np.array(line, dtype=float).reshape(-1, 2) for line in lines]
        if not all(np.isfinite(line).all() for line in places):
            raise ValueError
        if self._layer not in ("routes", "tracks"):
            return shapely.points(places[0][0]) if places else None
        made = [shapely.LineString(line) for line in places if len(line) > 1]
        if self._layer == "routes":
            return made[0] if made else None
        return shapely.multilinestrings(made) if made else None


class _Walk:
    """Cuts out the features of one kind; the points of lines are kept as numbers only."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._trees = Trees({kind}, left_out=POINTS if kind not in POINTS else ())
        self._lines: list[Line] = []
        self._whole: dict[str, str] = {}
        self._path: list[str] = []
        self._segment = 0
        self._ready: list[Row] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if name in ("trk", "rte"):
            self._whole, self._segment = {}, 0
        if name == self._kind:
            self._lines = [array("d")]
        elif name == "trkseg":
            self._segment += 1
            self._lines.append(array("d"))
        if name in (*POINTS, "wpt") and self._lines:
            self._lines[-1].extend((_degrees(attributes, "lon"), _degrees(attributes, "lat")))
        self._trees.start(name, attributes)

    def data(self, text: str) -> None:
        self._trees.data(text)
        if self._path[-1:] == ["name"] and self._path[-2:-1] in (["trk"], ["rte"]):
            self._whole["name"] = self._whole.get("name", "") + text

    def end(self, name: str) -> None:
        self._path.pop()
        self._trees.end(name)
        for element in self._trees.take():
            self._ready.append((self._lines, self._record(element)))
            self._lines = []

    def take(self) -> list[Row]:
        taken, self._ready = self._ready, []
        return taken

    def _record(self, element: Element) -> Record:
        record = dict(_fields(element))
        if self._kind == "trkpt":
            record["segment"] = self._segment
        if self._kind in POINTS and self._whole.get("name", "").strip():
            record.setdefault("track" if self._kind == "trkpt" else "route", self._whole["name"].strip())
        return record


def _fields(element: Element) -> Iterator[tuple[str, Any]]:
    """Every element with text and none below it, extensions too; the addresses of links as texts."""
    for child in element.iter():
        if child.tag == "link" and child.get("href"):
            yield "link", child.get("href")
        text = (child.text or "").strip()
        if child is not element and not len(child) and text and child.tag not in ("trkseg", "link"):
            yield child.tag, _number(text) if child.tag in NUMBERS else text


def _number(text: str) -> float | str:
    try:
        value = float(text)
    except ValueError:
        return text
    return value if np.isfinite(value) else text


def _degrees(attributes: dict[str, str], name: str) -> float:
    try:
        return float(attributes.get(name, ""))
    except ValueError:
        return float("nan")
