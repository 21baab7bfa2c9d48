"""The colours that a layer's own legend gives to the values of a field, so that bars and map agree."""

import re

from core.errors import NotFound
from layers.sources import source_for
from municipality.roles import AnyUser

COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def colors_of(user: AnyUser, slug: str, field: str) -> dict[str, str]:
    """By value; empty where the legend speaks of something else."""
    if not field:
        return {}
    try:
        source = source_for(user, slug)
    except NotFound:
        return {}
    return dict(_said(source.legend))


def _said(legend: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [
        (str(item.get("value", item.get("label", ""))), str(item["color"]))
        for item in legend
        if COLOR.match(str(item.get("color", "")))
    ]
