"""From afar a dense layer is drawn from its overview: by look, without gaps, never stale, for those who may see it."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.test import Client
from pytest_django.fixtures import Settings
from shapely.affinity import translate
from shapely.geometry import shape

from accounts.models import User
from core.geo import Tile, to_lonlat
from layers.actions import change_layer, write_features
from layers.actions import overviews as making
from layers.actions.overviews import build_missing_overviews, build_overview
from layers.models import Layer, Overview, OverviewShape, Visibility
from layers.overviews.grid import CELLS, burnt, halved
from layers.overviews.reading import FeatureReader
from layers.overviews.shapes import MOST_CORNERS, surfaces
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory
from tests.layers.dense import ALL, COUNT, MIDDLE, SIDE, dense_layer, get_tile, middle_tile, plot
from tests.tiles import decode_tile

pytestmark = pytest.mark.django_db
PIXEL = 8  # units of a tile of 4096
AFAR = 12


@pytest.fixture
def plots() -> Layer:
    layer = dense_layer()
    build_overview(layer=layer)
    return layer


def surfaces_in(layer: Layer, tile: Tile) -> dict[str, Any]:
    """By use, in tile units with y up, cut at the tile's edge."""
    features = decode_tile(get_tile(layer, tile))[layer.slug]
    cut = shapely.box(0, 0, 4096, 4096)
    return {feature["properties"]["use"]: shape(feature["geometry"]) & cut for feature in features}


def whole_of(layer: Layer, zoom: int) -> dict[str, Any]:
    """The tiles around the middle put together again, in units of the middle one."""
    middle = middle_tile(zoom)
    found: dict[str, list[Any]] = {"home": [], "shop": []}
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            tile = Tile(zoom, middle.x + right, middle.y + down)
            if get_tile(layer, tile).status_code == 200:
                for use, surface in surfaces_in(layer, tile).items():
                    found[use].append(translate(surface, 4096 * right, -4096 * down))
    return {use: shapely.union_all(parts) for use, parts in found.items()}


class TestLook:
    def test_surfaces_of_one_look_are_one_feature(self, plots: Layer) -> None:
        features = decode_tile(get_tile(plots, middle_tile(10)))["plots"]
        assert sorted(feature["properties"]["use"] for feature in features) == ["home", "shop"]
        assert all(feature["properties"].keys() == {"use"} for feature in features)

    def test_near_every_surface_is_itself(self, plots: Layer) -> None:
        below = Overview.objects.get().below_zoom
        afar = decode_tile(get_tile(plots, middle_tile(below - 1)))["plots"]
        near = decode_tile(get_tile(plots, middle_tile(below)))["plots"]
        assert len(afar) <= 2 < 100 < len(near)
        assert {feature["id"] for feature in near} <= set(plots.features.values_list("pk", flat=True))

    @pytest.mark.parametrize("zoom", [10, 11, 12])
    def test_neighbours_have_no_gap_and_no_overlap(self, plots: Layer, zoom: int) -> None:
        found = whole_of(plots, zoom)
        assert found["home"].intersection(found["shop"]).area == 0
        together = shapely.union_all(list(found.values())).buffer(PIXEL / 2)
        assert together.geom_type == "Polygon"
        assert not together.interiors

    @pytest.mark.parametrize("zoom", [10, 11, 12])
    def test_town_keeps_its_size_to_a_pixel(self, plots: Layer, zoom: int) -> None:
        together = shapely.union_all(list(whole_of(plots, zoom).values()))
        stretch = 1 / math.cos(math.radians(to_lonlat(MIDDLE).y))
        side = COUNT * SIDE * stretch / Tile(zoom, 0, 0).width_metres * 4096
        west, south, east, north = together.bounds
        assert (east - west, north - south) == pytest.approx((side, side), abs=4 * PIXEL)
        assert together.area == pytest.approx(side * side, rel=0.02, abs=4 * side * PIXEL)

    def test_wide_street_stays_and_a_courtyard_below_a_pixel_goes(self) -> None:
        street = {(row, column) for row in range(COUNT) for column in (36, 37, 38)}
        layer = dense_layer(ALL - street - {(20, 20)})
        build_overview(layer=layer)
        shops = whole_of(layer, AFAR)["shop"]
        assert shops.geom_type == "MultiPolygon"
        assert len(shops.geoms) == 2
        homes = whole_of(layer, 11)["home"]
        assert homes.geom_type == "Polygon"
        assert not homes.interiors

    def test_beside_the_town_there_is_nothing(self, plots: Layer) -> None:
        tile = middle_tile(AFAR)
        assert get_tile(plots, Tile(AFAR, tile.x + 5, tile.y)).status_code == 204


class TestNeverStale:
    def test_tile_before_the_overview_is_the_features_and_is_kept_by_nobody_for_long(
        self, settings: Settings
    ) -> None:
        layer = dense_layer()
        response = get_tile(layer, middle_tile(AFAR))
        assert len(decode_tile(response)["plots"]) > 100
        assert response.headers["Cache-Control"] == "public, max-age=30"
        assert not Path(settings.TILE_CACHE_DIR).exists()

    def test_with_its_overview_it_is_final(self, plots: Layer, settings: Settings) -> None:
        response = get_tile(plots, middle_tile(AFAR))
        assert response.headers["Cache-Control"].endswith("immutable")
        assert list(Path(settings.TILE_CACHE_DIR).rglob("*.mvt.gz"))

    def test_change_shows_at_once_and_in_the_next_overview(self, plots: Layer) -> None:
        write_features(layer=plots, states=[plot(row, column, "park") for row, column in ALL])
        features = decode_tile(get_tile(plots, middle_tile(AFAR)))["plots"]
        assert {feature["properties"]["use"] for feature in features} == {"park"}
        assert build_missing_overviews() == 1
        [feature] = decode_tile(get_tile(plots, middle_tile(AFAR)))["plots"]
        assert feature["properties"] == {"use": "park"}

    def test_old_revision_is_forgotten(self, plots: Layer) -> None:
        before = Overview.objects.get()
        change_layer(layer=plots, title="Οικόπεδα")
        build_missing_overviews()
        [overview] = Overview.objects.all()
        assert (overview.revision, overview.layer) == (plots.revision, plots)
        assert not OverviewShape.objects.filter(overview_id=before.pk).exists()

    def test_layer_changed_meanwhile_gets_no_overview_of_two_states(
        self, plots: Layer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = Overview.objects.get().revision
        change_layer(layer=plots, title="Οικόπεδα")

        class Interrupted(FeatureReader):
            def below_zoom(self) -> int:
                write_features(layer=plots, states=[plot(0, 0, "park")])
                return super().below_zoom()

        monkeypatch.setattr(making, "FeatureReader", Interrupted)
        assert build_overview(layer=plots) is None
        assert Overview.objects.get().revision == before

    def test_what_is_made_is_not_made_again(self, plots: Layer) -> None:
        assert build_missing_overviews() == 0


class TestNeed:
    def test_few_surfaces_are_drawn_themselves_and_kept(self) -> None:
        layer = LayerFactory.create(slug="few", style=[])
        feature = FeatureFactory.create(layer=layer)
        for _ in range(2):
            response = get_tile(layer, middle_tile(13))
            assert [found["id"] for found in decode_tile(response)["few"]] == [feature.pk]
            assert response.headers["Cache-Control"].endswith("immutable")
            build_missing_overviews()
        assert Overview.objects.get().below_zoom == 0

    def test_points_and_lines_have_none(self) -> None:
        LayerFactory.create(geometry_kind="line")
        LayerFactory.create(geometry_kind="point")
        assert build_missing_overviews() == 0

    def test_layer_without_a_feature_is_settled_too(self) -> None:
        LayerFactory.create()
        assert (build_missing_overviews(), build_missing_overviews()) == (1, 0)


class TestForbidden:
    def test_only_those_who_may_see_the_layer_see_its_overview(
        self, alice: User, bea: User, sign_in: SignIn, settings: Settings
    ) -> None:
        layer = dense_layer(visibility=Visibility.STAFF)
        build_overview(layer=layer)
        tile = middle_tile(10)
        assert get_tile(layer, tile, Client()).status_code == 404
        assert get_tile(layer, tile, sign_in(alice)).status_code == 404
        response = get_tile(layer, tile, sign_in(bea))
        assert len(decode_tile(response)["plots"]) == 2
        assert response.headers["Cache-Control"] == "private, no-store"
        assert not Path(settings.TILE_CACHE_DIR).exists()

    def test_other_revision_is_sent_on(self, plots: Layer) -> None:
        tile = middle_tile(10)
        response = Client().get(f"/tiles/plots/{plots.revision + 1}/{tile.z}/{tile.x}/{tile.y}.mvt")
        assert response.status_code == 302
        assert response.headers["Location"].startswith(f"/tiles/plots/{plots.revision}/")


class TestGrid:
    """The grid itself, without a database."""

    def test_four_cells_become_their_commonest_where_two_are_filled(self) -> None:
        quarters = {(1, 1, 2, 3): 1, (0, 0, 5, 5): 5, (0, 4, 4, 7): 4, (2, 3, 3, 3): 3, (0, 0, 0, 9): 0}
        cells = np.array([[[a, b], [c, d]] for a, b, c, d in quarters], dtype=np.int32)
        assert halved(np.hstack(list(cells))).ravel().tolist() == list(quarters.values())

    def test_hole_stays_open_and_what_lies_in_it_is_drawn(self) -> None:
        tile = Tile(12, 2295, 1576)
        west, south, east, north = tile.bounds()
        size = east - west
        ring = shapely.box(west, south, east, north) - shapely.box(
            west + size / 4, south + size / 4, east - size / 4, north - size / 4
        )
        pond = shapely.Point(west + size / 2, south + size / 2).buffer(size / 10)
        grid = burnt(tile, [([shapely.to_wkb(pond), shapely.to_wkb(ring)], [2, 1])])
        assert [grid[10, 10], grid[300, 300], grid[512, 512]] == [1, 0, 2]

    def test_speck_at_the_edge_goes_like_one_in_the_middle(self) -> None:
        grid = np.ones((CELLS, CELLS), dtype=np.int32)
        grid[500:503, 0:3] = grid[500:503, 500:503] = 2
        assert set(surfaces(grid)) == {1}

    def test_noise_is_bounded(self) -> None:
        noise = np.random.default_rng(1).integers(0, 9, (CELLS // 2, CELLS // 2), dtype=np.int32)
        grid = np.kron(noise, np.ones((2, 2), dtype=np.int32))
        assert 0 < sum(shapely.get_num_coordinates(s) for s in surfaces(grid).values()) <= MOST_CORNERS
