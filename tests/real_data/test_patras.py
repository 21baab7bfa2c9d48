"""A portal for Patras in the Greek Grid, from the files of the municipality and the state."""

from collections.abc import Iterator
from pathlib import Path

import geopandas
import pytest

from tests.real_data.portal import Portal, portal, shared

pytestmark = pytest.mark.real_data
SRID = 2100
COMMANDS = """
import_areas data/municipalities_kallikratis.geojson --level municipality --code KWD_YPES --name NAME --home 9134
import_areas data/ENOTHTES_DIAMERISMATA/DHMOTIKES_ENOTHTES.shp --level unit --code NAME_LATIN --name NAME_OTA --name-en NAME_LATIN
import_areas data/ENOTHTES_DIAMERISMATA/TOPIKES_KOINOTHTES.shp --level community --code ORIG_FID --name NAME_DIAM --parent-level unit
import_layer data/schools/patras_schools.shp --layer patras-schools --theme property
import_layer data/schools/sxoleia.csv --layer schools --key id --theme property --set-aside
"""  # noqa: E501
# Psila Alonia, the university, the ferry of Rio, Saravali, and the castle of Chlemoutsi far away.
SPOTS = {
    (21.7345, 38.2420): ("Πατρέων", "AREA OF PATRAS"),
    (21.7880, 38.2880): ("Πατρέων", "AREA OF RIO"),
    (21.7800, 38.3010): ("Πατρέων", "AREA OF RIO"),
    (21.7560, 38.1980): ("Πατρέων", "AREA OF MESSATIDA"),
    (21.1450, 37.8900): (None, None),
}


@pytest.fixture(scope="module")
def data() -> Path:
    return shared("patras")


@pytest.fixture(scope="module")
def patras(data: Path) -> Iterator[Portal]:
    with portal("patras", SRID) as built:
        built.run(data, COMMANDS)
        yield built


def test_patras_is_ours_and_its_neighbours_are_known(patras: Portal, data: Path) -> None:
    rows = patras.rows(
        "SELECT code, is_home, ST_Area(boundary) FROM municipality_area WHERE level = 'municipality' ORDER BY code"
    )
    theirs = geopandas.read_file(data / "municipalities_kallikratis.geojson").to_crs(SRID)
    assert [(code, ours) for code, ours, _ in rows] == [
        ("9130", False),
        ("9131", False),
        ("9132", False),
        ("9134", True),
    ]
    expected = dict(zip(theirs.KWD_YPES, theirs.area, strict=True))
    assert {code: area for code, _, area in rows} == pytest.approx(expected, rel=1e-6)


def test_five_units_belong_to_patras(patras: Portal) -> None:
    rows = patras.rows(
        "SELECT u.name, p.code FROM municipality_area u JOIN municipality_area p ON p.id = u.parent_id"
        " WHERE u.level = 'unit' ORDER BY u.code"
    )
    assert rows == [
        ("ΔΗΜΟΤΙΚΗ ΕΝΟΤΗΤΑ ΜΕΣΣΑΤΙΔΑ", "9134"),
        ("ΔΗΜΟΤΙΚΗ ΕΝΟΤΗΤΑ ΠΑΡΑΛΙΑΣ", "9134"),
        ("ΔΗΜΟΤΙΚΗ ΕΝΟΤΗΤΑ ΠΑΤΡΕΩΝ", "9134"),
        ("ΔΗΜΟΤΙΚΗ ΕΝΟΤΗΤΑ ΡΙΟΥ", "9134"),
        ("ΔΗΜΟΤΙΚΗ ΕΝΟΤΗΤΑ ΒΡΑΧΝΑΙΙΚ", "9134"),
    ]


def test_thirty_five_communities_of_which_one_is_in_two_parts(patras: Portal, data: Path) -> None:
    assert patras.counts("TOPIKES_KOINOTHTES.shp") == {"read": 35, "added": 34}
    joined = [f for f in patras.findings("TOPIKES_KOINOTHTES.shp") if f["code"] == "joined"]
    assert [finding["facts"]["name"] for finding in joined] == ["Κοιν. Ρίου (Αγίου Γεωργίου Ρίου)"]
    theirs = geopandas.read_file(data / "ENOTHTES_DIAMERISMATA" / "TOPIKES_KOINOTHTES.shp")
    ours = dict(
        patras.rows("SELECT name, ST_Area(boundary) FROM municipality_area WHERE level = 'community'")
    )
    assert ours == pytest.approx(theirs.dissolve("NAME_DIAM").area.to_dict(), rel=1e-6)


def test_communities_lie_in_the_unit_that_covers_most_of_them(patras: Portal, data: Path) -> None:
    rows = patras.rows(
        "SELECT c.name, u.name_en FROM municipality_area c LEFT JOIN municipality_area u ON u.id = c.parent_id"
        " WHERE c.level = 'community'"
    )
    without = [name for name, unit in rows if unit is None]
    told = [f["facts"]["name"] for f in patras.findings("TOPIKES_KOINOTHTES.shp") if f["code"] == "no_parent"]
    assert without == told == ["Κοιν. Ψαθοπύργου"]
    units = dict(rows)
    assert units["Κοιν. Θέας"] == "AREA OF MESSATIDA"
    assert units["Κοιν. Παραλίας"] == "AREA OF PARALIA"
    assert units["Κοιν. Βραχναιίκων"] == "AREA OF VRAXNEIIKA"


def test_every_school_is_in_the_unit_that_geopandas_finds(patras: Portal, data: Path) -> None:
    schools = geopandas.read_file(data / "schools" / "patras_schools.shp").to_crs(SRID)
    units = geopandas.read_file(data / "ENOTHTES_DIAMERISMATA" / "DHMOTIKES_ENOTHTES.shp")
    joined = geopandas.sjoin(schools, units[["NAME_LATIN", "geometry"]], predicate="intersects", how="left")
    rows = patras.rows(
        "SELECT f.properties->>'name', u.code FROM layers_feature f"
        " JOIN layers_layer l ON l.id = f.layer_id AND l.slug = 'patras-schools'"
        " LEFT JOIN municipality_area u ON u.level = 'unit' AND ST_Covers(u.boundary, f.geom)"
        " WHERE upper_inf(f.recorded)"
    )
    theirs = joined[["name", "NAME_LATIN"]].astype(object).where(joined[["name", "NAME_LATIN"]].notna(), None)
    assert len(schools) == 194
    assert sorted(map(repr, rows)) == sorted(map(repr, theirs.itertuples(index=False, name=None)))


def test_schools_with_blank_coordinates_are_told_not_lost(patras: Portal) -> None:
    # 5,178 are blank; four more give metres of nowhere as degrees.
    assert patras.counts("sxoleia.csv") == {"read": 17_361, "added": 12_179, "refused": 5178 + 4}
    told = patras.findings("sxoleia.csv")
    blank = [finding for finding in told if finding["code"] == "bad_coordinates"]
    assert (blank[0]["row"], blank[0]["key"]) == (3, "3")
    outside = [finding["key"] for finding in told if finding["code"] == "outside_projection"]
    assert outside == ["17358", "17359", "17360", "17361"]
    name = "SELECT properties->>'onoma' FROM layers_feature f JOIN layers_layer l ON l.id = f.layer_id"
    assert patras.value(f"{name} AND l.slug = 'schools' WHERE key = '1'") == "ΓΥΜΝΑΣΙΟ ΒΑΡΘΟΛΟΜΙΟΥ ΜΟΥΣΙΚΟ"


def test_known_places_are_where_everybody_knows(patras: Portal) -> None:
    sql = (
        "SELECT (SELECT name FROM municipality_area WHERE is_home AND ST_Covers(boundary, at)),"
        " (SELECT code FROM municipality_area WHERE level = 'unit' AND ST_Covers(boundary, at))"
        " FROM ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), 2100) AS at"
    )
    assert {spot: patras.rows(sql, *spot)[0] for spot in SPOTS} == SPOTS
