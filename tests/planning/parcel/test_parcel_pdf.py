"""The answer on A4: pages, letters, figures, the code, and a drawing true to its scale."""

import re
from ctypes import create_string_buffer

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.test import Client

from planning.parcel.inset import inset_of
from tests.factories import FeatureFactory, LayerFactory, Town
from tests.factories.places import box
from tests.planning.parcel.plots import KAEK, answer, ground, schema, zone

A4_POINTS = (595.28, 841.89)


def paper(language: str = "el") -> pypdfium2.PdfDocument:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get(f"/plan/parcel/parcels/{KAEK}/pdf/")
    assert response.headers["Content-Type"] == "application/pdf"
    assert f'filename="{KAEK}.pdf"' in response.headers["Content-Disposition"]
    return pypdfium2.PdfDocument(response.content)


def text_of(document: pypdfium2.PdfDocument) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def fonts_of(document: pypdfium2.PdfDocument) -> dict[str, bool]:
    """Each font that letters are set in, by its name, and whether it is in the file."""
    found = {}
    for page in document:
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=6):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            name = create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            found[name.value.decode()] = bool(pdfium.FPDFFont_GetIsEmbedded(font))
    return found


@pytest.fixture
def two_zones(town: Town) -> None:
    layer = ground().zones
    zone(layer, "Ζώνη κατοικίας", 4000, 4000, 5012, 6000)
    zone(layer, "Ζώνη κέντρου", 5012, 4000, 6000, 6000, sd=2.4)


def test_the_paper_is_one_or_two_pages_of_a4_with_every_figure(two_zones: None) -> None:
    document = paper("en")
    assert 1 <= len(document) <= 2
    for page in document:
        assert page.get_size() == pytest.approx(A4_POINTS, abs=0.5)
    text = re.sub(r"\s+", " ", text_of(document))
    for told in (
        KAEK,
        "600.00 m²",
        "360.00 m² · 60.00 %",
        "Ζώνη κέντρου",
        "ΦΕΚ 1/Δ/2019",
        "not a certificate",
        "valid=",
    ):
        assert told in text


def test_every_letter_is_in_the_file_greek_too(two_zones: None) -> None:
    fonts = fonts_of(paper())
    assert all(fonts.values())
    assert {re.sub(r"^[A-Z]{6}[+]", "", name) for name in fonts} == {
        "Noto-Sans-Paper",
        "Noto-Sans-Paper-Bold",
    }


def test_the_drawing_is_true_to_its_scale(two_zones: None) -> None:
    """The plot of 20 × 30 m on paper, by the outline that is drawn."""
    drawing = str(inset_of(answer(), 90, 90).svg)
    [scale] = re.findall(r">1:([\d.,]+)</text>", drawing)[:1]
    metres_to_a_millimetre = int(re.sub(r"\D", "", scale)) / 1000
    outlines = re.findall(r'<path d="M([^"]+)Z"[^>]* stroke="#003375"', drawing)
    [corners] = [[tuple(map(float, pair.split(","))) for pair in outline.split()] for outline in outlines]
    across = max(x for x, _y in corners) - min(x for x, _y in corners)
    down = max(y for _x, y in corners) - min(y for _x, y in corners)
    assert (across, down) == pytest.approx(
        (20 / metres_to_a_millimetre, 30 / metres_to_a_millimetre), abs=0.02
    )


def test_words_of_data_cannot_break_out_of_the_drawing(town: Town) -> None:
    made = ground()
    zone(made.zones, "<script>alert(1)</script>", 4000, 4000, 6000, 6000)
    roads = LayerFactory.create(
        slug="roads", theme="networks", geometry_kind="line", title_field="name",
        field_schema=schema({"name": {"type": "string"}}),
    )  # fmt: skip
    line = box(4900, 4990, 5200, 4995).boundary
    FeatureFactory.create(layer=roads, key="r", geom=line, properties={"name": '"><script>x</script>'})
    drawing = str(inset_of(answer(), 120, 96).svg)
    assert "<script" not in drawing
    assert "&lt;script&gt;x" in drawing
    assert "style=" not in drawing


def test_a_far_flung_plot_is_drawn_at_a_scale_that_holds_it(town: Town) -> None:
    made = ground()
    FeatureFactory.create(layer=made.parcels, key="valley", geom=box(1000, 1000, 9000, 9000))
    assert ">1:1.000<" in str(inset_of(answer(), 90, 90).svg)
    assert ">1:200.000<" in str(inset_of(answer(key="valley"), 90, 90).svg)


def test_the_legend_names_the_layers_that_are_drawn(two_zones: None) -> None:
    lines = LayerFactory.create(
        slug="lines",
        title="Γραμμές",
        theme="plan",
        geometry_kind="line",
        field_schema=schema({}, "building-line"),
    )
    LayerFactory.create(slug="elsewhere", title="Άλλες", theme="plan", field_schema=schema({}, "reservation"))
    FeatureFactory.create(layer=lines, key="l", geom=box(5002, 5002, 5018, 5028).boundary)
    assert [title for _swatch, title in inset_of(answer(), 90, 90).legend] == [
        str(answer().zones[0].part.title),
        "Γραμμές",
    ]
