"""JSON as it comes from anywhere: read to the letter, or refused."""

import json
import math
from typing import Any

from django.utils.translation import gettext as _

from layers.editing.errors import BadBody

LARGEST_WHOLE = 2**63
DEEPEST = 40


def read_json(content: bytes) -> Any:
    """What the text says; numbers are finite, texts can be stored, nothing lies deeper than DEEPEST. Raises BadBody."""
    try:
        found = json.loads(content.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise BadBody(why=_("it is nested too deeply.")) from error
    except ValueError as error:
        raise BadBody(why=_("it is not readable as JSON (%(told)s).") % {"told": str(error)[:120]}) from error
    _check(found, 0)
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise BadBody(why=_("it is nested too deeply."))
    if isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float | int):
        _check_number(value)


def _check_number(value: float) -> None:
    if (isinstance(value, float) and not math.isfinite(value)) or abs(value) > (
        LARGEST_WHOLE if isinstance(value, int) else 1e300
    ):
        raise BadBody(why=_("a number in it is too large."))


def _check_text(text: str) -> None:
    """PostgreSQL stores no NUL, and half a character is none."""
    if "\0" in text:
        raise BadBody(why=_("a text in it holds a sign that cannot be stored."))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadBody(why=_("a text in it holds a sign that cannot be stored.")) from error
