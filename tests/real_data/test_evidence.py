"""What a check says of real files, before anything is imported."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from importers.actions.areas import AreasOrder, import_areas
from importers.errors import WrongEncoding
from importers.report import Report
from tests.importers.layers import load
from tests.real_data.portal import shared

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]


@pytest.fixture
def patras() -> Path:
    """The files of Patras, and its boundary in the portal."""
    folder = shared("patras")
    import_areas(
        AreasOrder(
            folder / "municipalities_kallikratis.geojson",
            level="municipality",
            code="KWD_YPES",
            name="NAME",
            home="9134",
        )
    )
    return folder


def checked(path: Path, **order: str) -> Report:
    return load(path, key="", dry_run=True, **order)


def test_the_communities_of_patras_prove_their_system(patras: Path) -> None:
    evidence = checked(patras / "ENOTHTES_DIAMERISMATA" / "TOPIKES_KOINOTHTES.shp").evidence
    best, *others = evidence["crs"]["candidates"]
    assert (best["code"], best["chosen"], best["inside"], best["points"]) == ("EPSG:2100", True, 34, 35)
    assert {one["code"]: one["inside"] for one in others}["EPSG:32634"] == 0
    assert evidence["geometry"]["outside"] == 0
    assert evidence["encoding"]["chosen"] == evidence["encoding"]["best"] == "utf-8"


def test_a_false_cpg_is_told_with_what_it_really_is() -> None:
    with pytest.raises(WrongEncoding) as caught:
        checked(shared("greece") / "crete" / "crete.shp")
    assert "cp1253" in caught.value.facts["proof"]  # type: ignore[operator]
    assert "Π. ΚΡΗΤΗΣ" in caught.value.facts["proof"]  # type: ignore[operator]
    found = caught.value.report.evidence["encoding"]  # type: ignore[attr-defined]
    assert (found["chosen"], found["best"]) == ("utf-8", "cp1253")
    fits = {one["name"]: one["fits"] for one in found["candidates"]}
    assert (fits["utf-8"], fits["cp1253"]) == (False, True)


@pytest.mark.parametrize("name", ["zoning.shp", "zoning_gis.geojson"])
def test_every_invalid_zone_of_tahoe_is_repaired_and_explained(name: str) -> None:
    path = next(shared("tahoe").rglob(name))
    report = checked(path)
    repairs = [finding for finding in report.findings if finding.code == "repaired"]
    assert [finding.row for finding in repairs] == invalid_rows(path)
    assert len(repairs) == report.evidence["geometry"]["invalid"] == 37
    assert all(str(finding.facts["reason"]) for finding in repairs)
    before = sum(finding.facts["before"] for finding in repairs)
    assert before == pytest.approx(report.evidence["geometry"]["repaired_area_before"], abs=1)
    changed = [finding for finding in repairs if finding.facts["before"] != finding.facts["after"]]
    assert all(finding.facts["after"] > 0 for finding in changed)


def invalid_rows(path: Path) -> list[int]:
    """Rows, counted from 1, that GEOS calls invalid in the file itself."""
    _, _, wkb, _ = pyogrio.raw.read(path, columns=[])
    shapes = np.asarray(shapely.from_wkb(wkb), dtype=object)
    return [int(index) + 1 for index in np.flatnonzero(~shapely.is_valid(shapes))]


def test_schools_without_a_place_are_told_apart_from_those_far_away(patras: Path) -> None:
    report = checked(patras / "schools" / "sxoleia.csv")
    evidence = report.evidence
    assert report.found["bad_coordinates"] == 5178
    assert evidence["geometry"]["types"]["Point"] == 17_361 - 5178
    fields = {field["name"]: field for field in evidence["fields"]}
    assert fields["id"]["unique"]
    assert fields["long"]["filled"] == 17_361 - 5178
    assert evidence["geometry"]["outside"] == report.counts["added"] - _inside(patras)


def _inside(patras: Path) -> int:
    """Schools inside the boundary by another way: geopandas, in degrees."""
    import geopandas

    areas = geopandas.read_file(patras / "municipalities_kallikratis.geojson")
    home = areas[areas["KWD_YPES"].astype(str) == "9134"].geometry.iloc[0]
    table = geopandas.pd.read_csv(patras / "schools" / "sxoleia.csv").dropna(subset=["long", "lat"])
    return int(shapely.intersects_xy(home, table["long"], table["lat"]).sum())
