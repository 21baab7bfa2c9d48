"""What a feature becomes by an edit: what the writer says, with what they do not see kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from layers.editing.drafts import Act, Edit
from layers.editing.errors import InvalidProperties, NeedsShape, Problem
from layers.editing.keys import key_problem
from layers.editing.properties import filled, merged, problems_of, title_of
from layers.editing.shapes import check_shape
from layers.editing.snapping import snapped
from layers.editing.tags import Held
from layers.models import Layer
from layers.sources import FeatureSource


@dataclass(frozen=True)
class Settled:
    """All properties, hidden ones too, and the shape in the storage CRS."""

    properties: Mapping[str, Any]
    shape: BaseGeometry | None


def settled_state(
    edit: Edit, held: Held | None, layer: Layer, source: FeatureSource, also: list[BaseGeometry]
) -> Settled:
    """What the layer is to hold. `also` are new shapes of the same batch. Raises InvalidProperties, NeedsShape and what
    `check_shape` raises."""
    return Settled(_properties(edit, held, layer, source), _shape(edit, held, layer, source, also))


def _properties(edit: Edit, held: Held | None, layer: Layer, source: FeatureSource) -> dict[str, Any]:
    seen: Mapping[str, Any] = {} if held is None else held.seen
    given = edit.draft.properties
    wanted = merged(seen, given) if edit.act == Act.UPDATE else filled(given)
    _settle_key(edit, held, layer, wanted)
    schema = {} if source.download is None else source.download.schema
    problems = [*_key_problems(edit, held, layer, given), *problems_of(schema, wanted, seen)]
    if problems:
        raise InvalidProperties(problems)
    hidden = {} if held is None else {one: held.properties[one] for one in held.properties if one not in seen}
    return {**hidden, **wanted}


def _settle_key(edit: Edit, held: Held | None, layer: Layer, wanted: dict[str, Any]) -> None:
    """The key stands among the properties where it stood before; of a new feature, where the schema has it."""
    name = layer.key_field
    if held is None:
        if name in layer.field_schema.get("properties", {}):
            wanted.setdefault(name, edit.key)
        return
    wanted.pop(name, None)
    if name in held.seen:
        wanted[name] = held.seen[name]


def _key_problems(edit: Edit, held: Held | None, layer: Layer, given: Mapping[str, Any]) -> list[Problem]:
    """A thing keeps its key for life; a new one follows the layer's pattern."""
    name = layer.key_field
    if held is None:
        problem = key_problem(layer, edit.key) if name not in given else None
        return [problem] if problem else []
    if name not in given or str(given[name]) in (edit.key, str(held.seen.get(name, edit.key))):
        return []
    title = title_of(name, layer.field_schema.get("properties", {}).get(name, {}))
    told = {"field": title, "key": edit.key}
    return [Problem(name, _("“%(field)s” stays “%(key)s”: it is what the feature is known by.") % told)]


def _shape(
    edit: Edit, held: Held | None, layer: Layer, source: FeatureSource, also: list[BaseGeometry]
) -> BaseGeometry | None:
    before = None if held is None else held.shape
    if not edit.draft.has_shape:
        if held is None:
            raise NeedsShape()
        return before
    if edit.draft.shape is None:
        if held is None or before is not None:
            raise NeedsShape()
        return None
    shape = snapped(edit.draft.shape, before, source.rows, also)
    if before is not None and shape.equals_exact(before, 0.0):
        return before  # Even one that would not be taken today.
    check_shape(shape, layer)
    return shape
