"""What the looks of a layer ask of its tiles: the properties that they read, and from where they label surfaces.

The action that saves a look keeps this beside its spec, so that tiles need not read the looks themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from layers.style_properties import class_properties, style_properties
from layers.styles.problems import BadStyle
from layers.styles.spec import Spec, spec_of


@dataclass(frozen=True)
class Seen:
    """`labels_from` is the smallest zoom with labels; None where no look has any."""

    reads: tuple[str, ...] = ()
    labels_from: float | None = None


def seen_by(fragments: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """As it is kept with the look whose fragments these are."""
    given = list(fragments)
    zooms = [fragment.get("minzoom", 0) for fragment in given if fragment.get("type") == "symbol"]
    return {"reads": list(style_properties(given)), "labels_from": min(zooms, default=None)}


def joined(kept: Iterable[Mapping[str, Any] | None]) -> Seen:
    """What all the looks of a layer ask together."""
    known = [one for one in kept if one]
    zooms = [one["labels_from"] for one in known if one.get("labels_from") is not None]
    reads = {name for one in known for name in one.get("reads", ())}
    return Seen(tuple(sorted(reads)), min(zooms, default=None))


def class_bounds(specs: Iterable[Any]) -> dict[str, tuple[float, ...] | None]:
    """By what the surfaces of a layer differ in any of its looks: each field with the bounds between which its numbers
    look alike, None where every value has a look of its own. `specs` as LayerStyle keeps them."""
    found: dict[str, tuple[float, ...] | None] = {}
    for spec in (_readable(given) for given in specs):
        fields = _differing(spec) if spec else {}
        for name, bounds in fields.items():
            before = found.get(name, ())
            found[name] = None if bounds is None or before is None else tuple(sorted({*before, *bounds}))
    return found


def _readable(given: Any) -> Spec | None:
    try:
        return spec_of(given)
    except BadStyle:
        return None


def _differing(spec: Spec) -> Mapping[str, tuple[float, ...] | None]:
    if spec.kind == "class":
        return {spec.field: spec.breaks}
    if spec.kind == "category":
        return {spec.field: None}
    if spec.kind == "maplibre":
        return dict.fromkeys(class_properties(spec.fragments))
    return dict.fromkeys(_in_conditions(spec))


def _in_conditions(spec: Spec) -> set[str]:
    from layers.styles.rules import fields_named

    return {name for case in spec.cases if case.condition for name in fields_named(case.condition)}
