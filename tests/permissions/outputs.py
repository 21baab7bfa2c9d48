"""Everything that leaves the portal with something of a layer in it, as a table: one line an output.

A new output (a print, a folium file, a legend, the page of a plot …) gets its line here:

    Output("legend of plots", get("planning:legend", "plots"), tells={LOOK}),

its name, a function `(client, hidden) -> bytes` that asks for it as that client, and the secrets that it tells those
who may know them (nothing where an output tells names and numbers to nobody). test_outputs.py then asks it for every
role: that no other secret is in it, that these are, and that for whoever may not know the secrets it stays the same
when they change. Files are best given as what they hold (`unpacked`); `steady=False` is for what is never twice the
same.
"""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet
import pyogrio.raw
import pypdfium2
from django.test import Client
from django.urls import reverse

from layers.exports import FORMATS
from tests.factories import at
from tests.permissions.hidden import (
    COUNT,
    FIELD,
    HIDDEN_KEY,
    HOSTILE,
    LAYER,
    LOOK,
    OPEN_KEY,
    OWN_FIELD,
    OWN_LAYER,
    OWN_ROW,
    PAST,
    REASON,
    ROW,
    Hidden,
)
from tests.tiles import decode_tile, tile_of

Fetch = Callable[[Client, Hidden], bytes]
FIELDS = frozenset({FIELD, HOSTILE, OWN_FIELD})
DATABASES = (b"SQLite format 3", b"fgb")
# What differs from one answer to the next without telling anything.
PASSING = re.compile(
    r'"timeStamp":"[^"]*"|"made_at": "[^"]*"|name="csrf[^>]*>|csrfmiddlewaretoken[^>]*|"X-CSRFToken[^}]*|nonce-[\w-]+|'
    r"(Made|Δημιουργήθηκε): [^\r\n]*".encode()
)


@dataclass(frozen=True, eq=False)
class Output:
    name: str
    fetch: Fetch
    tells: frozenset[str] | set[str] = frozenset()
    steady: bool = True

    def __str__(self) -> str:
        return self.name


def told(response: Any) -> bytes:
    """All of an answer: status, headers (the ETag too), and what it holds, unpacked."""
    content = b"".join(response) if response.streaming else response.content
    passing = ("Content-Length", "Expires", "Vary")
    headers = {name: value for name, value in response.items() if name not in passing}
    if zipfile.is_zipfile(io.BytesIO(content)) or content[:4] == b"PAR1":
        content = b"\n".join(unpacked(content))
    return PASSING.sub(b"", f"{response.status_code} {headers}\n".encode() + content)


def unpacked(content: bytes) -> Iterator[bytes]:
    """The files of an archive, and of archives in it; of GeoParquet, GeoPackage and FlatGeobuf their rows."""
    if content[:4] == b"PAR1":
        table = pyarrow.parquet.read_table(io.BytesIO(content))
        yield repr((table.schema.names, table.to_pylist())).encode()
    elif content.startswith(DATABASES):
        with tempfile.NamedTemporaryFile(suffix=".gpkg" if content[:1] == b"S" else ".fgb") as file:
            file.write(content)
            file.flush()
            facts, _ids, shapes, columns = pyogrio.raw.read(file.name)
        rows = [column.tolist() for column in columns]
        yield repr((facts["fields"].tolist(), [bytes(shape) for shape in shapes], rows)).encode()
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))
    else:
        yield content


def at_path(path: str | Callable[[Hidden], str], accept: str = "*/*", **query: str | int) -> Fetch:
    def fetch(client: Client, hidden: Hidden) -> bytes:
        there = path if isinstance(path, str) else path(hidden)
        return told(client.get(there, query, headers={"Accept": accept}))

    return fetch


def get(name: str, *args: Any, accept: str = "*/*", **query: Any) -> Fetch:
    """The address of that name; an argument may be a function of the town with secrets."""

    def path(hidden: Hidden) -> str:
        return reverse(name, args=[arg(hidden) if callable(arg) else arg for arg in args])

    return at_path(path, accept, **query)


def paper(name: str, *args: Any) -> Fetch:
    """The words of a PDF."""

    def fetch(client: Client, hidden: Hidden) -> bytes:
        response = client.get(reverse(name, args=args))
        if response.status_code != 200:
            return told(response)
        pages = pypdfium2.PdfDocument(response.content)
        return "".join(page.get_textpage().get_text_bounded() for page in pages).encode()

    return fetch


def items(slug: str, **query: Any) -> Fetch:
    return get("layers:ogc:items", slug, f="json", **query)


def tile(slug: str, zoom: int, x: float = 5050, y: float = 5050) -> Fetch:
    """The tile as the reader's own map asks for it, as everybody's, and as that of a department."""

    def fetch(client: Client, hidden: Hidden) -> bytes:
        place = tile_of(at(x, y), zoom)
        layers = client.get(reverse("map-style")).json()["sources"]
        own = layers[slug]["tiles"][0] if slug in layers else f"/tiles/{slug}/1/{{z}}/{{x}}/{{y}}.mvt"
        public = re.sub(r"/(staff|departments)/(\d+)/\{z", r"/\2/{z", own)
        parts = []
        for address in (own, public, f"/tiles/{slug}/departments/1/{{z}}/{{x}}/{{y}}.mvt"):
            response = client.get(address.format(z=place.z, x=place.x, y=place.y), follow=True)
            read = decode_tile(response) if response.status_code == 200 else {}
            parts.append(f"{response.status_code} {dict(response.items())} {read}".encode())
        return b"\n".join(parts)

    return fetch


def export(slug: str, form: str, **query: Any) -> Fetch:
    return get("layers:export", slug, format=form, archive="1", **query)


def searched(words: str) -> Fetch:
    """For the box and as a page."""

    def fetch(client: Client, hidden: Hidden) -> bytes:
        there = reverse("layers:search")
        page = client.get(there, {"q": words}, headers={"Accept": "text/html"})
        return told(client.get(there, {"q": words}, headers={"Accept": "application/json"})) + told(page)

    return fetch


def extent(slug: str) -> Fetch:
    """Where a collection lies, and how many items it has."""

    def fetch(client: Client, hidden: Hidden) -> bytes:
        collection = client.get(reverse("layers:ogc:collection", args=[slug]), {"f": "json"})
        found = client.get(reverse("layers:ogc:items", args=[slug]) + "?f=json&limit=1")
        return json.dumps([collection.json().get("extent"), found.json().get("numberMatched")]).encode()

    return fetch


PLOT = lambda hidden: hidden.plot.pk  # noqa: E731
DAY_OF_OTHER = "2000-01-01/.."
MAP = [
    Output("style", get("map-style"), tells={LOOK}),
    Output("catalogue", get("map-catalogue"), tells={LAYER, LOOK, OWN_LAYER}),
    Output("tile of plots", tile("plots", 16), tells=FIELDS),
    Output("tile of plots from afar", tile("plots", 11, 9000, 9000), tells={FIELD}),
    Output("tile of hidden plots", tile("plots", 16, 9020, 9020), tells={ROW}),
    Output("tile of posts", tile("posts", 15, 8000, 8000), tells={OWN_ROW}),
    Output("tile of the base map", tile("base", 16)),
    Output("tile of a layer for staff", tile("hidden-staff", 16), tells={LAYER}),
    Output("tile of a layer for a department", tile("hidden-departments", 16), tells={OWN_LAYER}),
    Output("search by the name of a post", searched(OWN_ROW[:6])),
    Output("search by the name of a yard", searched(ROW[:5])),
    Output("search by the code of a plot", searched(OPEN_KEY)),
    Output("search by the code of a hidden plot", searched(HIDDEN_KEY)),
]
PAGES = [
    Output("downloads", get("layers:downloads"), tells={LAYER, OWN_LAYER}),
    Output("page of plots", get("layers:layer", "plots"), tells={ROW, FIELD, REASON, COUNT}),
    Output("page of posts", get("layers:layer", "posts"), tells={OWN_ROW}),
    Output("page of plots on a day", get("layers:layer", "plots", valid="2100-01-01"), tells={FIELD}),
    Output("page of plots before history", get("layers:layer", "plots", known="1999-01-01")),
    Output("page of a layer for staff", get("layers:layer", "hidden-staff"), tells={LAYER}),
    Output("page of a layer for a department", get("layers:layer", "hidden-departments"), tells={OWN_LAYER}),
    Output("page of a plot", get("layers:feature", "plots", PLOT), tells=FIELDS | {PAST}),
    Output("card of a plot", get("layers:feature", "plots", PLOT, card="1"), tells=FIELDS),
    Output("plot on a day", get("layers:feature", "plots", PLOT, valid="2100-01-01"), tells=FIELDS),
    Output(
        "plot before it was known",
        get("layers:feature", "plots", PLOT, valid="1999-01-01", known="1999-01-01"),
    ),
    Output("earlier state", get("layers:feature", "plots", lambda hidden: hidden.other.pk), tells={PAST}),
    Output("hidden plot", get("layers:feature", "plots", lambda hidden: hidden.army.pk), tells={ROW}),
    Output("hidden post", get("layers:feature", "posts", lambda hidden: hidden.post.pk), tells={OWN_ROW}),
]
OGC = [
    Output("collections", get("layers:ogc:collections", f="json"), tells={LAYER, OWN_LAYER}),
    Output("the API described", get("layers:ogc:api", f="json"), tells={LAYER, OWN_LAYER, FIELD}),
    Output("collection", get("layers:ogc:collection", "plots", f="json")),
    Output("extent and number of plots", extent("plots")),
    Output("extent and number of posts", extent("posts")),
    Output("queryables", get("layers:ogc:queryables", "plots", f="json"), tells={FIELD}),
    Output("items", items("plots"), tells=FIELDS | {ROW}),
    Output("items of posts", items("posts"), tells={OWN_ROW}),
    Output("items as a page", get("layers:ogc:items", "plots", f="html"), tells=FIELDS | {ROW}),
    Output("items of a layer for staff", items("hidden-staff"), tells={LAYER}),
    Output("items of a layer for a department", items("hidden-departments"), tells={OWN_LAYER}),
    Output("items of all time", items("plots", datetime="../.."), tells=FIELDS | {ROW, PAST}),
    Output("items then", items("plots", datetime="2100-01-01"), tells=FIELDS | {ROW}),
    Output("items before history", items("plots", known="1999-01-01T00:00:00Z")),
    Output("items by a hidden field", items("plots", filter="owner LIKE 'z%'"), tells=FIELDS),
    Output("items by a hidden number", items("plots", filter="debt > 80000000"), tells={OWN_FIELD}),
    Output("items where a hidden field is empty", items("plots", filter="owner IS NULL")),
    Output("items by a parameter", items("plots", debt="1")),
    Output("items in a box", items("plots", filter="S_INTERSECTS(geom, BBOX(0, 0, 90, 80))"), tells={ROW}),
    Output("item", get("layers:ogc:item", "plots", OPEN_KEY, f="json"), tells=FIELDS),
    Output("item as a page", get("layers:ogc:item", "plots", OPEN_KEY, f="html"), tells=FIELDS),
    Output("hidden item", get("layers:ogc:item", "plots", HIDDEN_KEY, f="json"), tells={ROW}),
    Output("hidden post as an item", get("layers:ogc:item", "posts", "p2", f="json"), tells={OWN_ROW}),
]
# DXF has places for heights and names only.
WITH_FIELDS = [name for name in FORMATS if name != "dxf"]
# These say when they were made.
WITH_CLOCK = ("xlsx", "dxf")
FILES = [
    *(
        Output(f"plots as {name}", export("plots", name), tells=FIELDS | {ROW}, steady=name not in WITH_CLOCK)
        for name in WITH_FIELDS
    ),
    Output("plots as dxf", export("plots", "dxf"), steady=False),
    Output("posts as csv", export("posts", "csv"), tells={OWN_ROW}),
    Output("plots of a day as csv", export("plots", "csv", valid="2100-01-01"), tells=FIELDS | {ROW}),
    Output("a layer for staff as csv", export("hidden-staff", "csv"), tells={LAYER}),
    Output("a layer for a department as csv", export("hidden-departments", "csv"), tells={OWN_LAYER}),
]
PARCELS = [
    Output("what applies to a plot", get("planning:parcel", "plots", OPEN_KEY)),
    Output(
        "what applies to a plot as JSON",
        get("planning:parcel", "plots", OPEN_KEY, f="json"),
        tells=FIELDS,
    ),
    Output("what applies to a plot on paper", paper("planning:parcel-pdf", "plots", OPEN_KEY), steady=False),
    Output(
        "what applies to a hidden plot", get("planning:parcel", "plots", HIDDEN_KEY, f="json"), tells={ROW}
    ),
    Output("a hidden plot on paper", paper("planning:parcel-pdf", "plots", HIDDEN_KEY), steady=False),
    Output("a hidden plot by its number", get("planning:find-parcel", q=HIDDEN_KEY)),
]
OUTPUTS = [*MAP, *PAGES, *OGC, *FILES, *PARCELS]
