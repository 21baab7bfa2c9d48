"""The fields of a placemark: its name and texts, its extended data as the schema types them, its folder."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, tostring

from importers.sources.base import Record

OWN = ("name", "description", "address", "phoneNumber")
TIMES = ("when", "begin", "end")
_TRUE, _FALSE = ("1", "true"), ("0", "false")


def _whole(text: str) -> Any:
    """An integer, unless something of the text would be lost, such as a leading zero."""
    value = int(text)
    return value if str(value) == text else text


def _boolean(text: str) -> Any:
    return text.lower() in _TRUE if text.lower() in _TRUE + _FALSE else text


TYPES: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("int", "uint", "short", "ushort"), _whole),
    **dict.fromkeys(("float", "double"), lambda text: _finite(float(text))),
    "bool": _boolean,
}
Schemas = dict[str, dict[str, str]]


def schema_of(element: Element) -> tuple[str, dict[str, str]]:
    """The id of a Schema and its field names with their types."""
    fields = {
        field.get("name", ""): field.get("type", "")
        for field in element
        if field.tag in ("SimpleField", "SimpleArrayField") and field.get("name")
    }
    return element.get("id") or element.get("name") or "", fields


def record_of(placemark: Element, folders: str, schemas: Schemas) -> Record:
    """JSON values, blanks left out. A second field of the same name gets a number behind, unless it says the same."""
    record: Record = {}
    pairs = [("id", placemark.get("id", "")), *_own(placemark), *_extended(placemark, schemas)]
    for name, value in [*pairs, ("folder", folders)]:
        if value not in ("", None):
            _add(record, name, value)
    return record


def _add(record: Record, name: str, value: Any) -> None:
    number, free = 1, name
    while free in record:
        if record[free] == value:
            return
        number += 1
        free = f"{name}_{number}"
    record[free] = value


def _own(placemark: Element) -> Iterator[tuple[str, str]]:
    for child in placemark:
        if child.tag in OWN:
            yield child.tag, _text(child)
        elif child.tag in ("TimeStamp", "TimeSpan"):
            yield from ((part.tag, _text(part)) for part in child if part.tag in TIMES)


def _extended(placemark: Element, schemas: Schemas) -> Iterator[tuple[str, Any]]:
    for group in placemark:
        if group.tag == "ExtendedData":
            for data in group:
                yield from _fields(data, schemas)


def _fields(data: Element, schemas: Schemas) -> Iterator[tuple[str, Any]]:
    """Data with a value, data of a schema, or an element of another kind that is a field by itself."""
    if data.tag == "Data":
        yield data.get("name", "").strip() or "data", (data.findtext("value") or "").strip()
    elif data.tag == "SchemaData":
        types = schemas.get(data.get("schemaUrl", "").rpartition("#")[2], {})
        for simple in data:
            name = simple.get("name", "").strip()
            if simple.tag == "SimpleData" and name:
                yield name, _typed(_text(simple), types.get(name, ""))
    elif not len(data):
        yield data.tag, _text(data)


def _typed(text: str, kind: str) -> Any:
    try:
        return TYPES[kind](text) if kind in TYPES else text
    except ValueError:
        return text


def _finite(value: float) -> float:
    if abs(value) == float("inf") or value != value:
        raise ValueError
    return value


def _text(element: Element) -> str:
    """The text; markup that was not escaped stays as it was written."""
    inner = [tostring(child, "unicode", short_empty_elements=False) for child in element]
    return "".join([element.text or "", *inner]).strip()
