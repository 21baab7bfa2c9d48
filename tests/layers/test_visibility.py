"""What is hidden of a layer: how it is asked for, how it is refused, and how readers are kept apart."""

import gzip
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pmtiles.reader import MemorySource, Reader
from pytest_django.fixtures import Settings

from accounts.models import User
from core.errors import PortalError
from core.geo import to_lonlat
from layers.actions import FeatureState, change_layer, create_layer, rebuild_places, write_features
from layers.errors import KeyIsTold, UnknownVisibility
from layers.models import Feature, Layer, Place
from layers.ogcapi.filters.errors import BrokenFilter, UnknownField
from layers.sources import source_for
from layers.visibility import told_properties, view_of
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.tiles import tile_of

pytestmark = pytest.mark.django_db
EVERYBODY = AnonymousUser()


def schema(**visibility: str) -> dict[str, Any]:
    fields = {name: {"type": "string", "visibility": word} for name, word in visibility.items()}
    return {"type": "object", "properties": {"use": {"type": "string"}, **fields}}


def told(layer: Layer, user: Any = EVERYBODY) -> list[dict[str, Any]]:
    source = source_for(user, layer.slug)
    return list(source.rows.order_by("key").values_list(source.json_properties, flat=True))


def test_a_layer_that_hides_nothing_is_read_as_it_is() -> None:
    """So that hiding costs nothing where nothing is hidden."""
    layer = LayerFactory.create(field_schema=schema())
    source = source_for(EVERYBODY, layer.slug)
    assert (source.json_properties, source.view, source.overview_of) == ("properties", "", layer.pk)
    assert " - " not in str(source.rows.query)


def test_members_of_the_department_and_the_administrator_are_told_more_than_staff(
    town: Town, bea: User, carl: User, dora: User
) -> None:
    layer = LayerFactory.create(
        field_schema=schema(owner="staff", debt="departments"), departments=[town.lighting_north]
    )
    whole = {"use": "a", "owner": "b", "debt": "c"}
    feature = FeatureFactory.create(layer=layer, properties=whole)
    views = {user: view_of(layer, user).name for user in (EVERYBODY, carl, bea, dora)}
    assert list(views.values()) == ["", "staff", "departments", "departments"]
    assert told_properties(feature, EVERYBODY) == {"use": "a"} == told(layer)[0]
    assert told_properties(feature, carl) == {"use": "a", "owner": "b"} == told(layer, carl)[0]
    assert told_properties(feature, bea) == whole == told(layer, bea)[0]


def test_a_word_in_the_schema_that_nobody_knows_hides_the_field() -> None:
    """It got there beside the action, which refuses it."""
    layer = LayerFactory.create(field_schema=schema())
    Layer.objects.filter(pk=layer.pk).update(field_schema=schema(owner="Staff"))
    FeatureFactory.create(layer=layer, properties={"owner": "b"})
    assert told(layer) == [{}]


def test_rows_for_which_the_rule_says_nothing_are_hidden() -> None:
    layer = LayerFactory.create(field_schema=schema(), public_rows="\"use\" = 'park'")
    for properties in ({"use": "park"}, {"use": "army"}, {"use": None}, {}, {"use": 7}):
        FeatureFactory.create(layer=layer, properties=properties)
    assert told(layer) == [{"use": "park"}]
    assert Feature.objects.visible_to(EVERYBODY).count() == 1


def test_a_rule_may_ask_a_hidden_field_and_the_shape() -> None:
    rule = "secret = 'no' AND S_INTERSECTS(geom, BBOX(-180, -90, 180, 90))"
    layer = LayerFactory.create(field_schema=schema(secret="staff"), public_rows=rule)
    FeatureFactory.create(layer=layer, properties={"use": "seen", "secret": "no"})
    FeatureFactory.create(layer=layer, properties={"use": "unseen", "secret": "yes"})
    assert told(layer) == [{"use": "seen"}]


def test_a_rule_that_holds_no_more_shows_no_row(caplog: pytest.LogCaptureFixture, client: Client) -> None:
    layer = LayerFactory.create(field_schema=schema(), public_rows="\"use\" = 'park'")
    FeatureFactory.create(layer=layer, properties={"use": "park"})
    Layer.objects.filter(pk=layer.pk).update(public_rows="gone = 1")
    assert told(layer) == []
    assert layer.slug in caplog.text
    there = tile_of(at(5050, 5050), 15)
    address = reverse("layers:tile", args=(layer.slug, layer.revision, there.z, there.x, there.y))
    assert client.get(address).status_code == 204
    assert client.get(reverse("layers:layer", args=(layer.slug,))).status_code == 200


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"public_rows": "colour = 'red'"}, UnknownField, ("colour", "1")),
        ({"public_rows": "\"use\" = 'a' AND"}, BrokenFilter, ("16",)),
        ({"field_schema": schema(owner="nobody")}, UnknownVisibility, ("owner", "nobody", "staff")),
        ({"field_schema": schema(code="staff"), "key_field": "code"}, KeyIsTold, ("code",)),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(
    changes: dict[str, Any], refusal: type[PortalError], words: tuple[str, ...]
) -> None:
    layer = LayerFactory.create(field_schema=schema())
    with pytest.raises(refusal) as refused:
        change_layer(layer=layer, **changes)
    assert all(word in str(refused.value) for word in words)
    with pytest.raises(refusal):
        create_layer(
            slug="other",
            title="Άλλο",
            theme="plan",
            geometry_kind="point",
            **({"field_schema": schema()} | changes),
        )
    assert not Layer.objects.filter(slug="other").exists()


def test_who_is_told_more_has_tiles_of_their_own_which_nobody_keeps(
    client: Client, sign_in: SignIn, carl: User
) -> None:
    layer = LayerFactory.create(field_schema=schema(owner="staff"))
    FeatureFactory.create(layer=layer, properties={"use": "a", "owner": "b"})
    there = tile_of(at(5050, 5050), 15)
    place = (layer.revision, there.z, there.x, there.y)
    everybody, staff = (
        reverse("layers:tile", args=names) for names in ((layer.slug, *place), (layer.slug, "staff", *place))
    )
    colleague = sign_in(carl)
    assert "immutable" in client.get(everybody).headers["Cache-Control"]
    assert colleague.get(everybody).content == client.get(everybody).content
    assert colleague.get(staff).content != client.get(everybody).content
    assert colleague.get(staff).headers["Cache-Control"] == "private, no-store"
    assert client.get(staff).status_code == 404
    old = reverse("layers:tile", args=(layer.slug, "staff", layer.revision + 7, *place[1:]))
    assert colleague.get(old).headers["Location"] == staff
    catalogue = colleague.get(reverse("map-catalogue")).json()
    [entry] = [one for group in catalogue["groups"] for one in group["layers"] if one["slug"] == layer.slug]
    assert f"/{layer.slug}/staff/" in entry["tiles"]


def test_what_is_kept_or_sent_as_a_file_is_what_everybody_is_told(
    settings: Settings, tmp_path: Path, sign_in: SignIn, carl: User
) -> None:
    layer = LayerFactory.create(slug="plots", field_schema=schema(owner="staff"))
    FeatureFactory.create(layer=layer, properties={"use": "a", "owner": "secret"})
    there = tile_of(at(5050, 5050), 15)
    place = (layer.revision, there.z, there.x, there.y)
    assert sign_in(carl).get(reverse("layers:tile", args=(layer.slug, "staff", *place))).status_code == 200
    assert not (Path(settings.TILE_CACHE_DIR) / "plots").exists()
    west, south, east, north = to_lonlat(box(5000, 5000, 5100, 5100)).extent
    area = {
        "bbox": f"{west},{south},{east},{north}",
        "zooms": "15",
        "stdout": StringIO(),
        "stderr": StringIO(),
    }
    call_command("warm_tiles", "plots", **area)
    kept = [gzip.decompress(path.read_bytes()) for path in Path(settings.TILE_CACHE_DIR).rglob("*.gz")]
    assert kept
    assert not any(b"secret" in tile for tile in kept)
    for person, is_told in (("", False), (carl.email, True)):
        file = tmp_path / "plots.pmtiles"
        call_command("export_pmtiles", str(file), "plots", email=person, **area)
        reader = Reader(MemorySource(file.read_bytes()))
        assert (b"secret" in gzip.decompress(reader.get(there.z, there.x, there.y) or b"")) == is_told


def test_the_search_forgets_a_row_that_is_hidden_by_a_change() -> None:
    layer = LayerFactory.create(
        geometry_kind="point",
        title_field="name",
        field_schema=schema(name="public"),
        public_rows="\"use\" <> 'army'",
    )
    write_features(layer=layer, states=[FeatureState("1", {"name": "Φυλάκιο", "use": "park"}, at(10, 10))])
    rebuild_places()
    assert Place.objects.filter(name="Φυλάκιο").exists()
    write_features(layer=layer, states=[FeatureState("1", {"name": "Φυλάκιο", "use": "army"}, at(10, 10))])
    assert not Place.objects.filter(name="Φυλάκιο").exists()


def test_the_search_forgets_names_when_their_field_is_hidden() -> None:
    layer = LayerFactory.create(geometry_kind="point", title_field="name", field_schema=schema(name="public"))
    FeatureFactory.create(layer=layer, properties={"name": "Κρυφό"}, geom=at(10, 10))
    rebuild_places()
    assert Place.objects.filter(name="Κρυφό").exists()
    change_layer(layer=layer, field_schema=schema(name="staff"))
    assert not Place.objects.filter(name="Κρυφό").exists()


LETTERS = st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from("\"';-%{}()$\\")
NAMES = st.text(LETTERS, min_size=1, max_size=30)


class AnyName(TestCase):
    @hypothesis_settings(max_examples=25, deadline=None)
    @given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    def test_is_hidden_whatever_it_holds(self, names: list[str]) -> None:
        layer = LayerFactory.create(field_schema=schema(**dict.fromkeys(names, "staff")))
        FeatureFactory.create(layer=layer, properties={"open": 1} | dict.fromkeys(names, "x"))
        assert told(layer) == [{} if "open" in names else {"open": 1}]
        for address in ("export", "ogc:items", "layer"):
            response = Client().get(
                reverse(f"layers:{address}", args=(layer.slug,)), {"f": "json"} if ":" in address else {}
            )
            assert response.status_code == 200
