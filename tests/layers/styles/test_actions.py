"""Styles are kept; the first is what the layer looks like; tiles carry what any of them asks."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from core.errors import NotFound
from layers.actions import change_layer
from layers.actions.overviews import build_overview
from layers.actions.styles import StyleTaken, order_styles, remove_style, save_style, show_style_first
from layers.exports.fields import Kind
from layers.models import Layer, LayerStyle
from layers.sources import source_for
from layers.styles.looks import check_style
from layers.styles.named import style_named, styles_of
from layers.styles.spec import Case, Labels, Spec, Symbol
from tests.factories import FeatureFactory, LayerFactory, at
from tests.layers.dense import dense_layer, get_tile, middle_tile
from tests.tiles import decode_tile, tile_of

pytestmark = pytest.mark.django_db
SCHEMA = {
    "properties": {
        "use": {"type": "string"},
        "far": {"type": "number"},
        "owner": {"type": "string", "visibility": "staff"},
    }
}
KINDS = {"use": Kind.TEXT, "far": Kind.NUMBER, "owner": Kind.TEXT}
RED = Spec("single", cases=(Case(Symbol(color="#ff0000")),))
BY_USE = Spec("category", field="use", cases=(Case(Symbol(color="#00ff00"), value="home"),))
BY_FAR = Spec("class", field="far", breaks=(1.0,), cases=(Case(Symbol()), Case(Symbol(color="#0000ff"))))


@pytest.fixture
def layer() -> Layer:
    return LayerFactory.create(slug="zones", title="Ζώνες", title_en="Zones", field_schema=SCHEMA)


def save(layer: Layer, slug: str, spec: Spec, **more: Any) -> LayerStyle:
    made = save_style(layer=layer, slug=slug, title=slug, title_en="", spec=spec, kinds=KINDS, **more)
    layer.refresh_from_db()
    return made


def test_the_first_style_of_a_layer_is_how_it_looks(layer: Layer) -> None:
    before = layer.revision
    style = save(layer, "red", RED)
    assert style.is_first
    assert [fragment["type"] for fragment in layer.style] == ["fill"]
    assert layer.legend[0]["color"] == "#ff0000"
    assert layer.legend[0]["label_en"] == "Zones"
    assert layer.revision > before


def test_another_style_waits_until_it_is_shown_first(layer: Layer) -> None:
    save(layer, "red", RED)
    second = save(layer, "by-use", BY_USE)
    assert layer.legend[0]["color"] == "#ff0000"
    show_style_first(style=second, kinds=KINDS)
    layer.refresh_from_db()
    assert layer.legend[0]["color"] == "#00ff00"
    assert list(layer.styles.filter(is_first=True).values_list("slug", flat=True)) == ["by-use"]


def test_what_was_written_by_hand_is_kept_beside(layer: Layer) -> None:
    by_hand = [{"type": "line", "paint": {"line-color": "#123456"}}]
    change_layer(
        layer=layer,
        style=by_hand,
        legend=[{"label": "Α", "label_en": "A", "color": "#123456", "shape": "line"}],
    )
    save(layer, "red", RED)
    assert layer.style == by_hand
    assert not layer.styles.exclude(slug="red").exists()
    save(layer, "green", BY_USE, is_first=True)
    assert layer.legend[0]["color"] == "#00ff00"


def test_what_was_written_by_hand_can_come_back(layer: Layer) -> None:
    by_hand = [{"type": "line", "paint": {"line-color": "#123456"}}]
    change_layer(layer=layer, style=by_hand)
    save(layer, "red", RED, is_first=True)
    former = layer.styles.get(slug="former")
    show_style_first(style=former, kinds=KINDS)
    layer.refresh_from_db()
    assert layer.style == by_hand


def test_a_new_style_takes_no_name_that_is_taken(layer: Layer) -> None:
    save(layer, "red", RED, is_new=True)
    with pytest.raises(StyleTaken):
        save(layer, "red", BY_USE, is_new=True)
    assert save(layer, "red", BY_USE).spec["kind"] == "category"


def test_removing_the_first_shows_the_next_and_the_last_leaves_the_layer_plain(layer: Layer) -> None:
    red, by_use = save(layer, "red", RED), save(layer, "by-use", BY_USE)
    remove_style(style=red, kinds=KINDS)
    layer.refresh_from_db()
    assert layer.legend[0]["color"] == "#00ff00"
    by_use.refresh_from_db()
    assert by_use.is_first
    remove_style(style=by_use, kinds=KINDS)
    layer.refresh_from_db()
    assert (layer.style, layer.legend) == ([], [])


def test_order(layer: Layer) -> None:
    for slug in ("a", "b", "c"):
        save(layer, slug, RED)
    order_styles(layer=layer, slugs=["c", "a"])
    assert list(layer.styles.values_list("slug", flat=True)) == ["c", "a", "b"]


def test_tiles_are_made_anew_only_when_they_must_hold_more(layer: Layer) -> None:
    save(layer, "red", RED)
    before = layer.revision
    save(layer, "blue", Spec("single", cases=(Case(Symbol(color="#0000ff")),)))
    assert layer.revision == before
    save(layer, "by-far", BY_FAR)
    assert layer.revision > before


def test_tiles_from_afar_carry_what_the_other_styles_read(layer: Layer) -> None:
    FeatureFactory.create(layer=layer, properties={"use": "home", "far": 0.8, "other": "much"})
    save(layer, "red", RED)
    save(layer, "by-far", Spec(**{**vars(BY_FAR), "labels": Labels("{use}", min_zoom=10)}))
    tile = decode_tile(get_tile(layer, tile_of(at(5050, 5050), 12)))
    assert tile["zones"][0]["properties"] == {"far": 0.8, "use": "home"}
    assert len(tile["zones-labels"]) == 1


def test_overviews_tell_classes_apart_and_not_every_number() -> None:
    layer = dense_layer(field_schema={"properties": {"use": {"type": "string"}, "far": {"type": "number"}}})
    features = list(layer.features.all())
    for number, feature in enumerate(features):
        feature.properties["far"] = (
            0.5 + (number % 7) / 100 + (1 if feature.properties["use"] == "shop" else 0)
        )
    layer.features.bulk_update(features, ["properties"])
    save(layer, "by-far", BY_FAR, is_first=True)
    layer.styles.filter(slug="former").delete()
    build_overview(layer=layer)
    surfaces = decode_tile(get_tile(layer, middle_tile(12)))["plots"]
    assert {surface["properties"]["far"] for surface in surfaces} == {0.0, 1.0}


def slugs_for(user: Any) -> list[str]:
    return [style.slug for style in styles_of(user, source_for(user, "zones"))]


def test_a_style_that_reads_a_hidden_field_is_for_those_who_are_told_it(layer: Layer, planner: User) -> None:
    save(layer, "red", RED)
    save(layer, "by-owner", Spec("category", field="owner", cases=(Case(Symbol(), value="Secret & Sons"),)))
    save(layer, "owner-names", Spec("single", cases=(Case(Symbol()),), labels=Labels("{owner}")))
    save(layer, "ruled", Spec("rule", cases=(Case(Symbol(), condition="owner = 'Secret & Sons'"),)))
    hand = {
        "type": "line",
        "paint": {"line-color": ["match", ["get", "owner"], "Secret & Sons", "red", "blue"]},
    }
    save(layer, "by-hand", Spec("maplibre", fragments=(hand,)))
    assert slugs_for(AnonymousUser()) == ["red"]
    assert slugs_for(planner) == ["red", "by-owner", "owner-names", "ruled", "by-hand"]
    with pytest.raises(NotFound):
        style_named(AnonymousUser(), source_for(AnonymousUser(), "zones"), "by-owner")
    for address in (
        "/map/layers/zones/styles.json",
        "/map/layers/zones/styles/by-owner.json",
        "/map/style.json",
    ):
        assert "Secret" not in Client().get(address).content.decode()


def test_a_first_style_on_a_hidden_field_gives_way_to_a_plain_one(layer: Layer) -> None:
    save(layer, "by-owner", Spec("category", field="owner", cases=(Case(Symbol(), value="Secret & Sons"),)))
    (only,) = styles_of(AnonymousUser(), source_for(AnonymousUser(), "zones"))
    assert only.slug == "default"
    assert "Secret" not in str(only)


def test_json_of_one_style(layer: Layer) -> None:
    save(layer, "red", RED)
    save(layer, "by-use", Spec(**{**vars(BY_USE), "labels": Labels("{use}")}))
    listed = Client().get("/map/layers/zones/styles.json").json()
    assert [style["slug"] for style in listed["styles"]] == ["red", "by-use"]
    told = Client(headers={"Accept-Language": "en"}).get(listed["styles"][1]["address"]).json()
    assert [one["id"] for one in told["fragments"]] == ["zones", "zones-2"]
    assert [one["source-layer"] for one in told["fragments"]] == ["zones", "zones-labels"]
    assert told["legend"][0]["label"] == "Home"
    check_style(told["fragments"])


def test_there_is_nothing_of_a_layer_for_staff(layer: Layer) -> None:
    change_layer(layer=layer, visibility="staff")
    save(layer, "red", RED)
    assert Client().get("/map/layers/zones/styles.json").status_code == 404
    assert Client().get("/map/layers/zones/styles/red.json").status_code == 404


def test_every_source_has_a_look(layer: Layer) -> None:
    told = Client().get("/map/layers/zones/styles.json").json()
    assert [style["slug"] for style in told["styles"]] == ["default"]
    assert Client().get("/map/layers/zones/styles/default.json").json()["fragments"]
