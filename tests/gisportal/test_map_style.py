"""The style and the catalogue: what this reader may see, in this reader's language, with current addresses."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from issues.models import Issue
from layers.models import Layer
from tests.conftest import SignIn
from tests.factories import FeatureFactory, IssueFactory, LayerFactory, Town

pytestmark = pytest.mark.django_db


def english() -> Client:
    return Client(headers={"Cookie": "django_language=en"})


def style(client: Client | None = None, query: str = "") -> dict[str, Any]:
    document: dict[str, Any] = (client or Client()).get(f"/map/style.json{query}").json()
    return document


def groups(client: Client | None = None) -> dict[str, Any]:
    document = (client or Client()).get("/map/catalogue.json").json()
    return {group["theme"]: group for group in document["groups"]}


@pytest.fixture
def roads() -> Layer:
    road = {
        "type": "line",
        "paint": {"line-color": "#ffffff", "line-width": 2},
        "metadata": {"night": {"line-color": "#333333"}},
    }
    name = {"type": "symbol", "layout": {"text-field": ["coalesce", ["get", "name"], ""]}}
    layer = LayerFactory.create(slug="roads", theme="base", geometry_kind="line", style=[road, name])
    FeatureFactory.create(layer=layer)
    return layer


def test_style_opens_on_the_municipality(town: Town) -> None:
    document = style()
    west, south, east, north = document["metadata"]["gisportal"]["bounds"]
    lon, lat = document["center"]
    assert west < lon < east
    assert south < lat < north
    assert "glyphs" not in document


def test_base_map_and_every_visible_source_are_in_the_style(town: Town, roads: Layer) -> None:
    LayerFactory.create(slug="secret", visibility="staff")
    document = style()
    assert set(document["sources"]) == {
        "base",
        "areas-municipality",
        "areas-unit",
        "assets-streetlight",
        "issues",
        "issues-fixed",
    }
    for layer in document["layers"][1:]:
        assert layer["source"] in document["sources"]
        assert set(layer["metadata"]["gisportal"]) == {"slug", "group"}


def test_staff_layer_is_in_the_style_of_staff(town: Town, bea: User, sign_in: SignIn) -> None:
    LayerFactory.create(slug="secret", visibility="staff")
    assert "secret" in style(sign_in(bea))["sources"]
    assert "land_use" in groups(sign_in(bea))
    assert "land_use" not in groups()


def test_every_tile_address_answers(town: Town, roads: Layer) -> None:
    IssueFactory.create()
    for source in style()["sources"].values():
        [template] = source["tiles"]
        address = template.format(z=8, x=0, y=0)
        assert address.startswith("http://testserver/tiles/")
        assert Client().get(address).status_code == 204


def test_names_of_layers_are_unique(town: Town, roads: Layer) -> None:
    names = [layer["id"] for layer in style()["layers"]]
    assert len(names) == len(set(names))


def test_labels_lie_above_surfaces_and_issues_on_top(town: Town, roads: Layer) -> None:
    LayerFactory.create(slug="parcels", geometry_kind="polygon")
    names = [layer["id"] for layer in style()["layers"]]
    assert names[0] == "land"
    assert names.index("roads") < names.index("parcels") < names.index("roads-2")
    assert names.index("roads-2") < names.index("assets-streetlight") < names.index("issues")


def test_label_that_comes_at_a_deeper_zoom_gives_way(roads: Layer) -> None:
    number = {"type": "symbol", "minzoom": 17, "layout": {"text-field": ["get", "number"]}}
    LayerFactory.create(slug="numbers", theme="base", geometry_kind="point", style=[number], position=999)
    names = [layer["id"] for layer in style()["layers"]]
    assert names.index("numbers") < names.index("roads-2")


def test_only_what_is_shown_at_first_is_visible(town: Town, roads: Layer) -> None:
    LayerFactory.create(slug="parcels")
    LayerFactory.create(slug="schools", shown_at_first=True)
    shown = {layer["id"]: layer.get("layout", {}).get("visibility") for layer in style()["layers"]}
    assert shown["parcels"] == "none"
    assert shown["schools"] == shown["roads"] == shown["issues"] == "visible"


def test_label_of_a_surface_reads_the_points_made_for_labels(town: Town) -> None:
    along = {"type": "symbol", "layout": {"text-field": ["get", "name"], "symbol-placement": "line"}}
    styles = [{"type": "fill"}, {"type": "symbol", "layout": {"text-field": ["get", "name"]}}, along]
    LayerFactory.create(slug="blocks", style=styles)
    read = {layer["id"]: layer.get("source-layer") for layer in style()["layers"]}
    assert (read["blocks"], read["blocks-2"], read["blocks-3"]) == ("blocks", "blocks-labels", "blocks")


def test_dark_map_takes_the_night_paint(roads: Layer) -> None:
    day = {layer["id"]: layer for layer in style()["layers"]}
    night = {layer["id"]: layer for layer in style(query="?theme=dark")["layers"]}
    assert day["roads"]["paint"] == {"line-color": "#ffffff", "line-width": 2}
    assert night["roads"]["paint"] == {"line-color": "#333333", "line-width": 2}
    assert day["land"]["paint"] != night["land"]["paint"]


def test_labels_follow_the_reader(roads: Layer) -> None:
    greek = {layer["id"]: layer for layer in style()["layers"]}["roads-2"]["layout"]["text-field"]
    other = {layer["id"]: layer for layer in style(english())["layers"]}["roads-2"]["layout"]["text-field"]
    assert greek == ["coalesce", ["get", "name"], ""]
    assert other[1] == ["case", ["to-boolean", ["get", "name_en"]], ["get", "name_en"], ["get", "name"]]


def test_source_of_data_is_named_as_text(town: Town) -> None:
    LayerFactory.create(slug="parcels", source="<b>Κτηματολόγιο</b>")
    assert style()["sources"]["parcels"]["attribution"] == "&lt;b&gt;Κτηματολόγιο&lt;/b&gt;"


def test_catalogue_speaks_the_language_of_the_reader(town: Town) -> None:
    legend = [{"label": "Κατοικία", "label_en": "Housing", "color": "#e8c46a", "shape": "polygon"}]
    LayerFactory.create(slug="land-use", title="Χρήσεις γης", title_en="Land use", legend=legend)
    [greek], [other] = groups()["land_use"]["layers"], groups(english())["land_use"]["layers"]
    assert (greek["title"], greek["legend"][0]["label"]) == ("Χρήσεις γης", "Κατοικία")
    assert (other["title"], other["legend"][0]["label"]) == ("Land use", "Housing")
    assert "label_en" not in other["legend"][0]


def test_catalogue_leads_to_the_page_of_a_layer(town: Town) -> None:
    LayerFactory.create(slug="land-use")
    assert groups()["land_use"]["layers"][0]["page"] == "/layers/land-use/"
    assert {entry["page"] for entry in groups()["issues"]["layers"]} == {""}


def test_catalogue_begins_with_the_issues_and_leaves_out_the_base_map(town: Town, roads: Layer) -> None:
    assert next(iter(groups())) == "issues"
    assert "base" not in groups()


def test_unchanged_style_is_not_sent_again(town: Town) -> None:
    first = Client().get("/map/style.json")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = Client().get("/map/style.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    IssueFactory.create()
    changed = Client().get("/map/style.json", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert Issue.objects.count() == 1


def test_layers_do_not_add_queries(
    town: Town, roads: Layer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Client().get("/map/style.json")
    with django_assert_num_queries(10):
        Client().get("/map/style.json")
    LayerFactory.create_batch(5)
    with django_assert_num_queries(10):
        Client().get("/map/style.json")
