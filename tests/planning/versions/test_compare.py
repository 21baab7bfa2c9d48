"""A draft against the plan in force: which ground and which plots change, and what stands there."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import LineString
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.errors import NotAllowed
from layers.models import Feature, Layer, Visibility
from planning.actions.versions import adopt_version, drop_version, make_version
from planning.models import PlanJob, PlanVersion, VersionState
from planning.overlay.errors import NoSurfaces
from planning.versions.compare import compare
from planning.versions.comparison import Change, Comparison
from planning.versions.errors import NotADraft, SameLayer
from tests.conftest import SignIn
from tests.factories import AssetFactory, FeatureFactory, IssueFactory, LayerFactory, Town, at
from tests.factories.places import box

FIELDS = {
    "use": {"type": "string", "title": "Χρήση", "x-role": "land_use"},
    "far": {"type": "number", "title": "ΣΔ", "x-role": "floor_area_ratio"},
    "name": {"type": "string"},
}
DRAFT_FIELDS = {
    "land": {"type": "string", "x-role": "land_use"},
    "ratio": {"type": "number", "x-role": "floor_area_ratio"},
}


def layer(
    slug: str, fields: dict[str, Any], rows: dict[str, tuple[dict[str, Any], Any]], **more: Any
) -> Layer:
    schema = {"type": "object", "properties": fields, "x-part": more.pop("part", "none")}
    made = LayerFactory.create(slug=slug, title=slug.title(), field_schema=schema, **more)
    for key, (properties, geom) in rows.items():
        FeatureFactory.create(layer=made, key=key, properties=properties, geom=geom)
    return made


@pytest.fixture
def version(town: Town, planner: User) -> PlanVersion:
    """In force: homes in the west, shops in the east, side by side. The draft lets more be built in the western half of
    the east, and takes new ground in the north; two plots, the one across the border of what changes."""
    now = layer("plan", FIELDS, {
        "W": ({"use": "homes", "far": 0.8, "name": "west"}, box(1000, 1000, 1100, 1100)),
        "E": ({"use": "shops", "far": 1.0, "name": "east"}, box(1100, 1000, 1200, 1100)),
    })  # fmt: skip
    draft = layer("draft", DRAFT_FIELDS, {
        "E": ({"land": "shops", "ratio": 2.0}, box(1100, 1000, 1150, 1100)),
        "N": ({"land": "homes", "ratio": 0.4}, box(1000, 1100, 1100, 1150)),
    }, visibility=Visibility.STAFF)  # fmt: skip
    layer("plots", {}, {
        "1": ({}, box(1090, 1000, 1110, 1010)),
        "2": ({}, box(1160, 1000, 1170, 1010)),
        "3": ({}, box(1010, 1010, 1020, 1020)),
    }, part="plot", theme="cadastre")  # fmt: skip
    return make_version(title="Τροποποίηση", current=now, draft=draft, author=planner)


def test_the_ground_that_changes_and_how(version: PlanVersion, planner: User) -> None:
    found = compare(version, planner)
    told = {(piece.old_key, piece.new_key): (piece.change, round(piece.area_m2)) for piece in found.pieces}
    assert told == {
        ("E", "E"): (Change.RATIO_UP, 5000),
        (None, "N"): (Change.ADDED, 5000),
        ("E", None): (Change.ENDED, 5000),
    }
    assert [(one.key, round(one.before_m2), round(one.after_m2)) for one in found.redrawn] == [
        ("E", 10_000, 5000)
    ]


def test_what_may_be_built_is_reckoned_for_the_changed_part_of_a_plot(
    version: PlanVersion, planner: User
) -> None:
    plots = {plot.key: plot for plot in compare(version, planner).plots}
    assert set(plots) == {"1", "2"}
    one, two = plots["1"], plots["2"]
    assert [one.area_m2, one.changed_m2] == pytest.approx([200, 100])
    assert [one.built_before_m2, one.built_after_m2] == pytest.approx([100, 200])
    assert [two.built_before_m2, two.built_after_m2] == pytest.approx([100, 0])
    assert not one.says_otherwise("land_use")
    assert two.says_otherwise("land_use")


def test_a_draft_that_repeats_the_plan_changes_nothing(version: PlanVersion, planner: User) -> None:
    same = Feature.objects.get(layer=version.draft, key="E")
    Feature.objects.filter(layer=version.draft, key="N").delete()
    Feature.objects.filter(pk=same.pk).update(
        properties={"land": "shops", "ratio": 1}, geom=box(1100, 1000, 1200, 1100)
    )
    found = compare(version, planner)
    assert (found.pieces, found.redrawn, found.plots) == ((), (), ())


def test_a_border_drawn_a_little_otherwise_is_no_change(version: PlanVersion, planner: User) -> None:
    Feature.objects.filter(layer=version.draft).delete()
    shifted = box(1100.03, 1000, 1200.03, 1100)
    FeatureFactory.create(
        layer=version.draft, key="E", properties={"land": "shops", "ratio": 1.0}, geom=shifted
    )
    assert compare(version, planner).pieces == ()


def test_assets_and_open_issues_on_changed_ground(version: PlanVersion, planner: User, town: Town) -> None:
    AssetFactory.create(type=town.streetlight, code="ΦΩ-00001", location=at(1120, 1050))
    AssetFactory.create(type=town.streetlight, code="ΦΩ-00002", location=at(1020, 1050))
    issue = IssueFactory.accepted(
        category=town.dark_lamp, department=town.lighting_north, location=at(1120, 1060)
    )
    inside = {one.kind: one for one in compare(version, planner).inside}
    assert (inside["asset"].count, inside["asset"].keys) == (1, ("ΦΩ-00001",))
    assert inside["issue"].keys == (issue.number,)


def test_it_survives_being_kept_as_json(version: PlanVersion, planner: User) -> None:
    found = compare(version, planner)
    assert Comparison.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_hidden_fields_and_layers_are_not_told(version: PlanVersion, planner: User, bea: User) -> None:
    hidden = {**FIELDS, "far": {**FIELDS["far"], "visibility": "departments"}}
    Layer.objects.filter(slug="plan").update(field_schema={"type": "object", "properties": hidden})
    fresh = PlanVersion.objects.get(pk=version.pk)
    assert list(compare(fresh, bea).titles) == ["land_use"]
    assert {piece.change for piece in compare(fresh, bea).pieces} == {Change.ADDED, Change.ENDED}
    address = f"/plan/versions/{version.pk}/"
    assert Client().get(address).status_code == 404
    assert "Τροποποίηση" not in Client().get("/plan/versions/").content.decode()


def test_the_page_and_its_files(version: PlanVersion, planner: User, sign_in: SignIn) -> None:
    client = sign_in(planner)
    page = client.get(f"/plan/versions/{version.pk}/")
    assert page.status_code == 200
    assert 'id="map"' in page.content.decode()
    file = f"/plan/versions/{version.pk}/file/?format="
    rows = list(csv.reader(io.StringIO(client.get(f"{file}csv").content.decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"1", "2"}
    found = json.loads(client.get(f"{file}geojson").content)
    assert {one["properties"]["change"] for one in found["features"]} == {"ratio-up", "added", "ended"}
    pdf = client.get(f"{file}pdf")
    assert pdf.content.startswith(b"%PDF")
    assert client.get(f"{file}exe").status_code == 404


def test_a_planner_makes_a_draft_of_two_layers(
    version: PlanVersion, planner: User, bea: User, sign_in: SignIn
) -> None:
    order = {"title": "Άλλη", "current": version.current_id, "draft": version.draft_id, "note": ""}
    assert sign_in(bea).post("/plan/versions/new/", order).status_code == 403
    assert sign_in(planner).post("/plan/versions/new/", order).status_code == 302
    assert PlanVersion.objects.filter(title="Άλλη", author=planner).exists()
    with pytest.raises(SameLayer):
        make_version(title="x", current=version.current, draft=version.current, author=planner)


def test_adopting_writes_a_change_in_force_from_a_day(version: PlanVersion, planner: User) -> None:
    day = timezone.localdate() + timedelta(days=10)
    Feature.objects.filter(layer=version.draft, key="N").update(geom=box(1000, 1090, 1100, 1150))
    counts = adopt_version(version=version, valid_from=day, reason="ΦΕΚ 1/Δ/2026", user=planner)
    assert (counts.added, counts.changed) == (1, 2)
    then = Feature.objects.of_layer(version.current_id).as_of(timezone.now() + timedelta(days=11))
    found = {row.key: row for row in then}
    assert found["E"].properties == {"use": "shops", "far": 2.0}
    west, north = found["W"].geom, found["N"].geom
    assert west is not None
    assert west.area == pytest.approx(9000), "the ground of the new zone is cut from the old"
    assert north is not None
    assert north.area == pytest.approx(6000)
    today = Feature.objects.of_layer(version.current_id).current()
    assert {row.key: row.properties["far"] for row in today} == {"W": 0.8, "E": 1.0}
    assert PlanVersion.objects.get(pk=version.pk).state == VersionState.ADOPTED
    with pytest.raises(NotADraft):
        adopt_version(version=version, valid_from=day, reason="again", user=planner)


def test_who_is_not_told_all_of_a_layer_cannot_adopt(version: PlanVersion, planner: User) -> None:
    Layer.objects.filter(pk=version.current_id).update(public_rows="far < 1", other_rows="departments")
    with pytest.raises(NotAllowed):
        adopt_version(version=version, valid_from=timezone.localdate(), reason="", user=planner)
    assert PlanVersion.objects.get(pk=version.pk).state == VersionState.DRAFT


def test_a_dropped_draft_stays_readable(version: PlanVersion, planner: User, sign_in: SignIn) -> None:
    drop_version(version=version)
    page = sign_in(planner).get(f"/plan/versions/{version.pk}/").content.decode()
    assert "/adopt/" not in page


def test_large_drafts_are_compared_in_the_background(
    version: PlanVersion, planner: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.PLAN_MEMORY_MB = 0
    monkeypatch.setattr("planning.versions.views.SURFACES_AT_ONCE", 0)
    client = sign_in(planner)
    assert "/ask/" in client.get(f"/plan/versions/{version.pk}/").content.decode()
    asked = client.post(f"/plan/versions/{version.pk}/ask/")
    job = PlanJob.objects.get(pk=asked.headers["Location"].split("/")[-2])
    call_command("plan_job", job.pk)
    assert "Plots" in client.get(f"/plan/versions/results/{job.pk}/").content.decode()
    assert client.get(f"/plan/versions/results/{job.pk}/file/?format=csv").status_code == 200


@pytest.fixture
def lines(version: PlanVersion, planner: User) -> PlanVersion:
    """The building line before plot 1 is set back by 5 m; the other line is drawn twice, 2 cm apart."""
    far = LineString(at(1000, 1090).coords, at(1200, 1090).coords, srid=at(0, 0).srid)
    old = LineString(at(1080, 1004).coords, at(1120, 1004).coords, srid=at(0, 0).srid)
    new = LineString(at(1080, 1009).coords, at(1120, 1009).coords, srid=at(0, 0).srid)
    same = LineString(at(1000, 1090.02).coords, at(1200, 1090.02).coords, srid=at(0, 0).srid)
    now = layer("lines", {}, {"a": ({}, old), "b": ({}, far)}, geometry_kind="line")
    draft = layer("draft-lines", {}, {"a": ({}, new), "b": ({}, same)}, geometry_kind="line")
    return make_version(title="Γραμμές", current=now, draft=draft, author=planner)


def test_lines_that_go_and_come_and_the_plots_they_cross(
    lines: PlanVersion, planner: User, sign_in: SignIn
) -> None:
    found = compare(lines, planner)
    assert [(line.key, line.is_new, round(line.metres)) for line in found.lines] == [
        ("a", False, 40),
        ("a", True, 40),
    ]
    [plot] = found.line_plots
    assert (plot.key, round(plot.gone_metres), round(plot.new_metres)) == ("1", 20, 20)
    assert Comparison.from_json(json.loads(json.dumps(found.as_json()))) == found
    client, address = sign_in(planner), f"/plan/versions/{lines.pk}/"
    assert client.get(address).status_code == 200
    file = client.get(f"{address}file/?format=csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file)))[1][0] == "1"
    assert client.get(f"{address}file/?format=pdf").content.startswith(b"%PDF")
    changes = json.loads(client.get(f"{address}file/?format=geojson").content)
    assert {one["geometry"]["type"] for one in changes["features"]} == {"LineString"}


def test_lines_are_not_compared_with_surfaces(
    lines: PlanVersion, version: PlanVersion, planner: User
) -> None:
    mixed = make_version(title="x", current=version.current, draft=lines.draft, author=planner)
    with pytest.raises(NoSurfaces):
        compare(mixed, planner)


def test_the_form_refuses_layers_that_cannot_be_compared(
    lines: PlanVersion, version: PlanVersion, planner: User, sign_in: SignIn
) -> None:
    order = {"title": "x", "current": version.current_id, "draft": lines.draft_id}
    assert sign_in(planner).post("/plan/versions/new/", order).status_code == 422
    same = {"title": "x", "current": version.current_id, "draft": version.current_id}
    assert sign_in(planner).post("/plan/versions/new/", same).status_code == 422


def test_the_command_compares_with_a_person_s_eyes(
    version: PlanVersion, planner: User, tmp_path: Path, capsys: Any
) -> None:
    call_command("compare_plan")
    assert "Τροποποίηση" not in capsys.readouterr().out, "everybody does not see the draft"
    out = tmp_path / "plots.csv"
    call_command("compare_plan", version.pk, "--user", planner.email, "--out", str(out))
    assert "E" in capsys.readouterr().out
    assert len(out.read_text("utf-8-sig").splitlines()) == 3
    with pytest.raises(CommandError):
        call_command("compare_plan", version.pk)
