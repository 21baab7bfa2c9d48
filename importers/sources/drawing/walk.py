"""A drawing as rows: what is drawn in model space, blocks taken apart to a bounded depth and number."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import shapely
from ezdxf.colors import aci2rgb, int2rgb
from ezdxf.document import Drawing
from ezdxf.entities.insert import Insert
from ezdxf.lldxf.const import DXFError
from ezdxf.math import Vec3
from ezdxf.protocols import SupportsVirtualEntities, virtual_entities

from importers.sources.base import Problem, Record
from importers.sources.drawing.curves import tuples
from importers.sources.drawing.shapes import Entity, is_known, shape_of

DEEPEST = 12
MOST_ENTITIES = 5_000_000
BASE_FIELDS = ("layer", "entity", "block", "text", "color", "handle")
TEXTS = {"TEXT", "MTEXT", "ATTRIB", "ATTDEF"}
BY_BLOCK, BY_LAYER = 0, 256
# What ezdxf raises for an entity whose tags make no sense; a damaged one is a row that cannot be read.
DAMAGED = (
    DXFError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class TooManyEntities(Exception):
    """The blocks of the drawing, taken apart, are more than is sensible."""


@dataclass(frozen=True)
class Row:
    """One entity: its geometry in drawing coordinates, its fields, and why it cannot be read if so."""

    shape: shapely.Geometry | None
    record: Record
    problem: Problem | None = None


@dataclass(frozen=True)
class Frame:
    """What an entity takes from the block reference it is drawn by; `handle` numbers its parts."""

    layer: str = "0"
    color: str = ""
    block: str = ""
    handle: str = ""
    attributes: Record = field(default_factory=dict)
    within: tuple[str, ...] = ()


class Walk:
    """Goes once over the model space of a drawing; `blocks_as_points` leaves references whole. `seen` counts entities,
    on from those of the pieces before."""

    def __init__(self, drawing: Drawing, *, blocks_as_points: bool = False, seen: int = 0) -> None:
        self._drawing = drawing
        self._blocks_as_points = blocks_as_points
        self.seen = seen
        self._parts = 0

    def rows(self) -> Iterator[Row]:
        for entity in self._drawing.modelspace():
            self._parts = 0
            yield from self._rows(entity, Frame())

    def _rows(self, entity: Entity, frame: Frame) -> Iterator[Row]:
        self.seen += 1
        if self.seen > MOST_ENTITIES:
            raise TooManyEntities
        try:
            record = self._record(entity, frame)
        except DAMAGED:
            record = {"entity": entity.dxftype()}
        if entity.dxftype() == "ATTDEF" and frame.block:
            return
        if isinstance(entity, Insert):
            yield from self._reference(entity, frame, record)
        elif is_known(entity):
            yield _row(entity, record)
        elif isinstance(entity, SupportsVirtualEntities):
            yield from self._taken_apart(entity, frame, record)
        else:
            yield Row(None, record, Problem("unknown_entity", {"entity": entity.dxftype()}))

    def _reference(self, insert: Insert, frame: Frame, record: Record) -> Iterator[Row]:
        """The parts of a block, each with the attributes of the reference; a point where there are none."""
        attributes = {**frame.attributes, **_attributes(insert)}
        record = {**record, "block": insert.dxf.name, **attributes}
        if len(frame.within) >= DEEPEST or insert.dxf.name in frame.within:
            yield Row(None, record, Problem("too_deep", {"block": insert.dxf.name}))
            return
        inner = Frame(
            record.get("layer", "0"),
            record.get("color", ""),
            insert.dxf.name,
            record.get("handle", ""),
            attributes,
            (*frame.within, insert.dxf.name),
        )
        nothing = True
        if not self._blocks_as_points:
            for row in self._drawn(insert, inner, record):
                nothing = False
                yield row
        if nothing:
            yield _placed(insert, record)

    def _drawn(self, insert: Insert, inner: Frame, record: Record) -> Iterator[Row]:
        skipped: list[str] = []
        try:
            for single in _singles(insert):
                for part in single.virtual_entities(
                    skipped_entity_callback=lambda entity, _: skipped.append(entity.dxftype())
                ):
                    yield from self._rows(part, inner)
        except DAMAGED:
            yield Row(None, record, Problem("bad_entity", {"entity": "INSERT"}))
        for name in skipped:
            if name != "ATTDEF":
                yield Row(None, {**record, "entity": name}, Problem("unknown_entity", {"entity": name}))

    def _taken_apart(self, entity: Entity, frame: Frame, record: Record) -> Iterator[Row]:
        """A dimension, a leader and the like as the lines and texts they are drawn with."""
        inner = Frame(
            record.get("layer", "0"),
            record.get("color", ""),
            frame.block,
            record.get("handle", ""),
            frame.attributes,
            frame.within,
        )
        nothing = True
        try:
            for part in virtual_entities(entity):
                for row in self._rows(part, inner):
                    nothing = False
                    yield row
        except DAMAGED:
            nothing = True
        if nothing:
            yield Row(None, record, Problem("unknown_entity", {"entity": entity.dxftype()}))

    def _record(self, entity: Entity, frame: Frame) -> Record:
        layer = str(entity.dxf.get("layer", "0"))
        layer = frame.layer if layer == "0" and frame.handle else layer
        record = {
            "layer": layer,
            "entity": entity.dxftype(),
            "block": frame.block,
            "text": _text(entity),
            "color": self._color(entity, layer, frame),
            "handle": self._handle(entity, frame),
            **frame.attributes,
        }
        return {name: value for name, value in record.items() if value}

    def _handle(self, entity: Entity, frame: Frame) -> str:
        """The entity's own handle; that of the reference and a running number for a part of a block."""
        if not frame.handle:
            return str(entity.dxf.get("handle") or "")
        self._parts += 1
        return f"{frame.handle.split('.')[0]}.{self._parts}"

    def _color(self, entity: Entity, layer: str, frame: Frame) -> str:
        if entity.dxf.hasattr("true_color"):
            return _hex(int2rgb(entity.dxf.true_color))
        number = abs(int(entity.dxf.get("color", BY_LAYER)))
        if number == BY_BLOCK:
            return frame.color
        if number == BY_LAYER:
            number = abs(int(self._layer_color(layer)))
        return _hex(aci2rgb(number)) if 0 < number < BY_LAYER else ""

    def _layer_color(self, layer: str) -> int:
        layers = self._drawing.layers
        return int(layers.get(layer).dxf.get("color", 7)) if layers.has_entry(layer) else 7


def attribute_names(drawing: Drawing) -> list[str]:
    """Fields that the block references of a drawing carry, in the order they come, and those its blocks define."""
    names: dict[str, None] = {}
    for layout in (drawing.modelspace(), *drawing.blocks):
        for insert in layout.query("INSERT"):
            if isinstance(insert, Insert):
                names.update(dict.fromkeys(_attributes(insert)))
    for block in drawing.blocks:
        for definition in block.query("ATTDEF"):
            tag = str(definition.dxf.get("tag", ""))
            names.update({f"{tag}_" if tag in BASE_FIELDS else tag: None} if tag else {})
    return list(names)


def _attributes(insert: Insert) -> Record:
    found: Record = {}
    for attribute in insert.attribs:
        try:
            tag, text = str(attribute.dxf.tag), clean_text(attribute)
        except DAMAGED:
            continue
        found[f"{tag}_" if tag in BASE_FIELDS else tag] = text
    return {tag: text for tag, text in found.items() if tag and text}


def clean_text(entity: Entity) -> str:
    """Text without its formatting: `%%d` is °, `\\P` a new line."""
    return str(entity.plain_text()).strip()


def _text(entity: Entity) -> str:
    return clean_text(entity) if entity.dxftype() in TEXTS else ""


def _row(entity: Entity, record: Record) -> Row:
    try:
        return Row(shape_of(entity), record)
    except (*DAMAGED, shapely.errors.GEOSException):
        return Row(None, record, Problem("bad_entity", {"entity": entity.dxftype()}))


def _placed(insert: Insert, record: Record) -> Row:
    try:
        return Row(shapely.Point(tuples([insert.ocs().to_wcs(Vec3(insert.dxf.insert))])[0]), record)
    except DAMAGED:
        return Row(None, record, Problem("bad_entity", {"entity": "INSERT"}))


def _singles(insert: Insert) -> Iterator[Insert]:
    """The reference itself, or each of a grid of them."""
    dxf: Any = insert.dxf
    rows = max(dxf.row_count, 1) if dxf.row_spacing else 1
    columns = max(dxf.column_count, 1) if dxf.column_spacing else 1
    if rows * columns > MOST_ENTITIES:
        raise TooManyEntities
    if rows * columns == 1:
        yield insert
        return
    dxf.row_count, dxf.column_count = rows, columns
    yield from insert.multi_insert()


def _hex(rgb: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)
