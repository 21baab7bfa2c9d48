"""What a writing program says: media type, body, coordinate system, condition, reason."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils.http import parse_etags

from layers.editing.bodies import read_json
from layers.editing.errors import BadBody
from layers.ogcapi.answers import Asked
from layers.ogcapi.media import GEOJSON, JSON, Face
from layers.ogcapi.systems import Crs, crs84, crs_named
from layers.ogcapi.transactions.errors import BodyTooLarge, NoMediaType, UnsupportedBody

MERGE_PATCH = "application/merge-patch+json"
WHOLE = (GEOJSON, JSON)
PATCHES = (MERGE_PATCH, JSON)
UNTOLD = re.compile(r"[^\w./() +-]")


def body_of(request: HttpRequest, taken: tuple[str, ...]) -> Any:
    """The JSON that was sent. Raises NoMediaType, UnsupportedBody, BodyTooLarge, BadBody."""
    given = request.content_type or ""
    if not given:
        raise NoMediaType(choices=", ".join(taken))
    if given not in taken:
        raise UnsupportedBody(given=given[:60], choices=", ".join(taken))
    try:
        return read_json(request.body)
    except RequestDataTooBig as error:
        raise BodyTooLarge(most=(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) >> 20) from error
    except UnreadablePostError as error:
        raise BadBody(why="…") from error


def crs_of(request: HttpRequest) -> Crs:
    """The system of the coordinates that were sent; degrees with longitude first where nothing says another. Raises
    BadValue."""
    given = request.headers.get("Content-Crs", "").strip()
    if not given:
        return crs84()
    return crs_named("Content-Crs", given.removeprefix("<").removesuffix(">"))


def tags_of(request: HttpRequest) -> tuple[str, ...] | None:
    """The strong entity tags of If-Match without quotes, "*" for any state; None where nothing was said."""
    given = request.headers.get("If-Match")
    if given is None:
        return None
    return tuple(tag.strip('"') for tag in parse_etags(given) if not tag.startswith("W/"))


def reason_of(request: HttpRequest) -> str:
    """Why, from the parameter `reason`; else by which program."""
    parameters = Asked(request, Face("json", JSON), JSON).parameters(("reason",))
    program = UNTOLD.sub("", request.headers.get("User-Agent", ""))[:60].strip()
    return parameters.get("reason", "").strip() or f"OGC API · {program}".strip(" ·")
