"""Imports into registers without a history of their own are undone from their journal, to the last digit."""

from collections.abc import Collection
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Model

from accounts.models import User
from assets.models import Asset, AssetEvent, AssetType
from importers.actions.journal import keep_changes
from importers.actions.undo import conflicts, undo_preview, undo_run
from importers.models import ImportRun, ImportState
from importers.registers import AREAS, ASSETS, DEPARTMENTS, ISSUES, PLACES, Register, flat_states
from importers.undo_errors import NothingToUndo, UndoBlocked
from issues.models import Issue, IssueEvent, Notification
from issues.states import State
from layers.models import Place
from municipality.models import Area, Department
from tests.factories import (
    AreaFactory,
    AssetFactory,
    DepartmentFactory,
    FollowerFactory,
    IssueFactory,
    PlaceFactory,
    Town,
    at,
    multi_box,
)

pytestmark = pytest.mark.django_db
NAMES: dict[Any, tuple[str, Register]] = {
    Asset: ("assets", ASSETS),
    Area: ("areas", AREAS),
    Place: ("addresses", PLACES),
    Department: ("departments", DEPARTMENTS),
    Issue: ("issues", ISSUES),
}


class Import:
    """What an importer does with a register: remember, write, keep the journal."""

    def __init__(self, model: type[Model], held: Collection[Any] = ()) -> None:
        self.target, self.register = NAMES[model]
        self.before = flat_states(self.register, [row.pk for row in held])

    def done(self, *written: Any) -> ImportRun:
        run = ImportRun.objects.create(target=self.target, file_name="file.csv", state=ImportState.DONE)
        keys = {row.pk: str(row.pk) for row in written}
        assert keep_changes(run=run, register=self.register, keys=keys, before=self.before) == len(written)
        return run


def change(row: Any, **values: Any) -> ImportRun:
    """A run that changes one row."""
    importing = Import(type(row), [row])
    type(row).objects.filter(pk=row.pk).update(**values)
    return importing.done(row)


def odd(x: float, y: float) -> GEOSGeometry:
    """A place whose coordinates need all the digits of a double."""
    place = at(x, y)
    return GEOSGeometry(f"SRID={place.srid};POINT ({place.x + 1 / 3!r} {place.y + 0.1 + 0.2!r})")


def undone(run: ImportRun, **how: Any) -> ImportRun:
    undo = undo_run(run=run, user=None, **how).run
    assert undo is not None
    return undo


def test_changed_asset_is_as_it_was_with_an_event(bea: User) -> None:
    lamp: Asset = AssetFactory.create(location=odd(10, 20), properties={"watts": 70.10, "type": "Na"})
    exact = bytes(lamp.location.ewkb)
    run = change(lamp, location=at(1, 2), properties={"watts": 40}, state="out_of_service")
    report = undo_run(run=run, user=bea)
    lamp.refresh_from_db()
    assert bytes(lamp.location.ewkb) == exact
    assert (lamp.properties, lamp.state) == ({"watts": 70.10, "type": "Na"}, "active")
    assert report.counts["changed"] == 1
    event = AssetEvent.objects.get(asset=lamp)
    assert (event.kind, event.actor, event.data["before"]["state"]) == ("changed", bea, "out_of_service")


def test_added_asset_leaves_the_ground_and_comes_back_when_the_undo_is_undone() -> None:
    kind: AssetType = AssetFactory.create().type
    lamp: Asset = AssetFactory.create(type=kind)
    run = Import(Asset).done(lamp)
    ImportRun.objects.filter(pk=run.pk).update(target_slug=kind.slug)
    undo = undone(run)
    lamp.refresh_from_db()
    assert lamp.state == "removed"
    assert AssetType.objects.get(pk=kind.pk).revision == kind.revision + 1
    undone(undo)
    lamp.refresh_from_db()
    assert lamp.state == "active"
    assert [event.kind for event in AssetEvent.objects.filter(asset=lamp)] == ["retired", "changed"]


def test_touched_asset_is_a_conflict_until_decided() -> None:
    lamp: Asset = AssetFactory.create(properties={"watts": 70})
    run = change(lamp, properties={"watts": 40})
    Asset.objects.filter(pk=lamp.pk).update(properties={"watts": 41})
    [conflict] = conflicts(run)
    states = (conflict.before, conflict.after, conflict.now)
    assert [state and state.properties["properties"]["watts"] for state in states] == [70, 40, 41]
    assert conflict.now is not None
    assert conflict.now.geom == lamp.location
    assert (undo_preview(run).back, undo_preview(run).conflicts) == (0, 1)
    undone(run, back=[conflict.key])
    lamp.refresh_from_db()
    assert lamp.properties == {"watts": 70}


def test_conflict_that_is_not_decided_stays_and_is_told() -> None:
    lamp: Asset = AssetFactory.create(properties={"watts": 70})
    run = change(lamp, properties={"watts": 40})
    Asset.objects.filter(pk=lamp.pk).update(properties={"watts": 41})
    report = undo_run(run=run, user=None)
    lamp.refresh_from_db()
    assert lamp.properties == {"watts": 41}
    assert [finding.code for finding in report.findings] == ["undo_left"]


def test_changed_area_is_as_it_was_also_in_the_search(town: Town) -> None:
    before = bytes(town.north.boundary.ewkb)
    run = change(town.north, name="Άλλο", boundary=multi_box(0, 0, 10, 10))
    undone(run)
    area = Area.objects.get(pk=town.north.pk)
    assert (area.name, bytes(area.boundary.ewkb)) == (town.north.name, before)
    assert Place.objects.get(kind="area", key=f"area:{area.level}:{area.code}").name == town.north.name


def test_added_area_is_deleted_with_its_place_and_comes_back(town: Town) -> None:
    area: Area = AreaFactory.create(parent=town.north)
    place = PlaceFactory.create(kind="area", key=f"{area.level}:{area.code}")
    undo = undone(Import(Area).done(area))
    assert not Area.objects.filter(pk=area.pk).exists()
    assert not Place.objects.filter(pk=place.pk).exists()
    undone(undo)
    again = Area.objects.get(pk=area.pk)
    assert (again.parent, bytes(again.boundary.ewkb)) == (town.north, bytes(area.boundary.ewkb))


def test_area_that_something_names_stays_with_the_reason(town: Town) -> None:
    area: Area = AreaFactory.create()
    town.roads.serves.add(area)
    run = Import(Area).done(area)
    [conflict] = conflicts(run)
    assert conflict.reason
    undone(run, back=None)
    assert Area.objects.filter(pk=area.pk).exists()


def test_area_stays_with_the_areas_inside_that_stay_and_goes_with_those_that_go(town: Town) -> None:
    outer: Area = AreaFactory.create()
    inner: Area = AreaFactory.create(parent=outer)
    run = Import(Area).done(outer, inner)
    town.roads.serves.add(inner)
    assert undo_preview(run).conflicts == 2
    town.roads.serves.remove(inner)
    undone(run)
    assert not Area.objects.filter(pk__in=[outer.pk, inner.pk]).exists()


def test_home_goes_back_to_the_municipality_that_was_it(town: Town) -> None:
    importing = Import(Area, [town.home, town.neighbour])
    Area.objects.filter(pk=town.home.pk).update(is_home=False)
    Area.objects.filter(pk=town.neighbour.pk).update(is_home=True)
    undone(importing.done(town.home, town.neighbour))
    assert Area.objects.home() == town.home


def test_code_that_was_given_again_blocks_the_undo_in_a_sentence(town: Town) -> None:
    area: Area = AreaFactory.create(code="N1")
    undo = undone(Import(Area).done(area))
    AreaFactory.create(code="N1")
    with pytest.raises(UndoBlocked):
        undo_run(run=undo, user=None)
    undo.refresh_from_db()
    assert undo.state == ImportState.DONE


def test_added_case_is_withdrawn_without_a_mail_and_keeps_its_number(town: Town) -> None:
    issue: Issue = IssueFactory.resolved(category=town.dark_lamp, department=town.lighting_north)
    FollowerFactory.create(issue=issue)
    run = Import(Issue).done(issue)
    undo = undone(run)
    row = Issue.objects.get(pk=issue.pk)
    assert (row.state, row.resolved_at, row.number) == (State.WITHDRAWN, None, issue.number)
    assert row.version == issue.version + 1
    event = IssueEvent.objects.filter(issue=issue).last()
    assert event is not None
    assert (event.from_state, event.to_state) == (State.RESOLVED, State.WITHDRAWN)
    assert Notification.objects.count() == 0
    undone(undo)
    row.refresh_from_db()
    assert (row.state, row.resolved_at) == (State.RESOLVED, issue.resolved_at)
    assert Notification.objects.count() == 0


def test_case_with_a_note_since_is_a_conflict(town: Town) -> None:
    issue: Issue = IssueFactory.accepted(category=town.dark_lamp, department=town.lighting_north)
    run = Import(Issue).done(issue)
    IssueEvent.objects.create(issue=issue, kind="note", text="τηλεφώνησε")
    assert undo_preview(run).conflicts == 1
    undone(run)
    assert Issue.objects.get(pk=issue.pk).state == State.ACCEPTED


def test_addresses_go_back_to_the_digit() -> None:
    changed: Place = PlaceFactory.create(kind="address", location=odd(5, 6))
    exact = bytes(changed.location.ewkb)
    added: Place = PlaceFactory.create(kind="address", name="Ερμού 1")
    importing = Import(Place, [changed])
    Place.objects.filter(pk=changed.pk).update(name="Ερμού 2", location=at(0, 0))
    undo = undone(importing.done(changed, added))
    assert not Place.objects.filter(pk=added.pk).exists()
    row = Place.objects.get(pk=changed.pk)
    assert (row.name, bytes(row.location.ewkb)) == (changed.name, exact)
    undone(undo)
    assert Place.objects.get(pk=added.pk).name == "Ερμού 1"


def test_departments_go_back_with_the_areas_they_serve(town: Town) -> None:
    importing = Import(Department, [town.roads])
    town.roads.serves.set([town.north])
    new: Department = DepartmentFactory.create(parent=town.technical)
    new.serves.set([town.south])
    run = importing.done(town.roads, new)
    undo = undone(run)
    assert list(town.roads.serves.all()) == []
    assert not Department.objects.filter(pk=new.pk).exists()
    undone(undo)
    assert list(town.roads.serves.all()) == [town.north]
    assert list(Department.objects.get(pk=new.pk).serves.all()) == [town.south]


def test_department_with_people_stays(town: Town, bea: User) -> None:
    run = Import(Department).done(town.lighting_north)
    assert conflicts(run)[0].reason
    undone(run, back=None)
    assert Department.objects.filter(pk=town.lighting_north.pk).exists()


def test_run_without_a_journal_cannot_be_undone() -> None:
    run = ImportRun.objects.create(target="assets", file_name="old.csv", state=ImportState.DONE)
    with pytest.raises(NothingToUndo):
        undo_run(run=run, user=None)
