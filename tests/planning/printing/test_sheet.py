"""A sheet on paper: true to scale, with all that a map must say, and nothing that the reader may not see."""

import ctypes
import io
import math
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from django.contrib.gis.geos import LineString, MultiLineString
from django.test import Client
from PIL import Image

from accounts.models import User
from core.geo import to_lonlat
from layers.models import Layer
from planning.printing.paper import PAPERS, Paper
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.layers.drawing.pdf import paths_of, size_of, text_of

INK = "#c81e14"
PDF, PNG, PAGE = "/plan/print/sheet.pdf", "/plan/print/sheet.png", "/plan/print/"


def place(x: float = 5050, y: float = 5050) -> str:
    lon, lat = to_lonlat(at(x, y)).coords
    return f"16/{lat:.7f}/{lon:.7f}"


def a_layer(slug: str = "lines", kind: str = "line", **more: Any) -> Layer:
    paint = {"line-color": INK, "line-width": 1}
    style = more.pop("style", [{"type": "line", "paint": paint}])
    legend = [{"label": "Υπόμνημα", "label_en": "Sign", "color": INK, "shape": kind}]
    return LayerFactory.create(slug=slug, geometry_kind=kind, style=style, legend=legend, **more)


@pytest.fixture
def hundred(town: Town) -> Layer:
    """A line of 100 m to the east, 100 m to the north, and one of 141 m between their ends."""
    layer = a_layer(title="Μετρήσεις", title_en="Measures", source="Δήμος", licence="CC BY 4.0")
    corners = [(5000, 5000), (5100, 5000), (5000, 5100), (5000, 5000)]
    pairs = [(corners[0], corners[1]), (corners[0], corners[2]), (corners[1], corners[2])]
    lines = [LineString([at(*one).coords, at(*other).coords]) for one, other in pairs]
    FeatureFactory.create(layer=layer, geom=MultiLineString(lines, srid=2100))
    return layer


def printed(client: Any = None, path: Any = PDF, **words: Any) -> bytes:
    asked = {"layers": "lines", "map": place(), "scale": "1000", **words}
    response = (client or Client()).get(path, asked)
    assert response.status_code == 200, response.content[:400]
    return bytes(response.content)


def lengths(content: bytes) -> list[float]:
    """Of all straight lines of the ink, in millimetres."""
    found = []
    for path in paths_of(content):
        if path.is_stroked and path.stroke == INK:
            points = path.points
            found += [math.dist(one, other) for one, other in zip(points[::2], points[1::2], strict=True)]
    return sorted(found)


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_distances_on_paper_are_right_to_a_fifth_of_a_millimetre(
    hundred: Layer, paper: str, orientation: str
) -> None:
    content = printed(paper=paper, orientation=orientation, legend="no")
    assert lengths(content) == pytest.approx([100, 100, 100 * math.sqrt(2)], abs=0.2)


def test_distances_are_right_at_every_scale(hundred: Layer) -> None:
    for scale in (500, 2000, 5000):
        on_paper = [length * 1000 / scale for length in (100, 100, 100 * math.sqrt(2))]
        assert lengths(printed(scale=str(scale), paper="A3", legend="no")) == pytest.approx(on_paper, abs=0.2)


def test_the_bar_is_as_long_as_it_says(hundred: Layer) -> None:
    content = printed(grid="no", legend="no")
    said = text_of(content)
    assert "20 m" in said
    parts = [path for path in paths_of(content) if path.is_filled and path.fill in ("#1f2328", "#ffffff")]
    widths = sorted({round(_width(path.points), 1) for path in parts if 1.2 < _height(path.points) < 2.2})
    assert 5.0 in widths  # A quarter of the 20 m.


def _width(points: list[tuple[float, float]]) -> float:
    return max(x for x, _y in points) - min(x for x, _y in points)


def _height(points: list[tuple[float, float]]) -> float:
    return max(y for _x, y in points) - min(y for _x, y in points)


@pytest.mark.parametrize("paper", list(PAPERS))
def test_the_paper_is_as_large_as_its_name_says(hundred: Layer, paper: str) -> None:
    short, long = PAPERS[paper]
    assert size_of(printed(paper=paper, ground="none")) == pytest.approx((long, short), abs=0.1)


def test_paper_stands_when_it_is_asked_to(hundred: Layer) -> None:
    assert size_of(printed(orientation="portrait")) == pytest.approx((210, 297), abs=0.1)


def test_the_numbers_of_the_grid_stand_where_their_lines_are(hundred: Layer) -> None:
    """The middle of a numeral along the lower side is the middle of its tick on the paper."""
    content = printed()
    frame = Paper("A4", "landscape").map
    with pdfium.PdfDocument(content) as document:
        page = document[0]
        text = page.get_textpage()
        found = text.search("305 050".replace(" ", "\u00a0")) or text.search("305 050")
        index, count = found.get_next()
        boxes = [text.get_charbox(number) for number in range(index, index + count)]
    middle = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2 * 25.4 / 72
    assert middle == pytest.approx(frame.x + frame.width / 2, abs=0.4)


def test_a_sheet_says_all_that_a_map_must_say(hundred: Layer, sign_in: SignIn, planner: User) -> None:
    content = printed(sign_in(planner), title="Κέντρο Καλλιρρόης", note="Για τη συνεδρίαση")
    said = " ".join(text_of(content).split())
    for words in (
        "Κέντρο Καλλιρρόης",
        "Για τη συνεδρίαση",
        "1:1.000",
        "Μετρήσεις",
        "CC BY 4.0",
        planner.name,
    ):
        assert words in said, words
    assert "EPSG:2100" in said


def test_fonts_are_inside_and_know_greek(hundred: Layer) -> None:
    content = printed(title="Σχέδιο Πόλης")
    with pdfium.PdfDocument(content) as document:
        names = _font_names(document)
    assert names
    assert all("NotoSans" in name.replace("-", "").replace(" ", "") or "Sheet" in name for name in names), (
        names
    )
    assert all("+" in name for name in names), names  # A cut of a font that is in the file.


def _font_names(document: pdfium.PdfDocument) -> set[str]:
    names: set[str] = set()
    page = document[0]
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
        font = raw.FPDFTextObj_GetFont(thing.raw)
        size = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFFont_GetBaseFontName(font, buffer, size)
        assert raw.FPDFFont_GetIsEmbedded(font) == 1
        names.add(buffer.value.decode())
    return names


def test_the_legend_tells_what_is_drawn_and_nothing_else(hundred: Layer) -> None:
    rows = {"α": "#111111", "β": "#222222", "γ": "#333333"}
    pairs = [part for pair in rows.items() for part in pair]
    style = [{"type": "fill", "paint": {"fill-color": ["match", ["get", "kind"], *pairs, "#999999"]}}]
    legend = [{"label": f"Ζώνη {name}", "color": color, "shape": "polygon"} for name, color in rows.items()]
    zones = LayerFactory.create(slug="zones", title="Ζώνες", style=style, legend=legend)
    FeatureFactory.create(layer=zones, geom=box(5000, 5000, 5050, 5050), properties={"kind": "α"})
    FeatureFactory.create(layer=zones, geom=box(5050, 5000, 5100, 5050), properties={"kind": "β"})
    FeatureFactory.create(layer=zones, geom=box(8000, 8000, 8100, 8100), properties={"kind": "γ"})
    said = text_of(printed(layers="zones"))
    assert ("Ζώνη α" in said, "Ζώνη β" in said, "Ζώνη γ" in said) == (True, True, False)
    assert "Μετρήσεις" not in said


def test_a_picture_is_of_the_sheet_in_the_resolution_that_is_asked_for(hundred: Layer) -> None:
    image = Image.open(io.BytesIO(printed(path=PNG, dpi="100")))
    assert image.size == (round(297 / 25.4 * 100), round(210 / 25.4 * 100))
    preview = Image.open(io.BytesIO(printed(path=PNG, preview="1")))
    assert max(preview.size) == 1100


def test_hostile_words_are_words(hundred: Layer) -> None:
    title = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    content = printed(title=title, note="</p><style>*{display:none}</style>{{ 7|add:7 }}")
    said = "".join(text_of(content).split())
    assert "<script>alert(1)</script>" in said
    assert "{{7|add:7}}" in said
    assert b"/JavaScript" not in content


def test_filters_and_dates_narrow_what_is_printed(hundred: Layer) -> None:
    assert lengths(printed(valid="1990-01-01", legend="no")) == []
    assert lengths(printed(**{"filter.lines": "1 = 2"}, legend="no")) == []


def test_layers_for_staff_are_on_their_sheets_only(town: Town, sign_in: SignIn, planner: User) -> None:
    secret = a_layer("secret", visibility="staff", title="Απόρρητο")
    FeatureFactory.create(
        layer=secret, geom=LineString(at(5000, 5050).coords, at(5050, 5050).coords, srid=2100)
    )
    assert lengths(printed(layers="secret")) == []
    assert "Απόρρητο" not in text_of(printed(layers="secret"))
    assert lengths(printed(sign_in(planner), layers="secret", legend="no")) == pytest.approx([50], abs=0.2)


def test_drawings_are_on_the_sheet(hundred: Layer) -> None:
    lon, lat = to_lonlat(at(5050, 5050)).coords
    draw = f'[["Point",[{lon:.7f},{lat:.7f}],"#b60202","Εδώ η πλατεία"]]'
    assert "Εδώ η πλατεία" in text_of(printed(draw=draw))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"scale": "0"}, "50"),
        ({"scale": "-100"}, "50"),
        ({"scale": "banana"}, "banana"),
        ({"scale": "1e99"}, "1e99"),
        ({"scale": "nan"}, "nan"),
        ({"paper": "A9"}, "A4, A3, A2, A1, A0"),
        ({"orientation": "sideways"}, "landscape"),
        ({"dpi": "10000000"}, "600"),
        ({"dpi": "600", "paper": "A0"}, "A0"),
        ({"ground": "google"}, "calm"),
        ({"draw": "[[["}, ""),
        ({"map": "16/95/200"}, "center"),
        ({"map": "a/b/c"}, "map"),
        ({"valid": "yesterday"}, "valid"),
        ({"filter.lines": "nothing = 1"}, "nothing"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(
    hundred: Layer, words: dict[str, str], sentence: str
) -> None:
    asked = {"layers": "lines", "map": place(), **words}
    response = Client().get(PNG, asked, headers={"Accept": "application/json"})
    assert response.status_code == 400, response.content[:300]
    assert sentence in response.json()["message"]


def test_a_map_that_is_not_there_is_not_found(hundred: Layer) -> None:
    assert Client().get(PDF, {"saved": "no-such-token"}).status_code == 404
    assert Client().post(PDF).status_code == 405


def test_the_page_leads_to_every_file_and_moves_the_frame(hundred: Layer) -> None:
    response = Client().get(PAGE, {"layers": "lines", "map": place(), "title": 'A "B" <c>'})
    html = response.content.decode()
    assert response.status_code == 200
    assert "A &quot;B&quot; &lt;c&gt;" in html
    assert "<c>" not in html
    for way in response.context["ways"]:
        assert Client().get(way.address.partition("#")[0]).status_code == 200
    for name in ("pdf", "png", "preview", "html"):
        assert Client().get(response.context[name]).status_code == 200
