"""Texts of labels with fields in braces, such as `{name}, ΣΔ {far}`."""

import re
from typing import Any

from django.utils.translation import gettext as _

from layers.styles.problems import BadStyle, shown
from layers.styles.rules import Kinds

FIELD = re.compile(r"\{([^{}]*)\}")


def text_field(text: str, kinds: Kinds, place: str = "labels.text") -> Any:
    """The expression that MapLibre writes. Raises BadStyle for a field that is none and for a brace alone."""
    parts = _parts(text, kinds, place)
    expressions: list[Any] = [["to-string", ["get", part]] if is_field else part for part, is_field in parts]
    if len(parts) == 1 and parts[0][1]:
        return expressions[0]
    return ["concat", *expressions]


def _parts(text: str, kinds: Kinds, place: str) -> list[tuple[str, bool]]:
    """Texts, and the names of fields (True), in order."""
    found: list[tuple[str, bool]] = []
    for index, part in enumerate(FIELD.split(text)):
        is_field = index % 2 == 1
        if is_field and part not in kinds:
            raise BadStyle(place, _("There is no field “%s”.") % shown(part))
        if not is_field and ("{" in part or "}" in part):
            raise BadStyle(place, _("A brace stands alone. Write fields as {name}."))
        if part:
            found.append((part, is_field))
    return found


def parts_of(text: str) -> list[tuple[str, bool]]:
    """The same of a text that was checked."""
    return [(part, index % 2 == 1) for index, part in enumerate(FIELD.split(text)) if part]
