"""Small files that would unfold into large ones are refused by what they declare, before anything is unfolded."""

import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from importers.actions.raster import RasterOrder, import_raster
from importers.errors import TooLargeToRead
from importers.sources import archive
from tests.importers.defects.saying import GREEK, Defect, check_english, check_greek, each
from tests.importers.rasters import write_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
UNFOLDS = (
    "begins with a DOCTYPE, which can make a file unfold without end or pull in others. Export it again without one, "
    "or delete the DOCTYPE with a text editor."
)


@pytest.fixture(autouse=True)
def small_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb of one megabyte tells as much as one of many."""
    monkeypatch.setattr(archive, "RATIO_MATTERS_FROM", 1 << 16)


def zip_bomb(folder: Path) -> Path:
    path = folder / "parcels.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("parcels.geojson", "{" + " " * (1 << 20))
    return path


def kml_bomb(folder: Path) -> Path:
    path = folder / "places.kml"
    path.write_text(f"<?xml version='1.0'?>{LAUGHS}<kml><Document><name>&c;</name></Document></kml>")
    return path


def gml_bomb(folder: Path) -> Path:
    path = folder / "places.gml"
    path.write_text(f"<?xml version='1.0'?>{LAUGHS}<FeatureCollection>&c;</FeatureCollection>")
    return path


DEFECTS = [
    Defect(
        "a zip that unfolds",
        zip_bomb,
        "file_too_large",
        "“parcels.zip” would unpack to more than 8 GB. Unpack it yourself, check it, and import the file inside.",
        ("parcels.zip", "8 GB"),
    ),
    Defect("entities in KML", kml_bomb, "has_doctype", f"“places.kml” {UNFOLDS}", ("places.kml", "DOCTYPE")),
    Defect("entities in GML", gml_bomb, "has_doctype", f"“places.gml” {UNFOLDS}", ("places.gml", "DOCTYPE")),
]


@each(DEFECTS)
def test_the_defect_is_told(defect: Defect, tmp_path: Path) -> None:
    check_english(defect, tmp_path)


@each(DEFECTS)
def test_the_defect_is_told_in_greek(defect: Defect, tmp_path: Path) -> None:
    check_greek(defect, tmp_path)


PIXELS = "100,000 × 100,000 × 1"


@pytest.mark.parametrize("language", ["en", "el"])
def test_a_raster_that_declares_too_many_pixels_is_told(tmp_path: Path, language: str) -> None:
    path = write_claim(tmp_path / "terrain.tif", 100_000, 100_000)
    with translation.override(language), pytest.raises(TooLargeToRead) as caught:
        import_raster(RasterOrder(path, slug="terrain", dry_run=True))
    with translation.override(language):
        message = str(caught.value)
    assert "terrain.tif" in message
    assert PIXELS in message
    assert (len(GREEK.findall(message)) > 10) == (language == "el")
