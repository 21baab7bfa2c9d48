"""KML as a stream: placemarks with their extended data, folders as a field; links are never followed."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import shapely

from importers.encodings import Encoding
from importers.errors import NothingInside
from importers.sources.base import ROWS_PER_BATCH, Batch, Problem, ReadOptions, Record
from importers.sources.kml_fields import Schemas, record_of, schema_of
from importers.sources.kml_shapes import BadShape, shape_of
from importers.sources.refusals import LinksElsewhere, TooLongValue
from importers.sources.signatures import KML
from importers.sources.xml_stream import XmlStream, declared_encoding
from importers.sources.xml_trees import LONGEST_TREE, TooLongTree, Trees

FIELDS_FROM_ROWS = 2000
VERTICES_PER_BATCH = 500_000
Row = tuple[shapely.Geometry | None, Record, bool]


class KmlSource:
    """All placemarks of a document, whatever folder they are in."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.layers: list[str] = []
        self.crs = "OGC:CRS84"
        self.geometry_type = ""
        self._stream = XmlStream(path, KML.title, frozenset({"kml", "Document", "Folder"}), options.encoding)
        self._stream.check()
        self.encoding = Encoding(self._stream.encoding or declared_encoding(path) or "utf-8")
        self._walk = _Walk()
        self.fields = self._first_fields()

    def share_read(self) -> float:
        return self._stream.share_read()

    def batches(self) -> Iterator[Batch]:
        first, rows, vertices = 1, list[Row](), 0
        for row in self._rows():
            rows.append(row)
            vertices += 1 if row[0] is None else int(shapely.get_num_coordinates(row[0]))
            if len(rows) >= ROWS_PER_BATCH or vertices >= VERTICES_PER_BATCH:
                yield _batch(first, rows)
                first, rows, vertices = first + len(rows), [], 0
        if rows:
            yield _batch(first, rows)

    def _rows(self) -> Iterator[Row]:
        """Geometry, record, and whether what stands there is no geometry."""
        self._walk = walk = _Walk()
        try:
            for _ in self._stream.read(walk.start, walk.end, walk.data):
                for placemark, folders in walk.take():
                    yield _row(placemark, folders, walk.schemas)
        except TooLongTree as error:
            raise TooLongValue(file=self.path.name, limit=f"{LONGEST_TREE >> 20} MB") from error

    def _first_fields(self) -> list[str]:
        names: dict[str, None] = {}
        count = 0
        for _, record, _ in islice(self._rows(), FIELDS_FROM_ROWS):
            names.update(dict.fromkeys(record))
            count += 1
        if not count:
            raise (LinksElsewhere if self._walk.has_links else NothingInside)(file=self.path.name)
        for fields in self._walk.schemas.values():
            names.update(dict.fromkeys(fields))
        return list(names)


class _Walk:
    """Keeps count of the folders above, and cuts out placemarks and schemas."""

    def __init__(self) -> None:
        self.schemas: Schemas = {}
        self.has_links = False
        self._trees = Trees({"Placemark", "Schema"})
        self._folders: list[str] = []
        self._path: list[str] = []
        self._ready: list[tuple[Element, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._trees.start(name, attributes)
        if self._trees.inside:
            return
        self._path.append(name)
        self.has_links = self.has_links or name == "NetworkLink"
        if name == "Folder":
            self._folders.append("")

    def data(self, text: str) -> None:
        self._trees.data(text)
        if self._path[-2:] == ["Folder", "name"] and not self._trees.inside:
            self._folders[-1] += text

    def end(self, name: str) -> None:
        if not self._trees.inside:
            self._path.pop()
            if name == "Folder":
                self._folders.pop()
            return
        self._trees.end(name)
        for element in self._trees.take():
            self._keep(element)

    def take(self) -> list[tuple[Element, str]]:
        taken, self._ready = self._ready, []
        return taken

    def _keep(self, element: Element) -> None:
        if element.tag == "Schema":
            name, fields = schema_of(element)
            self.schemas[name] = fields
            return
        folders = " / ".join(name.strip() for name in self._folders if name.strip())
        self._ready.append((element, folders))


def _row(placemark: Element, folders: str, schemas: Schemas) -> Row:
    record = record_of(placemark, folders, schemas)
    try:
        return shape_of(placemark), record, False
    except BadShape:
        return None, record, True


def _batch(first: int, rows: list[Row]) -> Batch:
    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [shape for shape, _, _ in rows]
    problems = {index: Problem("bad_geometry") for index, row in enumerate(rows) if row[2]}
    return Batch(first, shapes, [record for _, record, _ in rows], problems)
