"""Tiles are made before anybody asks, and travel in one file."""

import gzip
from io import StringIO
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pmtiles.reader import MemorySource, Reader
from pytest_django.fixtures import Settings

from accounts.models import User
from core.geo import Tile, to_lonlat
from layers.models import Visibility
from layers.tile_walk import Walk
from tests.factories import FeatureFactory, LayerFactory, Town, box
from tests.layers.dense import dense_layer, get_tile, middle_tile

pytestmark = pytest.mark.django_db
AREA = to_lonlat(box(4000, 4000, 6000, 6000)).extent
BBOX = ",".join(map(str, AREA))


def said_by(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refused(*words: str) -> str:
    """The code of the refusal, or "" when it is the command's own sentence."""
    with pytest.raises(CommandError) as refusal:
        said_by(*words)
    return getattr(refusal.value.__cause__, "code", "")


def kept(settings: Settings) -> set[str]:
    root = Path(settings.TILE_CACHE_DIR)
    return {str(path.relative_to(root)) for path in root.rglob("*.mvt.gz")}


class TestWalk:
    def test_every_tile_of_the_box_once(self) -> None:
        walk = Walk.parse(BBOX, "0-14")
        tiles = list(walk)
        assert len(tiles) == len(set(tiles)) == len(walk)
        assert tiles[0] == Tile(0, 0, 0)
        assert middle_tile(14) in tiles

    def test_without_a_box_it_is_the_municipality(self, town: Town) -> None:
        walk = Walk.parse("", "12")
        west, south, east, north = to_lonlat(town.home.boundary).extent
        assert (walk.west, walk.south, walk.east, walk.north) == (west, south, east, north)

    @pytest.mark.parametrize("zooms", ["", "a-b", "5-3", "-1", "3-17", "1-2-3"])
    def test_bad_zooms_are_refused(self, zooms: str) -> None:
        assert refused("warm_tiles", f"--zooms={zooms}", f"--bbox={BBOX}") == "bad_zooms"

    @pytest.mark.parametrize("bbox", ["1,2,3", "23,38,22,39", "22,39,23,38", "22,38,23,38"])
    def test_bad_areas_are_refused(self, bbox: str) -> None:
        assert refused("warm_tiles", f"--bbox={bbox}") == "bad_tile_area"

    def test_municipality_without_a_boundary_asks_for_an_area(self) -> None:
        assert refused("warm_tiles") == "no_home"


class TestWarm:
    def test_kept_tiles_are_then_answered_without_drawing(self, settings: Settings) -> None:
        layer = dense_layer()
        said_by("warm_tiles", "plots", f"--bbox={BBOX}", "--zooms=11-13")
        assert {name.split("/")[2] for name in kept(settings)} == {"11", "12", "13"}
        with CaptureQueriesContext(connection) as queries:
            assert get_tile(layer, middle_tile(12)).status_code == 200
        assert not [query for query in queries if "ST_AsMVT" in query["sql"]]

    def test_only_public_sources_are_warmed(self, settings: Settings) -> None:
        for slug, visibility in (("open", Visibility.PUBLIC), ("secret", Visibility.STAFF)):
            FeatureFactory.create(layer=LayerFactory.create(slug=slug, visibility=visibility))
        said_by("warm_tiles", f"--bbox={BBOX}", "--zooms=14")
        assert {name.split("/")[0] for name in kept(settings)} == {"open"}

    @pytest.mark.parametrize("slug", ["secret", "nothing", "issues"])
    def test_other_sources_are_refused(self, slug: str) -> None:
        LayerFactory.create(slug="secret", visibility=Visibility.STAFF)
        with pytest.raises(CommandError, match=slug):
            said_by("warm_tiles", slug, f"--bbox={BBOX}")


class TestArchive:
    def archived(self, path: Path) -> Reader:
        return Reader(MemorySource(path.read_bytes()))

    def layers_in(self, archive: Reader, tile: Tile) -> set[str]:
        content = archive.get(tile.z, tile.x, tile.y)
        return set(mapbox_vector_tile.decode(gzip.decompress(content)))

    def test_file_holds_the_tiles_that_the_map_shows(self, tmp_path: Path) -> None:
        layer = dense_layer(source="Κτηματολόγιο")
        said = said_by(
            "export_pmtiles", str(tmp_path / "plots.pmtiles"), "plots", f"--bbox={BBOX}", "--zooms=11-13"
        )
        archive = self.archived(tmp_path / "plots.pmtiles")
        header, metadata = archive.header(), archive.metadata()
        assert (header["min_zoom"], header["max_zoom"]) == (11, 13)
        assert metadata["attribution"] == "Κτηματολόγιο"
        assert metadata["vector_layers"][0]["fields"] == {"use": ""}
        assert str(header["addressed_tiles_count"]) in said
        for zoom in (11, 12, 13):
            tile = middle_tile(zoom)
            assert archive.get(zoom, tile.x, tile.y) == get_tile(layer, tile).content

    def test_several_sources_are_layers_of_one_tile(self, tmp_path: Path) -> None:
        for slug in ("roads", "water"):
            FeatureFactory.create(layer=LayerFactory.create(slug=slug, theme="base"))
        FeatureFactory.create(layer=LayerFactory.create(slug="zones"))
        said_by(
            "export_pmtiles", str(tmp_path / "map.pmtiles"), "base", "zones", f"--bbox={BBOX}", "--zooms=14"
        )
        found = self.layers_in(self.archived(tmp_path / "map.pmtiles"), middle_tile(14))
        assert found == {"roads", "water", "zones"}

    def test_staff_layer_needs_somebody_who_may_see_it(self, tmp_path: Path, alice: User, bea: User) -> None:
        FeatureFactory.create(layer=LayerFactory.create(slug="secret", visibility=Visibility.STAFF))
        words = ("export_pmtiles", str(tmp_path / "s.pmtiles"), "secret", f"--bbox={BBOX}", "--zooms=14")
        assert refused(*words) == refused(*words, f"--as={alice.email}") == "not_found"
        with pytest.raises(CommandError, match="nobody@example"):
            said_by(*words, "--as=nobody@example.org")
        said_by(*words, f"--as={bea.email}")
        assert self.layers_in(self.archived(tmp_path / "s.pmtiles"), middle_tile(14)) == {"secret"}

    def test_nothing_there_leaves_no_file(self, tmp_path: Path) -> None:
        LayerFactory.create(slug="empty")
        words = ("export_pmtiles", str(tmp_path / "e.pmtiles"), "empty", f"--bbox={BBOX}", "--zooms=14")
        assert refused(*words) == "nothing_to_archive"
        assert list(tmp_path.iterdir()) == []

    def test_place_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        LayerFactory.create(slug="empty")
        with pytest.raises(CommandError, match=r"e\.pmtiles"):
            said_by(
                "export_pmtiles", str(tmp_path / "no" / "e.pmtiles"), "empty", f"--bbox={BBOX}", "--zooms=14"
            )
