"""A tile holds what its layer holds there, cut at its edge, for those who may see it, once."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from accounts.models import User
from layers.actions import FeatureState, change_layer, write_features
from layers.models import Layer, Visibility
from layers.tile_sets import tile_set_for
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.tiles import decode_tile, tile_of

pytestmark = pytest.mark.django_db
MIDDLE = at(5050, 5050)


def address(slug: str, revision: int, zoom: int = 14) -> str:
    tile = tile_of(MIDDLE, zoom)
    return f"/tiles/{slug}/{revision}/{tile.z}/{tile.x}/{tile.y}.mvt"


def get(layer: Layer, zoom: int = 14, client: Client | None = None) -> Any:
    return (client or Client(headers={"Accept-Encoding": "gzip"})).get(
        address(layer.slug, layer.revision, zoom)
    )


@pytest.fixture
def parcels() -> Layer:
    layer = LayerFactory.create(slug="parcels")
    square = box(5000, 5000, 5100, 5100)
    write_features(layer=layer, states=[FeatureState("190", {"kaek": "190440101001", "floors": 3}, square)])
    return layer


def test_feature_is_in_its_tile_with_its_properties(parcels: Layer) -> None:
    response = get(parcels)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    [feature] = decode_tile(response)["parcels"]
    assert feature["properties"] == {"kaek": "190440101001", "floors": 3}
    assert feature["id"] == parcels.features.get().pk
    assert feature["geometry"]["type"] == "Polygon"


def test_geometry_is_cut_a_little_outside_the_tile() -> None:
    layer = LayerFactory.create()
    FeatureFactory.create(layer=layer, geom=box(-20_000, -20_000, 30_000, 30_000))
    [feature] = decode_tile(get(layer))[layer.slug]
    [ring] = feature["geometry"]["coordinates"]
    assert {value for point in ring for value in point} == {-64, 4096 + 64}


def test_neighbour_in_the_buffer_is_found_though_it_lies_outside_the_tile() -> None:
    tile = tile_of(MIDDLE, 14)
    west, south, _east, _north = tile.bounds()
    layer = LayerFactory.create()
    step = tile.width_metres / 4096
    with connection.cursor() as cursor:
        for key, grid in (("in-buffer", 30), ("beyond", 90)):
            x = west - grid * step
            cursor.execute(
                "INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded) VALUES (%s, %s, "
                "jsonb_build_object('name', %s), ST_Transform(ST_MakeEnvelope(%s, %s, %s, %s, 3857), "
                "Find_SRID('public', 'layers_feature', 'geom')), tstzrange('2020-01-01', NULL), "
                "tstzrange('2020-01-01', NULL))",
                [layer.pk, key, key, x - 20 * step, south + 900 * step, x, south + 1000 * step],
            )
    found = decode_tile(get(layer))[layer.slug]
    assert [feature["properties"]["name"] for feature in found] == ["in-buffer"]


def test_empty_tile_is_no_content(parcels: Layer) -> None:
    response = Client().get(f"/tiles/parcels/{parcels.revision}/14/0/0.mvt")
    assert (response.status_code, response.content) == (204, b"")


def test_feature_too_small_for_the_grid_leaves_an_empty_tile() -> None:
    layer = LayerFactory.create(geometry_kind="mixed")
    FeatureFactory.create(layer=layer, geom=box(5050, 5050, 5050.01, 5050.01))
    assert get(layer).status_code == 204


def test_specks_are_left_out_from_afar(parcels: Layer) -> None:
    assert get(parcels, zoom=14).status_code == 200
    assert get(parcels, zoom=8).status_code == 204


@pytest.mark.parametrize("tile", ["3/8/0", "3/0/8", "23/0/0", "99/0/0"])
def test_outside_the_matrix_is_not_found(parcels: Layer, tile: str) -> None:
    assert Client().get(f"/tiles/parcels/{parcels.revision}/{tile}.mvt").status_code == 404


def test_current_revision_may_be_kept_for_ever(parcels: Layer) -> None:
    response = get(parcels)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in response.headers["Vary"]


def test_other_revision_is_sent_on_and_not_stored(parcels: Layer) -> None:
    for wrong in (parcels.revision - 1, parcels.revision + 1):
        response = Client().get(address("parcels", wrong))
        assert response.status_code == 302
        assert response.headers["Location"] == address("parcels", parcels.revision)
        assert response.headers["Cache-Control"] == "no-store"


def test_known_tile_is_not_sent_again(parcels: Layer) -> None:
    etag = get(parcels).headers["ETag"]
    again = Client().get(address("parcels", parcels.revision), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_client_without_gzip_gets_plain_bytes(parcels: Layer) -> None:
    response = Client().get(address("parcels", parcels.revision), headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response.headers
    assert gzip.decompress(get(parcels).content) == response.content


def test_change_has_a_new_revision_and_shows(parcels: Layer) -> None:
    before = parcels.revision
    state = FeatureState("190", {"kaek": "190440101002"}, box(5000, 5000, 5100, 5100))
    write_features(layer=parcels, states=[state])
    assert parcels.revision == before + 1
    [feature] = decode_tile(get(parcels))["parcels"]
    assert feature["properties"] == {"kaek": "190440101002"}


def test_public_tile_becomes_a_file_where_the_front_server_looks(parcels: Layer, settings: Settings) -> None:
    response = get(parcels)
    kept = Path(f"{settings.TILE_CACHE_DIR}{address('parcels', parcels.revision).removeprefix('/tiles')}.gz")
    assert kept.read_bytes() == response.content
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_kept_tile_costs_no_drawing(
    parcels: Layer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as first:
        get(parcels)
    assert sum("ST_AsMVT" in query["sql"] for query in first) == 1
    with django_assert_num_queries(1):
        get(parcels)


def test_files_go_with_their_revision(
    parcels: Layer, settings: Settings, django_capture_on_commit_callbacks: type
) -> None:
    get(parcels)
    with django_capture_on_commit_callbacks(execute=True):
        change_layer(layer=parcels, visibility=Visibility.STAFF)
    assert not (Path(settings.TILE_CACHE_DIR) / "parcels").exists()


class TestLabels:
    STYLE = ({"type": "fill"}, {"type": "symbol", "minzoom": 13, "layout": {"text-field": ["get", "name"]}})

    def test_surface_in_many_tiles_is_labelled_in_one(self) -> None:
        layer = LayerFactory.create(slug="blocks", style=list(self.STYLE))
        FeatureFactory.create(layer=layer, geom=box(4000, 4000, 6000, 6100), properties={"name": "Ο.Τ. 1"})
        middle = tile_of(MIDDLE, 15)
        labels, surfaces = [], 0
        for x in range(middle.x - 3, middle.x + 4):
            for y in range(middle.y - 3, middle.y + 4):
                response = Client().get(f"/tiles/blocks/{layer.revision}/15/{x}/{y}.mvt")
                layers = decode_tile(response) if response.status_code == 200 else {}
                labels += layers.get("blocks-labels", [])
                surfaces += len(layers.get("blocks", []))
        assert surfaces > 1
        [label] = labels
        assert (label["geometry"]["type"], label["properties"]) == ("Point", {"name": "Ο.Τ. 1"})

    def test_labels_travel_from_their_zoom_on(self) -> None:
        layer = LayerFactory.create(slug="blocks", style=list(self.STYLE))
        FeatureFactory.create(layer=layer, geom=box(5050, 5050, 5055, 5055))
        FeatureFactory.create(layer=layer, geom=box(4000, 4000, 6000, 6000))
        assert set(decode_tile(get(layer, zoom=12))) == {"blocks"}
        assert "blocks" in decode_tile(get(layer, zoom=13))


class TestForbidden:
    @pytest.fixture
    def secret(self) -> Layer:
        layer = LayerFactory.create(slug="secret", visibility=Visibility.STAFF)
        FeatureFactory.create(layer=layer)
        return layer

    def test_others_are_told_that_there_is_nothing(self, secret: Layer, alice: User, sign_in: SignIn) -> None:
        assert get(secret).status_code == 404
        assert get(secret, client=sign_in(alice)).status_code == 404

    def test_staff_see_it_and_nobody_stores_it(
        self, secret: Layer, bea: User, sign_in: SignIn, settings: Settings
    ) -> None:
        response = get(secret, client=sign_in(bea))
        assert len(decode_tile(response)["secret"]) == 1
        assert response.headers["Cache-Control"] == "private, no-store"
        assert not Path(settings.TILE_CACHE_DIR).exists()

    def test_layer_of_one_department_is_for_that_department(
        self, town: Town, bea: User, carl: User, sign_in: SignIn
    ) -> None:
        layer = LayerFactory.create(visibility=Visibility.DEPARTMENTS, departments=[town.lighting_north])
        FeatureFactory.create(layer=layer)
        assert get(layer, client=sign_in(bea)).status_code == 200
        assert get(layer, client=sign_in(carl)).status_code == 404


class TestBase:
    def test_base_map_is_one_tile_with_a_layer_each(self, bea: User, sign_in: SignIn) -> None:
        for slug, visibility in (("roads", "public"), ("water", "public"), ("mains", "staff")):
            layer = LayerFactory.create(slug=slug, theme="base", visibility=visibility)
            FeatureFactory.create(layer=layer)
        base = tile_set_for(bea, "base")
        response = sign_in(bea).get(address("base", base.revision))
        assert set(decode_tile(response)) == {"roads", "water"}
        assert response.headers["Cache-Control"].endswith("immutable")

    def test_change_of_one_of_its_layers_changes_its_revision(self, bea: User) -> None:
        roads = LayerFactory.create(slug="roads", theme="base")
        LayerFactory.create(slug="water", theme="base")
        before = tile_set_for(bea, "base").revision
        write_features(layer=roads, states=[FeatureState("a", {}, None)])
        assert tile_set_for(bea, "base").revision != before


def test_area_tile_follows_the_boundary(town: Town) -> None:
    before = tile_set_for(User(), "areas-unit")
    tile = tile_of(at(5000, 7500), 12)
    response = Client().get(f"/tiles/areas-unit/{before.revision}/{tile.z}/{tile.x}/{tile.y}.mvt")
    names = {feature["properties"]["name_en"] for feature in decode_tile(response)["areas-unit"]}
    assert "North" in names
    town.north.name = "Άνω Πόλη"
    town.north.save()
    assert tile_set_for(User(), "areas-unit").revision != before.revision
