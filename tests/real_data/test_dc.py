"""A portal for Washington, DC, from the city's own files, compared with geopandas to the last request."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pandas
import pytest

from tests.real_data.portal import Portal, portal, shared

pytestmark = pytest.mark.real_data
SRID = 26985
REQUESTS = 4158
COMMANDS = """
import_areas data/assets/dc-boundary.geojson --level municipality --code STATE_CITY --name CITY_NAME
import_areas data/assets/advisory-neighborhood-commission-2013.geojson --level neighbourhood --code ANC_ID --name NAME
seed_organisation here/dc_organisation.yaml
import_assets data/streetlights/streetlights.csv --type streetlight --key FACILITYID --lon XCOORD --lat YCOORD --owner ddot --set-aside
import_assets data/assets/litter-cans.geojson --type litter-bin --key LITTERID --owner dpw --set-aside
import_layer data/land/future-land-use.geojson --layer future-land-use --key OBJECTID --set-aside
import_layer data/land/land-use-planned-2006.geojson --layer land-use-2006 --key OBJECTID --set-aside
import_issues data/requests_311/graffiti-removal-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
import_issues data/requests_311/illegal-dumping-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
import_issues data/requests_311/pothole-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
import_issues data/requests_311/sidewalk-repair-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
import_issues data/requests_311/street-alley-lights-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
import_issues data/requests_311/tree-removal-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
import_issues data/requests_311/graffiti-removal-last-30-days.geojson --mapping here/dc_requests.yaml --set-aside
"""  # noqa: E501
STATE_OF = {
    "OPEN": "received",
    "DUPLICATE (OPENED)": "received",
    "IN-PROGRESS": "in_progress",
    "CLOSED": "closed",
    "DUPLICATE (CLOSED)": "closed",
    "CLOSED - INCOMPLETE INFORMATION": "rejected",
    "VOIDED": "rejected",
}


@pytest.fixture(scope="module")
def dc() -> Path:
    return shared("dc")


@pytest.fixture(scope="module")
def washington(dc: Path) -> Iterator[Portal]:
    with portal("dc", SRID) as built:
        built.run(dc, COMMANDS)
        yield built


@pytest.fixture(scope="module")
def requests(dc: Path) -> Any:
    """The requests as geopandas reads them, with the ANC of its own spatial join; indexed by their id."""
    files = [geopandas.read_file(path) for path in request_files(dc)]
    points = pandas.concat(files, ignore_index=True).to_crs(SRID)
    areas = geopandas.read_file(dc / "assets" / "advisory-neighborhood-commission-2013.geojson").to_crs(SRID)
    joined = geopandas.sjoin(points, areas[["ANC_ID", "geometry"]], predicate="intersects", how="left")
    return joined.set_index("SERVICEREQUESTID")


def request_files(dc: Path) -> list[Path]:
    return sorted((dc / "requests_311").glob("*.geojson"))


def test_the_city_and_its_forty_areas(washington: Portal) -> None:
    home = washington.rows("SELECT name, round(ST_Area(boundary) / 1e6) FROM municipality_area WHERE is_home")
    assert home == [("Washington", 177)]
    inside = "SELECT count(*) FROM municipality_area a JOIN municipality_area p ON p.id = a.parent_id AND p.is_home"
    assert washington.value(inside) == 40


def test_every_street_light_stands_where_the_city_says(washington: Portal, dc: Path) -> None:
    table = pandas.read_csv(dc / "streetlights" / "streetlights.csv", dtype={"FACILITYID": str})
    there = geopandas.GeoSeries.from_xy(table.XCOORD, table.YCOORD, crs=4326).to_crs(SRID).get_coordinates()
    rows = washington.rows(
        "SELECT a.code, ST_X(location), ST_Y(location), d.slug, a.properties->>'LIGHTTYPE_DESC'"
        " FROM assets_asset a JOIN assets_assettype t ON t.id = a.type_id AND t.slug = 'streetlight'"
        " JOIN municipality_department d ON d.id = a.owner_id"
    )
    ours = {code: (x, y, owner, light) for code, x, y, owner, light in rows}
    assert len(ours) == len(table) == 3963
    lights = table.LIGHTTYPE_DESC.fillna("")
    for code, east, north, light in zip(table.FACILITYID, there.x, there.y, lights, strict=True):
        x, y, owner, told = ours[code]
        assert (x, y) == pytest.approx((east, north), abs=0.01)
        assert (owner, told or "") == ("ddot", light)


def test_every_litter_bin_is_registered(washington: Portal, dc: Path) -> None:
    bins = geopandas.read_file(dc / "assets" / "litter-cans.geojson")
    sql = "SELECT count(*) FROM assets_asset a JOIN assets_assettype t ON t.id = a.type_id AND t.slug = 'litter-bin'"
    assert washington.value(sql) == len(bins) == 5265


@pytest.mark.parametrize(
    ("name", "slug", "repairs"),
    [("future-land-use", "future-land-use", 7), ("land-use-planned-2006", "land-use-2006", 6)],
)
def test_land_use_is_whole_valid_and_its_repairs_are_told(
    washington: Portal, dc: Path, name: str, slug: str, repairs: int
) -> None:
    theirs = geopandas.read_file(dc / "land" / f"{name}.geojson").to_crs(SRID)
    kept = theirs[~theirs.is_empty]
    told = washington.findings(f"{name}.geojson")
    repaired = {finding["key"] for finding in told if finding["code"] == "repaired"}
    assert repaired == {str(key) for key in kept[~kept.is_valid].OBJECTID}
    assert len(repaired) == repairs
    refused = {finding["key"] for finding in told if finding["code"] == "no_geometry"}
    assert refused == {str(key) for key in theirs.OBJECTID} - {str(key) for key in kept.OBJECTID}
    rows = washington.rows(
        "SELECT f.key, ST_Area(f.geom), ST_IsValid(f.geom), ST_Dimension(f.geom) FROM layers_feature f"
        " JOIN layers_layer l ON l.id = f.layer_id AND l.slug = %s WHERE upper_inf(f.recorded)",
        slug,
    )
    assert all(valid and dimension == 2 for _, _, valid, dimension in rows)
    areas = kept.geometry.make_valid(method="structure").area
    expected = dict(zip(map(str, kept.OBJECTID), areas, strict=True))
    assert {key: area for key, area, _, _ in rows} == pytest.approx(expected, rel=1e-6)


def test_every_request_is_in_the_area_that_geopandas_finds(washington: Portal, requests: Any) -> None:
    rows = washington.rows(
        "SELECT e.data->>'external_id', a.level, a.code FROM issues_issue i"
        " JOIN issues_issueevent e ON e.issue_id = i.id AND e.kind = 'reported'"
        " JOIN municipality_area a ON a.id = i.area_id"
    )
    assert {level for _, level, _ in rows} == {"neighbourhood"}
    assert len(rows) == len(requests) == REQUESTS
    assert {key: code for key, _, code in rows} == requests.ANC_ID.to_dict()


def test_every_request_has_a_department_and_the_reason_why(washington: Portal, requests: Any) -> None:
    rows = washington.rows(
        "SELECT c.slug, d.slug, decided.department_id = i.department_id, decided.rule_id IS NULL,"
        " decided.trace, e.data->>'external_id' FROM issues_issue i"
        " JOIN issues_category c ON c.id = i.category_id JOIN municipality_department d ON d.id = i.department_id"
        " JOIN issues_routingdecision decided ON decided.issue_id = i.id"
        " JOIN issues_issueevent e ON e.issue_id = i.id AND e.kind = 'reported'"
    )
    assert len(rows) == REQUESTS
    expected = {
        "pothole": "street-bridge",
        "sidewalk": "street-bridge",
        "graffiti": "solid-waste",
        "dumping": "solid-waste",
        "tree": "help-desk",
    }
    for category, department, agrees, without_rule, trace, external_id in rows:
        light = "lighting-downtown" if requests.ANC_ID[external_id] == "2C" else "lighting"
        assert department == expected.get(category, light)
        assert agrees
        assert without_rule == (category == "tree")
        assert trace
        assert trace[-1]["matched"]
    downtown = sum(department == "lighting-downtown" for _, department, *_ in rows)
    assert downtown == (requests.SERVICECODE.isin(["S05SL", "S05AL"]) & (requests.ANC_ID == "2C")).sum() > 0


def test_requests_keep_their_dates_and_states(washington: Portal, requests: Any) -> None:
    rows = washington.rows(
        "SELECT e.data->>'external_id', i.state, i.reported_at, i.resolved_at FROM issues_issue i"
        " JOIN issues_issueevent e ON e.issue_id = i.id AND e.kind = 'reported'"
    )
    for external_id, state, reported, resolved in rows:
        theirs = requests.loc[external_id]
        assert state == STATE_OF[theirs.SERVICEORDERSTATUS]
        assert reported == theirs.ADDDATE
        assert resolved == (pandas.Timestamp(theirs.RESOLUTIONDATE) if state == "closed" else None)


def test_numbers_have_no_gap_and_a_second_import_adds_nothing(washington: Portal, dc: Path) -> None:
    numbers = [number for (number,) in washington.rows("SELECT number FROM issues_issue ORDER BY number")]
    assert numbers == [f"2016-{number:06d}" for number in range(1, REQUESTS + 1)]
    again = request_files(dc)[0]
    assert washington.counts(again.name) == {"read": 580, "unchanged": 580}
