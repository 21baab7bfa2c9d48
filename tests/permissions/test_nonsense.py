"""Every address with nonsense: a clumsy script or a hostile hand never meets a server error.

What is sent is drawn by a seeded generator, so a failure comes again; its request is in the message.
"""

from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.factories import Town, uploaded_jpeg
from tests.permissions.doors import Door, Who
from tests.permissions.matrix import DOORS
from tests.permissions.test_walk import client_of
from tests.permissions.world import World, build_world

ROUNDS = 3
ROOMS = ("importers", "issues", "crews", "accounts", "layers", "gisportal")
NASTY = (
    *(
        "",
        " ",
        "0",
        "-1",
        "1.5",
        "1,5",
        "1e400",
        "NaN",
        "inf",
        "-Infinity",
        "9" * 400,
        "²",
        "١٢٣",
        "0x10",
        "1_0",
    ),
    *("a\0b", "%", "_", "\\", "'; DROP TABLE issues_issue; --", '"', "<script>alert(1)</script>", "{{ 7 }}"),
    *(
        "%s %(name)s {0}",
        "../../etc/passwd",
        "//elsewhere.example",
        "javascript:alert(1)",
        "\u202eδρο",
        "👩‍🚒" * 99,
    ),
    *(
        "\r\nBcc: all@example.gr",
        "a@b\r\n",
        "α" * 9000,
        "\u0301" * 300,
        "\ufffe",
        "\x7f\x1b[31m",
        "null",
        "[]",
    ),
    *(
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "00000000-0000-0000-0000-000000000000",
        "180,90",
        "-180,-90,180,90",
    ),
    *(
        "181",
        "90",
        "-90",
        "21.7",
        "38.2",
        "on",
        "any",
        "yes",
        "send",
        "where",
        "details",
        "similar",
        "lamp:",
        ":::",
    ),
)
MORE_FIELDS = (
    "mapping",
    "has_table",
    "t0-field",
    "s0-name",
    "run",
    "row-0",
    "all",
    "page",
    "card",
    "t",
    "theme",
    "bbox",
    "go",
    "back",
    "place",
    "number",
    "look",
    "next",
    "new",
    "language",
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"accept": "application/json"},
    {"accept": ";;;=\xff, */json;q=x"},
    {"hx-target": "div#case", "hx-request": "true"},
    {"cookie": r'sessionid="\000"; django_language="../xx"; same_here=....'},
    {"if-none-match": '"', "if-modified-since": "yesterday", "range": "bytes=9-1"},
    {"x-forwarded-for": "::::, nonsense", "accept-language": "x" * 5000, "referer": "http://["},
)
TYPES = ("multipart", "application/x-www-form-urlencoded", "text/plain; charset=utf-7", "application/json")


def fields() -> list[str]:
    """The names of every field of our forms, and those that views read themselves."""
    kinds, found = [forms.Form], set(MORE_FIELDS)
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.split(".")[0] in ROOMS:
            found |= set(kind.base_fields)
    return sorted(found)


def nonsense(draw: Random, names: list[str], right: dict[str, Any]) -> dict[str, Any]:
    """Some of the right data, spoilt; and some that nobody asked for."""
    sent = {name: value for name, value in right.items() if draw.random() < 0.7}
    for name in draw.sample(names, 6) + draw.sample(sorted(right), min(len(right), 1)):
        sent[name] = draw.choice(NASTY)
    return sent


def address(draw: Random, door: Door, world: World) -> str:
    """The right one, or one with a nasty part."""
    parts = door.kwargs(world)
    if parts and draw.random() < 0.5:
        spoilt = {**parts, draw.choice(sorted(parts)): draw.choice(NASTY)}
        try:
            return reverse(door.name, kwargs=spoilt)
        except NoReverseMatch:
            pass
    return reverse(door.name, kwargs=parts)


def knock(draw: Random, client: Client, path: str, method: str, data: dict[str, Any]) -> int:
    headers = draw.choice(HEADERS)
    query = "&".join(f"{quote(name)}={quote(str(value))}" for name, value in data.items())
    if method != "post":
        broken = draw.choice(("", "&%ED%A0%80=%ff", "&q=%zz%c3", "&=&&;;"))
        return int(getattr(client, method)(f"{path}?{query}{broken}", headers=headers).status_code)
    kind = draw.choice(TYPES)
    if kind != "multipart":
        return int(client.post(path, query.encode(), content_type=kind, headers=headers).status_code)
    for name in ("photos", "proof", "files"):
        noise = SimpleUploadedFile("\u202e\r\n.jpg", draw.randbytes(200), "image/jpeg")
        data[name] = draw.choice([uploaded_jpeg(), noise])
    return int(client.post(path, data, headers=headers).status_code)


def requests(draw: Random, world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    names = fields()
    for _ in range(ROUNDS):
        for door in DOORS:
            method = (
                draw.choice(["get", "head"]) if door.post is None else draw.choice(["post", "post", "get"])
            )
            yield address(draw, door, world), method, nonsense(draw, names, door.data(world))


@pytest.mark.parametrize("who", [Who.ANYBODY, Who.DORA])
def test_nonsense_is_refused_or_ignored_but_breaks_nothing(who: Who, town: Town, settings: Any) -> None:
    settings.REPORTS_PER_HOUR = 10_000
    world, draw = build_world(town), Random(f"nonsense of {who}")
    for path, method, data in requests(draw, world):
        with transaction.atomic():
            client = client_of(world, who)
            client.raise_request_exception = False
            sent = dict(data)
            status = knock(draw, client, path, method, data)
            transaction.set_rollback(True)
        assert status < 500, f"{status} for {method} {path[:300]} {str(sent)[:2000]}"
