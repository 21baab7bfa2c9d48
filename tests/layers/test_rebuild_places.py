"""The places of the search follow areas and layers, and only what is public."""

import pytest
from django.conf import settings
from django.contrib.gis.geos import LineString

from layers.actions import FeatureState, change_layer, rebuild_places, write_features
from layers.models import Layer, Place
from tests.factories import LayerFactory, PlaceFactory, Town, at

pytestmark = pytest.mark.django_db


def line(*corners: tuple[float, float]) -> LineString:
    return LineString([at(x, y).coords for x, y in corners], srid=settings.STORAGE_SRID)


@pytest.fixture
def roads() -> Layer:
    layer = LayerFactory.create(slug="roads", theme="base", geometry_kind="line")
    names = {"name": "Ασκληπιού", "name_en": "Asklipiou"}
    states = [
        FeatureState("1", names, line((1000, 1000), (1000, 1200))),
        FeatureState("2", names, line((1000, 1200), (1000, 1500))),
        FeatureState("far", names, line((8000, 8000), (8300, 8000))),
        FeatureState("nameless", {}, line((0, 0), (100, 100))),
    ]
    write_features(layer=layer, states=states)
    return layer


def places(kind: str) -> dict[str, Place]:
    return {f"{place.name}@{place.context}": place for place in Place.objects.filter(kind=kind)}


def test_pieces_of_a_street_are_one_place_on_the_street(town: Town, roads: Layer) -> None:
    rebuild_places()
    streets = places("street")
    assert {"Ασκληπιού@Νότος", "Ασκληπιού@Βορράς"} <= set(streets)
    near = streets["Ασκληπιού@Νότος"]
    assert near.name_en == "Asklipiou"
    assert near.location.x == pytest.approx(at(1000, 0).x, abs=0.01)
    assert near.extent is not None
    assert near.extent.contains(at(1000, 1400))


def test_address_takes_the_english_name_of_its_street(town: Town, roads: Layer) -> None:
    schema = {"properties": {"street": {"type": "string"}, "number": {"type": "string"}}}
    layer = LayerFactory.create(slug="doors", theme="base", geometry_kind="point", field_schema=schema)
    door = FeatureState("d1", {"street": "Ασκληπιού", "number": "12Α"}, at(1010, 1100))
    write_features(layer=layer, states=[door])
    rebuild_places()
    place = Place.objects.get(kind="address", key__startswith="layer:")
    assert (place.name, place.name_en, place.context) == ("Ασκληπιού 12Α", "Asklipiou 12Α", "Νότος")


def test_areas_are_places_within_what_holds_them(town: Town) -> None:
    rebuild_places()
    areas = places("area")
    assert set(areas) == {"Δήμος Δοκιμής@", "Βορράς@Δήμος Δοκιμής", "Νότος@Δήμος Δοκιμής"}


def test_named_points_are_places_and_secret_ones_are_not(town: Town) -> None:
    for slug, visibility in (("schools", "public"), ("safes", "staff")):
        layer = LayerFactory.create(
            slug=slug, geometry_kind="point", title_field="onoma", visibility=visibility, theme="property"
        )
        write_features(layer=layer, states=[FeatureState("1", {"onoma": f"{slug} 1"}, at(5000, 5000))])
    rebuild_places()
    assert {place.name for place in Place.objects.filter(kind="poi", key__startswith="layer:")} == {
        "schools 1"
    }


def test_label_that_repeats_its_area_is_not_told_twice(town: Town) -> None:
    layer = LayerFactory.create(slug="labels", theme="base", geometry_kind="point", title_field="name")
    states = [
        FeatureState("1", {"name": "ΒΟΡΡΑΣ"}, at(5000, 7500)),
        FeatureState("2", {"name": "Πάρκο"}, at(5000, 7500)),
        FeatureState("3", {"name": "Πάρκο"}, at(5100, 7500)),
        FeatureState("4", {"name": "Πάρκο"}, at(9000, 1000)),
    ]
    write_features(layer=layer, states=states)
    rebuild_places()
    gathered = Place.objects.filter(kind="poi", key__startswith="layer:")
    assert sorted(place.name for place in gathered) == ["Πάρκο", "Πάρκο"]


def test_second_run_changes_nothing_and_a_gone_street_goes(town: Town, roads: Layer) -> None:
    other = PlaceFactory.create(name="Φέρθηκε από αλλού")
    rebuild_places()
    before = dict(Place.objects.values_list("key", "pk"))
    rebuild_places()
    assert dict(Place.objects.values_list("key", "pk")) == before
    write_features(layer=roads, states=[], complete=True)
    rebuild_places()
    assert not Place.objects.filter(kind="street", key__startswith="street:").exists()
    assert Place.objects.filter(pk=other.pk).exists()


def test_layer_that_is_no_longer_public_is_no_longer_found(town: Town) -> None:
    layer = LayerFactory.create(slug="shelters", theme="property", geometry_kind="point", title_field="name")
    write_features(layer=layer, states=[FeatureState("s1", {"name": "Καταφύγιο 7"}, at(1010, 1100))])
    rebuild_places()
    assert Place.objects.filter(name="Καταφύγιο 7").exists()
    change_layer(layer=layer, visibility="staff")
    assert not Place.objects.filter(name="Καταφύγιο 7").exists()
