"""Writes a JSON-LD document of ours as Turtle."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from layers.dcat.terms import Node

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
ALLOWED = "!#$%&'()*+,/:;=?@[]~-._"


def turtle(document: Node) -> str:
    prefixes = "".join(f"@prefix {name}: <{at}> .\n" for name, at in document["@context"].items())
    return prefixes + "\n" + "\n".join(_subjects(document))


def _subjects(node: Node) -> Iterator[str]:
    """The node, then those in it that have an address of their own."""
    lines = [f"a {node['@type']}"]
    for name, values in node.items():
        if values and not name.startswith("@"):
            lines.append(f"{name} {', '.join(_object(value) for value in values)}")
    yield f"{_iri(node['@id'])} " + " ;\n    ".join(lines) + " .\n"
    for value in _inside(node):
        if "@id" in value and "@type" in value:
            yield from _subjects(value)


def _inside(node: Node) -> Iterator[Node]:
    for name, values in node.items():
        if not name.startswith("@"):
            yield from values


def _object(value: Node) -> str:
    if "@value" in value:
        return _literal(value)
    if "@id" in value:
        return _iri(value["@id"])
    inner = "; ".join(
        f"{name} {', '.join(map(_object, values))}"
        for name, values in value.items()
        if not name.startswith("@")
    )
    return f"[ a {value['@type']}; {inner} ]"


def _literal(value: Node) -> str:
    text = f'"{_escaped(value["@value"])}"'
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}" if "@type" in value else text


def _escaped(text: Any) -> str:
    return "".join(
        ESCAPES.get(sign) or (f"\\u{ord(sign):04X}" if ord(sign) < 32 else sign) for sign in str(text)
    )


def _iri(address: str) -> str:
    """Signs that an address may not hold are written as bytes."""
    return f"<{quote(address, safe=ALLOWED)}>"
