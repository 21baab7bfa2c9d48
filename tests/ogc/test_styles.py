"""OGC API Styles: every look of what the reader may see, as MapLibre style and SLD."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from openapi_spec_validator import validate

from accounts.models import User
from layers.actions import change_layer
from layers.actions.styles import save_style
from layers.exports.fields import Kind
from layers.models import Layer
from layers.styles.hatch import Hatch
from layers.styles.spec import Case, Labels, Spec, Symbol
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory
from tests.layers.styles.maplibre_says import maplibre_says
from tests.ogc.asking import get, link, refusal

pytestmark = pytest.mark.django_db
SCHEMA = {"properties": {"use": {"type": "string"}, "owner": {"type": "string", "visibility": "staff"}}}
KINDS = {"use": Kind.TEXT, "owner": Kind.TEXT}
MAPBOX = "application/vnd.mapbox.style+json"
SLD = "application/vnd.ogc.sld+xml;version=1.0"
BY_USE = Spec(
    "category",
    field="use",
    cases=(Case(Symbol("#ff0000", outline="#330000", hatch=Hatch("cross", "#000000")), value="κατοικία"),),
    labels=Labels("{use}"),
)
ONE = Spec("single", cases=(Case(Symbol("#00ff00")),))


@pytest.fixture
def zones() -> Layer:
    layer = LayerFactory.create(slug="zones", title_en="Zones", field_schema=SCHEMA, source="Δήμος <Α>")
    FeatureFactory.create(layer=layer, properties={"use": "κατοικία"})
    save_style(layer=layer, slug="by-use", title="Κατά χρήση", title_en="By use", spec=BY_USE, kinds=KINDS)
    save_style(layer=layer, slug="plain", title="Απλό", title_en="Plain", spec=ONE, kinds=KINDS)
    return layer


def ids(path: str = "/ogc/styles", client: Client | None = None) -> list[str]:
    return [style["id"] for style in get(path, client)["styles"]]


def test_every_collection_has_its_styles(zones: Layer) -> None:
    LayerFactory.create(slug="plots")
    assert set(ids()) >= {"zones.by-use", "zones.plain", "plots.default"}
    assert ids("/ogc/collections/zones/styles") == ["zones.by-use", "zones.plain"]
    assert get("/ogc/collections/zones/styles")["default"] == "zones.by-use"
    assert ids("/ogc/collections/plots/styles") == ["plots.default"]


def test_a_style_links_to_its_stylesheets_and_what_is_known_of_it(zones: Layer) -> None:
    entry = next(style for style in get("/ogc/styles")["styles"] if style["id"] == "zones.by-use")
    types = {one["type"] for one in entry["links"] if one["rel"] == "stylesheet"}
    assert types == {MAPBOX, SLD}
    for one in entry["links"]:
        response = Client().get(one["href"])
        assert response.status_code == 200
        assert response.headers["Content-Type"].split(";")[0] == one["type"].split(";")[0]


def test_the_maplibre_style_is_whole_and_valid(zones: Layer) -> None:
    style = get("/ogc/styles/zones.by-use", f="mbstyle")
    assert maplibre_says(style={**style, "glyphs": "x/{fontstack}/{range}"})["errors"] == []
    (source,) = style["sources"].values()
    zones.refresh_from_db()
    assert source["tiles"] == [f"http://testserver/tiles/zones/{zones.revision}/{{z}}/{{x}}/{{y}}.mvt"]
    assert source["attribution"] == "Δήμος &lt;Α&gt;"
    west, south, east, north = source["bounds"]
    assert west < east
    assert south < north
    assert [layer["type"] for layer in style["layers"]] == ["fill", "fill", "line", "symbol"]
    assert style["layers"][3]["source-layer"] == "zones-labels"


def test_sld(zones: Layer) -> None:
    response = Client().get("/ogc/styles/zones.by-use?f=sld10")
    assert response.headers["Content-Type"] == SLD
    root = ET.fromstring(response.content)
    assert root.attrib["version"] == "1.0.0"
    assert (
        root.findtext(".//{http://www.opengis.net/sld}NamedLayer/{http://www.opengis.net/sld}Name") == "zones"
    )


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (MAPBOX, MAPBOX),
        ("application/vnd.ogc.sld+xml;version=1.0", SLD),
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", MAPBOX),
        ("application/json", MAPBOX),
    ],
)
def test_accept_decides_where_f_does_not(zones: Layer, accept: str, media_type: str) -> None:
    response = Client().get("/ogc/styles/zones.by-use", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type


def test_metadata(zones: Layer) -> None:
    told = get("/ogc/styles/zones.by-use/metadata")
    assert (told["id"], told["scope"]) == ("zones.by-use", "style")
    assert [sheet["native"] for sheet in told["stylesheets"]] == [True, False]
    assert [(layer["id"], layer["type"]) for layer in told["layers"]] == [("zones", "polygon")]
    assert Client().get(told["layers"][0]["sampleData"]["href"]).json()["numberMatched"] == 1


def test_what_was_not_made_here_is_no_sld() -> None:
    LayerFactory.create(slug="plots")
    told = get("/ogc/styles/plots.default/metadata")
    assert [sheet["title"] for sheet in told["stylesheets"]] == ["MapLibre"]
    assert refusal("/ogc/styles/plots.default", f="sld10") == "bad_value"


@pytest.mark.parametrize(
    "style", ["zones", "zones.", ".by-use", "zones.nothing", "nothing.default", "zones.default", "a.b.c"]
)
@pytest.mark.parametrize("part", ["", "/metadata"])
def test_what_is_not_there_is_told(zones: Layer, style: str, part: str) -> None:
    assert refusal(f"/ogc/styles/{style}{part}", status=404) == "no_style"


def test_parameters_that_are_none_are_refused(zones: Layer) -> None:
    for path in (
        "/ogc/styles",
        "/ogc/styles/zones.by-use",
        "/ogc/styles/zones.by-use/metadata",
        "/ogc/collections/zones/styles",
    ):
        assert refusal(path, colour="red") == "unknown_parameter"
    assert refusal("/ogc/styles/zones.by-use", f="sld11") == "bad_value"
    assert Client().post("/ogc/styles").status_code == 405


def test_nobody_is_told_of_styles_of_what_is_hidden(zones: Layer, planner: User, sign_in: SignIn) -> None:
    secret = Spec("category", field="owner", cases=(Case(Symbol(), value="Secret & Sons"),))
    save_style(layer=zones, slug="by-owner", title="Ιδιοκτήτες", title_en="Owners", spec=secret, kinds=KINDS)
    assert "zones.by-owner" not in ids()
    assert refusal("/ogc/styles/zones.by-owner", status=404) == "no_style"
    assert "zones.by-owner" in ids(client=sign_in(planner))
    assert "Secret" in sign_in(planner).get("/ogc/styles/zones.by-owner?f=sld10").content.decode()
    change_layer(layer=zones, visibility="staff")
    assert not [style for style in ids() if style.startswith("zones")]
    assert refusal("/ogc/styles/zones.by-use/metadata", status=404) == "no_style"
    assert refusal("/ogc/collections/zones/styles", status=404) == "no_collection"


def test_pages_for_people(zones: Layer) -> None:
    for path in (
        "/ogc/styles",
        "/ogc/styles/zones.by-use",
        "/ogc/styles/zones.by-use/metadata",
        "/ogc/collections/zones/styles",
    ):
        response = Client().get(path, {"f": "html"})
        assert response.status_code == 200
        assert "Κατά χρήση" in response.content.decode()


def test_the_list_asks_no_more_for_more_styles(zones: Layer, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        save_style(layer=zones, slug=f"more-{number}", title="Α", title_en="A", spec=ONE, kinds=KINDS)
    with django_assert_max_num_queries(12):
        assert len(ids()) >= 5


def test_landing_conformance_and_description_know_of_styles(zones: Layer) -> None:
    landing = get("/ogc/")
    assert link(landing, "http://www.opengis.net/def/rel/ogc/1.0/styles", "application/json")
    assert link(get("/ogc/collections/zones"), "http://www.opengis.net/def/rel/ogc/1.0/styles")
    classes = get("/ogc/conformance")["conformsTo"]
    for name in ("core", "mapbox-styles", "sld-10"):
        assert f"http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/{name}" in classes
    described = get("/ogc/api")
    validate(described)
    assert {"/styles", "/styles/{styleId}", "/styles/{styleId}/metadata", "/collections/zones/styles"} <= set(
        described["paths"]
    )
