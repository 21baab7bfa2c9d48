"""GeoJSON read as a stream: a file of any size in constant memory, properties exactly as they were written."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from importers.encodings import SAMPLE_BYTES, named, recognised
from importers.errors import BrokenFile, NotWhatItSays, WrongEncoding
from importers.sources.base import ROWS_PER_BATCH, Batch, Geometries, ReadOptions, Record, unreadable
from importers.sources.json_stream import JsonStream, MalformedJson
from importers.sources.signatures import GEOJSON, GEOJSON_LINES

CRS84 = "OGC:CRS84"
GEOMETRY_TYPES = {
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
}
FIELDS_FROM_ROWS = 2000
VERTICES_PER_BATCH = 500_000


class GeoJsonSource:
    """A FeatureCollection, a single Feature or a bare geometry; or several of them, one after another."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.layers: list[str] = []
        self.geometry_type = ""
        with path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
        self.encoding = named(options.encoding) if options.encoding else recognised(sample)
        if not sample.removeprefix(codecs.BOM_UTF8).lstrip(b"\x1e \t\r\n").startswith(b"{"):
            raise NotWhatItSays(file=path.name, format=GEOJSON.title)
        self._size = path.stat().st_size
        self._stream: JsonStream | None = None
        self._row = 0
        self.crs = self._read_crs()
        self.fields = self._first_fields()

    def share_read(self) -> float:
        return min(self._stream.bytes_read / max(self._size, 1), 1.0) if self._stream else 0.0

    def batches(self) -> Iterator[Batch]:
        self._row = 0
        features: list[dict[str, Any]] = []
        vertices, first = 0, 1
        for feature, size in self._features():
            features.append(feature)
            vertices += size
            if len(features) >= ROWS_PER_BATCH or vertices >= VERTICES_PER_BATCH:
                yield _batch(first, features)
                first += len(features)
                features, vertices = [], 0
        if features:
            yield _batch(first, features)

    def _features(self) -> Iterator[tuple[dict[str, Any], int]]:
        """Every feature and about how many vertices it has, told by the length of its text."""
        with self.path.open("rb") as file:
            self._stream = JsonStream(file, self.encoding.name)
            try:
                for feature, length in self._every(self._stream):
                    self._row += 1
                    yield feature, length // 40
            except MalformedJson as error:
                raise self._broken() from error
            except UnicodeDecodeError as error:
                raise WrongEncoding(encoding=self.encoding.name, row=self._row) from error

    def _every(self, stream: JsonStream) -> Iterator[tuple[dict[str, Any], int]]:
        """The features of all documents and the lengths of their texts; a line of a sequence is taken at once."""
        in_lines = self.path.suffix.lower() in GEOJSON_LINES.extensions
        for _ in stream.documents():
            if in_lines:
                value, length = stream.value()
                yield from ((feature, length) for feature in _features_of(value))
            else:
                yield from self._members(stream)

    def _members(self, stream: JsonStream) -> Iterator[tuple[dict[str, Any], int]]:
        """The features of one document, whichever of the three forms it has."""
        loose: dict[str, Any] = {}
        for name in stream.member_names():
            if name == "features":
                yield from ((_feature(value), length) for value, length in stream.items())
                loose["features"] = []
            else:
                loose[name], _ = stream.value()
        yield from ((feature, 0) for feature in _features_of(loose))

    def _read_crs(self) -> str:
        """The `crs` member of the older GeoJSON, before or after the features; else CRS84, as the standard says."""
        with self.path.open("rb") as file:
            head = file.read(1 << 16)
            file.seek(max(0, self._size - (1 << 12)))
            tail = file.read()
        for part in (head.split(b'"features"')[0], tail.rpartition(b"]")[2]):
            at = part.find(b'"crs"')
            if at >= 0:
                found = _crs_name(part[at + 5 :].decode("utf-8", "replace").lstrip(" \t\r\n:"))
                return found or CRS84
        return CRS84

    def _first_fields(self) -> list[str]:
        names: dict[str, None] = {}
        for index, (feature, _) in enumerate(self._features()):
            properties = feature.get("properties")
            names.update(dict.fromkeys(properties if isinstance(properties, dict) else ()))
            names.update(dict.fromkeys(_properties(feature)))
            if index == FIELDS_FROM_ROWS:
                break
        return list(names)

    def _broken(self) -> NotWhatItSays | BrokenFile:
        if self._row == 0:
            return NotWhatItSays(file=self.path.name, format=GEOJSON.title)
        return BrokenFile(file=self.path.name, row=self._row)


def _features_of(document: Any) -> list[dict[str, Any]]:
    """The features of a document that is in memory as a whole. Raises MalformedJson when it is no GeoJSON."""
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Feature":
        return [document]
    if kind in GEOMETRY_TYPES:
        return [{"geometry": document, "properties": {}}]
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise MalformedJson
    return [_feature(feature) for feature in document["features"]]


def _feature(value: Any) -> dict[str, Any]:
    """An item of `features`; those of Esri, which look alike, keep their properties in `attributes`."""
    if not isinstance(value, dict) or ("attributes" in value and "properties" not in value):
        raise MalformedJson
    return value


def _crs_name(text: str) -> str:
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
        return str(value["properties"]["name"])
    except (ValueError, KeyError, TypeError):
        return ""


def _batch(first_row: int, features: list[dict[str, Any]]) -> Batch:
    geometries = _geometries(features)
    problems = unreadable(geometries, [feature.get("geometry") is not None for feature in features])
    return Batch(first_row, geometries, [_properties(feature) for feature in features], problems)


def _geometries(features: list[dict[str, Any]]) -> Geometries:
    texts = [
        json.dumps(feature["geometry"]) if isinstance(feature.get("geometry"), dict) else None
        for feature in features
    ]
    return np.asarray(shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore"), dtype=object)


def _properties(feature: dict[str, Any]) -> Record:
    """Properties without blanks, and the feature's own `id` where no property has that name."""
    properties = feature.get("properties")
    record = dict(properties) if isinstance(properties, dict) else {}
    if feature.get("id") is not None:
        record.setdefault("id", feature["id"])
    return {name: value for name, value in record.items() if value is not None and value != ""}
