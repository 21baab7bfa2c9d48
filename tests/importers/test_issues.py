"""Old case lists: routed by our rules with a trace, numbered by year, dated as they were."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from importers.actions.issues import IssuesOrder, import_issues
from importers.report import Report
from importers.rules import read_mapping_file
from importers.targets import target_named
from issues.actions.numbers import next_number
from issues.models import Issue, IssueEvent, Notification, RoutingDecision
from tests.factories import Town
from tests.importers.expectations import contents, counts, refused
from tests.importers.files import point, write_geojson

pytestmark = pytest.mark.django_db

MAPPING: dict[str, Any] = {
    "source": "old-system",
    "category": {"field": "kind", "values": {"LAMP": "dark-lamp", "HOLE": "pothole", "?": "complaint"}},
    "external_id": "ref",
    "reported": "opened",
    "closed": "closed",
    "address": "street",
    "description": "text",
}
CASES = [
    {
        "ref": "A-3",
        "kind": "HOLE",
        "opened": "2023-12-31T21:30:00Z",
        "text": "Λακκούβα",
        "street": "Κορίνθου 1",
    },
    {"ref": "A-1", "kind": "LAMP", "opened": "2023-05-01T08:00:00Z", "closed": "2023-05-04T10:00:00Z"},
    {"ref": "A-2", "kind": "LAMP", "opened": "2024-01-01T00:30:00"},
]
PLACES = [point(1000, 1000), point(1000, 7000), point(1000, 1000)]


@pytest.fixture
def mapping(tmp_path: Path, town: Town) -> Path:
    values = {"LAMP": town.dark_lamp.slug, "HOLE": town.pothole.slug, "?": town.complaint.slug}
    return _mapping(tmp_path / "mapping.yaml", category={"field": "kind", "values": values})


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return write_cases(tmp_path / "cases.geojson", PLACES, CASES)


def write_cases(path: Path, places: list[Any], rows: list[dict[str, Any]]) -> Path:
    """Every case with every field, blank where it has none."""
    blank = dict.fromkeys(["ref", "kind", "opened", "closed", "text", "street"])
    return write_geojson(path, places, [blank | row for row in rows])


def load(path: Path, mapping: Path, **order: Any) -> Report:
    rules = target_named("issues").rules(read_mapping_file(mapping), "", mapping.name)
    return import_issues(IssuesOrder(path, rules=rules, **{"set_aside": True, **order}))


def test_every_case_reaches_the_department_that_must_act(town: Town, cases: Path, mapping: Path) -> None:
    assert counts(load(cases, mapping)) == {"read": 3, "added": 3}
    found = {issue.events.first().data["external_id"]: issue for issue in Issue.objects.all()}  # type: ignore[union-attr]
    assert found["A-1"].department == town.lighting_north
    assert found["A-1"].area == town.north
    assert found["A-3"].department == town.roads
    assert found["A-2"].department == town.help_desk
    for decision in RoutingDecision.objects.all():
        assert decision.trace
        assert decision.department_id == decision.issue.department_id
    assert [issue.channel for issue in found.values()] == ["import"] * 3


def test_numbers_are_gapless_in_the_year_of_the_report(town: Town, cases: Path, mapping: Path) -> None:
    assert next_number(2023) == "2023-000001"
    load(cases, mapping)
    # 21:30 in London on New Year's Eve is 23:30 in Athens; half past midnight without an offset is Athens' own.
    assert list(Issue.objects.order_by("reported_at").values_list("number", flat=True)) == [
        "2023-000002",
        "2023-000003",
        "2024-000001",
    ]
    assert next_number(2023) == "2023-000004"


def test_dates_and_states_are_those_of_the_case(town: Town, cases: Path, mapping: Path) -> None:
    load(cases, mapping)
    closed = Issue.objects.get(number="2023-000001")
    assert closed.state == "closed"
    assert closed.resolved_at == datetime(2023, 5, 4, 10, tzinfo=UTC)
    assert closed.due_at is not None
    assert closed.due_at > closed.reported_at
    history = [(event.kind, event.at, event.to_state) for event in closed.events.all()]
    assert [kind for kind, _, _ in history] == ["reported", "routed", "state"]
    assert history[-1][1:] == (closed.resolved_at, "closed")
    open_case = Issue.objects.get(number="2023-000002")
    assert (open_case.state, open_case.resolved_at, open_case.address) == ("received", None, "Κορίνθου 1")
    assert open_case.reported_at == datetime(2023, 12, 31, 21, 30, tzinfo=UTC)


def test_nobody_is_mailed_about_the_past(town: Town, cases: Path, mapping: Path) -> None:
    load(cases, mapping)
    assert not Notification.objects.exists()
    assert not IssueEvent.objects.filter(issue__is_text_public=True).exists()


def test_the_same_file_again_adds_nothing(town: Town, cases: Path, mapping: Path) -> None:
    load(cases, mapping)
    before = contents()
    assert counts(load(cases, mapping)) == {"read": 3, "unchanged": 3}
    assert contents() == before


def test_rows_that_do_not_fit_are_set_aside(town: Town, mapping: Path, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"ref": "1", "kind": "HOLE", "opened": "2024-01-01"},
        {"ref": "1", "kind": "HOLE", "opened": "2024-01-01"},
        {"ref": "2", "kind": "WHALE", "opened": "2024-01-01"},
        {"ref": "3", "kind": "HOLE", "opened": "yesterday"},
        {"ref": "4", "kind": "HOLE"},
        {"ref": "5", "kind": "HOLE", "opened": "2024-01-01"},
        {"ref": "6", "kind": "HOLE", "opened": "2024-01-02", "closed": "2024-01-01"},
    ]
    places = [point(1000, 1000)] * 5 + [point(15_000, 1000), point(1, 1)]
    report = load(write_cases(tmp_path / "c.geojson", places, rows), mapping)
    assert counts(report) == {"read": 7, "added": 2, "refused": 5, "repaired": 1}
    assert sorted((finding.row, finding.code) for finding in report.findings) == [
        (2, "repeated_key"),
        (3, "no_category"),
        (4, "bad_date"),
        (5, "no_date"),
        (6, "outside_home"),
        (7, "date_order"),
    ]


def test_states_come_from_a_list_of_values(town: Town, tmp_path: Path) -> None:
    path = _mapping(
        tmp_path / "m.yaml",
        category={"constant": town.pothole.slug},
        state={
            "field": "state",
            "values": {"Κλειστό": "resolved", "Άκυρο": "rejected"},
            "default": "accepted",
        },
        reported={"field": "opened", "format": "%d/%m/%Y %H:%M"},
        time_zone="Europe/Athens",
    )
    rows: list[dict[str, Any]] = [
        {"ref": str(number), "opened": "05/02/2024 10:00", "state": state}
        for number, state in enumerate(["Κλειστό", "Άκυρο", "Νέο"])
    ]
    report = load(write_cases(tmp_path / "c.geojson", [point(9, 9)] * 3, rows), path)
    assert counts(report) == {"read": 3, "added": 3, "repaired": 1}
    assert list(Issue.objects.order_by("pk").values_list("state", flat=True)) == [
        "resolved",
        "rejected",
        "accepted",
    ]
    first = Issue.objects.order_by("pk")[0]
    assert first.reported_at == datetime(2024, 2, 5, 8, tzinfo=UTC)
    assert first.resolved_at == first.reported_at


def test_a_dry_run_changes_nothing(town: Town, cases: Path, mapping: Path) -> None:
    before = contents()
    assert counts(load(cases, mapping, dry_run=True)) == {"read": 3, "added": 3}
    assert contents() == before


def test_without_a_boundary_nothing_is_imported(cases: Path, tmp_path: Path, db: None) -> None:
    path = _mapping(tmp_path / "m.yaml", category="kind")
    with refused("no_boundary_yet"):
        load(cases, path)


def test_a_category_that_does_not_exist_is_refused(town: Town, cases: Path, tmp_path: Path) -> None:
    path = _mapping(tmp_path / "m.yaml", category={"field": "kind", "values": {"LAMP": "no-such"}})
    with refused("no_such_target", slug="no-such"):
        load(cases, path)


def test_a_field_that_is_not_there_is_refused(town: Town, cases: Path, mapping: Path) -> None:
    path = _mapping(mapping, category={"constant": town.pothole.slug}, reported="Opened")
    with refused("no_such_field", field="Opened"):
        load(cases, path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2]",
        "category: [",
        "category: {field: kind, value: x}\nreported: d",
        "category: {field: kind, constant: x}\nreported: d",
        "category: kind",
        "category: kind\nreported: d\ncolour: red",
        "category: kind\nreported: d\ntime_zone: Mars/Olympus",
        "category: !!python/object/apply:os.system ['true']\nreported: d",
        "a: &a [x]\ncategory: *a\nreported: d",
        "category: {field: kind, values: [1]}\nreported: d",
    ],
)
def test_a_bad_mapping_is_refused_in_a_sentence(cases: Path, tmp_path: Path, text: str, db: None) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    before = contents()
    with pytest.raises(Exception, match=r"m\.yaml") as caught:
        load(cases, path)
    assert getattr(caught.value, "code", "") == "bad_mapping"
    assert contents() == before


def test_a_mapping_may_be_json(town: Town, cases: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(json.dumps({**MAPPING, "category": {"constant": town.pothole.slug}}))
    assert counts(load(cases, path)) == {"read": 3, "added": 3}


def _mapping(path: Path, **changes: Any) -> Path:
    path.write_text(yaml.safe_dump({**MAPPING, **changes}, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("field", "value"),
    [("opened", "2999-01-01"), ("opened", "0002-01-01"), ("closed", "9999-12-31T23:59:59Z")],
)
def test_dates_that_stand_for_not_known_are_no_dates(
    town: Town, mapping: Path, tmp_path: Path, field: str, value: str
) -> None:
    rows = [{"ref": "1", "kind": "HOLE", "opened": "2024-01-01", field: value}, CASES[0]]
    report = load(write_cases(tmp_path / "c.geojson", [point(1000, 1000)] * 2, rows), mapping)
    assert [(finding.row, finding.code) for finding in report.findings] == [(1, "unlikely_date")]
    assert Issue.objects.get().description == "Λακκούβα"
