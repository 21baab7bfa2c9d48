"""How an output is asked for: by an address, a tile, a download, a search; and what is read in what comes back."""

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pyarrow.parquet
import pyogrio.raw
import pypdfium2
from django.test import Client
from django.urls import reverse

from tests.factories import at
from tests.permissions.hidden import Hidden
from tests.tiles import decode_tile, tile_of

Fetch = Callable[[Client, Hidden], bytes]
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


def paper(name: str, *args: str, **query: str) -> Fetch:
    """The words of a PDF."""

    def fetch(client: Client, hidden: Hidden) -> bytes:
        response = client.get(reverse(name, args=args), query)
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
        department = f"/tiles/{slug}/departments/1/{{z}}/{{x}}/{{y}}.mvt"
        there = [one.format(z=place.z, x=place.x, y=place.y) for one in (own, public, department)]
        return b"\n".join(_read(client.get(address, follow=True)) for address in there)

    return fetch


def tile_then(slug: str, **query: str) -> Fetch:
    """The tile in the middle of the town, of another day or of some rows."""
    place = tile_of(at(5050, 5050), 16)
    there = reverse("layers:asked-tile", args=(slug, place.z, place.x, place.y))
    return lambda client, hidden: _read(client.get(f"{there}?{urlencode(query)}"))


def ogc_tile(slug: str) -> Fetch:
    place = tile_of(at(5050, 5050), 16)
    args = (slug, "WebMercatorQuad", str(place.z), str(place.y), str(place.x))
    return lambda client, hidden: _read(client.get(reverse("layers:ogc:collection-tile", args=args)))


def _read(response: Any) -> bytes:
    read = decode_tile(response) if response.status_code == 200 else {}
    return f"{response.status_code} {dict(response.items())} {read}".encode()


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
