"""Known cases: taken further as the file says, unless our people went on with them; undone as they were."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from importers.actions.undo import undo_run
from importers.models import ImportChange
from importers.report import Report
from issues.actions.desk import add_note
from issues.models import Issue, Notification
from tests.factories import Town
from tests.importers.expectations import contents, counts
from tests.importers.files import point
from tests.importers.test_issues import _mapping, load, write_cases

pytestmark = pytest.mark.django_db

OPEN = {"ref": "A-1", "kind": "LAMP", "opened": "2023-05-01T08:00:00Z", "street": "Κορίνθου 1"}
CLOSED = OPEN | {"closed": "2023-05-04T10:00:00Z"}


@pytest.fixture
def mapping(tmp_path: Path, town: Town) -> Path:
    return _mapping(tmp_path / "m.yaml", category={"field": "kind", "values": {"LAMP": town.dark_lamp.slug}})


def bring(tmp_path: Path, mapping: Path, row: dict[str, Any], **order: Any) -> Report:
    return load(write_cases(tmp_path / "υποθέσεις.geojson", [point(1000, 7000)], [row]), mapping, **order)


def test_a_case_that_was_closed_there_is_closed_here(tmp_path: Path, mapping: Path) -> None:
    bring(tmp_path, mapping, OPEN)
    first = Issue.objects.get()
    assert counts(bring(tmp_path, mapping, CLOSED)) == {"read": 1, "changed": 1}
    issue = Issue.objects.get()
    assert (issue.state, issue.resolved_at) == ("closed", datetime(2023, 5, 4, 10, tzinfo=UTC))
    assert (issue.number, issue.version) == (first.number, first.version + 1)
    event = issue.events.last()
    assert event is not None
    assert (event.kind, event.from_state, event.to_state) == ("state", "received", "closed")
    assert event.data["import"] == "υποθέσεις.geojson"
    assert event.at == issue.resolved_at
    assert not Notification.objects.exists()
    assert counts(bring(tmp_path, mapping, CLOSED)) == {"read": 1, "unchanged": 1}


def test_new_words_come_with_a_note_for_staff(tmp_path: Path, mapping: Path) -> None:
    bring(tmp_path, mapping, OPEN)
    bring(tmp_path, mapping, OPEN | {"street": "Κορίνθου 7", "text": "Σκοτάδι"})
    issue = Issue.objects.get()
    assert (issue.address, issue.description, issue.state) == ("Κορίνθου 7", "Σκοτάδι", "received")
    note = issue.events.last()
    assert note is not None
    assert (note.kind, note.is_public) == ("note", False)
    assert note.data["before"] == {"description": "", "address": "Κορίνθου 1"}


def test_a_case_reopened_there_is_reopened_here(tmp_path: Path, mapping: Path) -> None:
    bring(tmp_path, mapping, CLOSED)
    assert counts(bring(tmp_path, mapping, OPEN)) == {"read": 1, "changed": 1}
    issue = Issue.objects.get()
    assert (issue.state, issue.resolved_at) == ("received", None)


def test_a_case_that_our_people_went_on_with_stays_as_it_is(tmp_path: Path, mapping: Path, bea: User) -> None:
    bring(tmp_path, mapping, OPEN)
    add_note(issue=Issue.objects.get(), actor=bea, text="Στάλθηκε συνεργείο.", is_public=False)
    before = contents()
    report = bring(tmp_path, mapping, CLOSED)
    assert counts(report) == {"read": 1, "unchanged": 1}
    [finding] = report.findings
    assert (finding.code, finding.key, finding.facts["fields"]) == ("kept_ours", "A-1", "state, resolved_at")
    assert contents() == before


def test_without_news_nothing_is_said_of_our_work(tmp_path: Path, mapping: Path, bea: User) -> None:
    bring(tmp_path, mapping, OPEN)
    add_note(issue=Issue.objects.get(), actor=bea, text="Στάλθηκε συνεργείο.", is_public=False)
    report = bring(tmp_path, mapping, OPEN)
    assert (counts(report), report.findings) == ({"read": 1, "unchanged": 1}, [])


def test_cases_from_before_the_journal_tell_by_their_version(
    tmp_path: Path, mapping: Path, bea: User
) -> None:
    bring(tmp_path, mapping, OPEN)
    ImportChange.objects.all().delete()
    assert bring(tmp_path, mapping, OPEN | {"text": "Πάλι"}).counts["changed"] == 1
    bring(tmp_path, mapping, CLOSED)
    add_note(issue=Issue.objects.get(), actor=bea, text="Ελέγχθηκε.", is_public=False)
    ImportChange.objects.all().delete()
    assert [finding.code for finding in bring(tmp_path, mapping, OPEN).findings] == ["kept_ours"]


def test_an_update_is_undone(tmp_path: Path, mapping: Path) -> None:
    bring(tmp_path, mapping, OPEN)
    report = bring(tmp_path, mapping, CLOSED)
    assert report.run is not None
    undo_run(run=report.run, user=None)
    issue = Issue.objects.get()
    assert (issue.state, issue.resolved_at) == ("received", None)
    assert [event.kind for event in issue.events.all()] == ["reported", "routed", "state", "state"]


def test_a_dry_run_counts_and_changes_nothing(tmp_path: Path, mapping: Path) -> None:
    bring(tmp_path, mapping, OPEN)
    before = contents()
    assert counts(bring(tmp_path, mapping, CLOSED, dry_run=True)) == {"read": 1, "changed": 1}
    assert contents() == before
