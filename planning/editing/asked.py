"""What the editor sends: read at the edge into edits, or refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from core.http import body_of
from layers.editing.bodies import read_json
from layers.editing.drafts import Act, Draft, Edit
from layers.editing.errors import BadDay, NothingToDo
from layers.editing.shapes import read_shape
from layers.ogcapi.systems import crs84
from planning.editing.errors import NotUnderstood

ACTS = {"insert": Act.CREATE, "update": Act.UPDATE, "delete": Act.END}


@dataclass(frozen=True)
class Batch:
    """Edits in the order of the page; `names` are what the page calls each, new ones too."""

    edits: list[Edit]
    names: list[str]
    reason: str = ""
    valid_from: datetime | None = None
    correction: bool = False
    confirmed: bool = False
    shapes: Mapping[str, BaseGeometry] = field(default_factory=dict)


def sent(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body."""
    found = read_json(body_of(request))
    if not isinstance(found, dict):
        raise NotUnderstood(what="{…}")
    return found


def batch_from(given: Mapping[str, Any]) -> Batch:
    """Raises NotUnderstood, NothingToDo, BadDay and what a wrong shape raises."""
    changes = given.get("changes")
    if not isinstance(changes, list) or not all(isinstance(one, dict) for one in changes):
        raise NotUnderstood(what="changes")
    if not changes:
        raise NothingToDo()
    names = [_text(one, "name") for one in changes]
    edits = [_edit(one) for one in changes]
    shapes = {
        name: one.draft.shape for name, one in zip(names, edits, strict=True) if one.draft.shape is not None
    }
    return Batch(
        edits=edits,
        names=names,
        reason=_text(given, "reason"),
        valid_from=_day(_text(given, "valid_from")),
        correction=given.get("correction") is True,
        confirmed=given.get("confirmed") is True,
        shapes=shapes,
    )


def _edit(given: Mapping[str, Any]) -> Edit:
    act = ACTS.get(_text(given, "act"))
    if act is None:
        raise NotUnderstood(what="act")
    tag = _text(given, "etag")
    if act != Act.CREATE and not tag:
        raise NotUnderstood(what="etag")
    properties = given.get("properties") or {}
    if not isinstance(properties, dict):
        raise NotUnderstood(what="properties")
    has_shape = "geometry" in given and act != Act.END
    shape = read_shape(given.get("geometry"), crs84()) if has_shape else None
    draft = Draft(properties, shape, has_shape or act == Act.CREATE)
    return Edit(act, "" if act == Act.CREATE else _text(given, "key"), draft, (tag,) if tag else None)


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise NotUnderstood(what=name)
    return value


def _day(text: str) -> datetime | None:
    """The first moment of a day of the municipality's clock."""
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
    except (ValueError, OverflowError) as error:
        raise BadDay(given=text[:20]) from error
