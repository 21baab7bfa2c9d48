"""What lies in what: areas, lengths and numbers by class, what lies in none, what is counted twice."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString, Polygon
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from accounts.models import User
from core.errors import NotFound
from layers.models import GeometryKind, Layer, Visibility
from planning.models import PlanJob
from planning.overlay.errors import NoSuchField, NoSurfaces, TooManyClasses
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.overlay.results import Cell, Overlay
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at
from tests.factories.places import box

SCHEMA = {"type": "object", "properties": {"use": {"type": "string"}, "owner": {"type": "string"}}}


def layer(slug: str, rows: dict[str, tuple[str, Any]], **more: Any) -> Layer:
    """Of rows by key: what they are used for, and their shape."""
    made = LayerFactory.create(slug=slug, title=slug.title(), field_schema=SCHEMA, **more)
    for key, (use, geom) in rows.items():
        FeatureFactory.create(layer=made, key=key, properties={"use": use, "owner": "Δήμος"}, geom=geom)
    return made


@pytest.fixture
def plots(town: Town) -> Layer:
    """A in one, B across both, C outside, D without a use in the east."""
    return layer(
        "plots",
        {
            "A": ("homes", box(1000, 1000, 1010, 1010)),
            "B": ("shops", box(1090, 1000, 1110, 1010)),
            "C": ("homes", box(5000, 5000, 5010, 5010)),
            "D": ("shops", box(1150, 1000, 1160, 1010)),
        },
    )


@pytest.fixture
def quarters(town: Town) -> Layer:
    rows = {"west": ("old", box(1000, 1000, 1100, 1100)), "east": ("new", box(1100, 1000, 1200, 1100))}
    return layer("quarters", rows)


def asked(user: Any = None, **order: str) -> Overlay:
    return overlay(*sides_of(Order(**order), user or AnonymousUser()))


def test_area_and_number_by_surface(plots: Layer, quarters: Layer) -> None:
    found = asked(what="plots", by="quarters")
    assert found.cells == {("west", ""): Cell(2, 200), ("east", ""): Cell(2, 200)}
    assert found.surfaces == {"west": Cell(1, 10_000), "east": Cell(1, 10_000)}
    assert (found.all, found.outside, found.rows_outside, found.doubled) == (Cell(4, 500), 100, 1, 0)


def test_classes_of_both_sides_make_a_table(plots: Layer, quarters: Layer) -> None:
    found = asked(what="plots", by="quarters", by_field="use", what_field="use")
    assert found.cells == {
        ("old", "homes"): Cell(1, 100),
        ("old", "shops"): Cell(1, 100),
        ("new", "shops"): Cell(2, 200),
    }
    assert found.totals["homes"].all == Cell(2, 200)
    assert found.totals["homes"].rows_outside == 1


def test_a_row_in_two_surfaces_of_one_class_is_one_row(plots: Layer, quarters: Layer) -> None:
    found = asked(what="plots", by="quarters", by_field="owner")
    assert found.cells == {("Δήμος", ""): Cell(3, 400)}


def test_what_touches_from_outside_does_not_lie_in_it(town: Town, quarters: Layer) -> None:
    layer("beside", {"X": ("homes", box(990, 1000, 1000, 1010))})
    found = asked(what="beside", by="quarters")
    assert found.cells == {}
    assert found.rows_outside == 1


def test_overlapping_surfaces_are_said_and_the_covered_area_is_right(plots: Layer, quarters: Layer) -> None:
    FeatureFactory.create(
        layer=quarters, key="over", properties={"use": "old"}, geom=box(1000, 1000, 1005, 1005)
    )
    FeatureFactory.create(
        layer=quarters, key="more", properties={"use": "old"}, geom=box(1000, 1000, 1005, 1005)
    )
    found = asked(what="plots", by="quarters")
    assert found.counted == pytest.approx(450)
    assert found.covered == pytest.approx(400)
    assert found.doubled == pytest.approx(50)
    assert found.outside == pytest.approx(100)


def test_large_surfaces_are_cut_and_nothing_is_lost(plots: Layer, town: Town) -> None:
    round_one = at(1050, 1050).buffer(400, 200)
    layer("circle", {"O": ("old", round_one)})
    found = asked(what="plots", by="circle")
    assert round_one.num_coords > 256
    assert found.cells[("O", "")].rows == 3
    assert found.cells[("O", "")].amount == pytest.approx(400)


def test_lengths_of_lines_and_numbers_of_points(town: Town, quarters: Layer) -> None:
    line = LineString(at(1050, 1050).coords, at(1250, 1050).coords, srid=at(0, 0).srid)
    layer("paths", {"p": ("path", line)}, geometry_kind=GeometryKind.LINE)
    layer("trees", {"t": ("tree", at(1050, 1050)), "edge": ("tree", at(1100, 1050)), "far": ("tree", at(9, 9))},
          geometry_kind=GeometryKind.POINT)  # fmt: skip
    lengths = asked(what="paths", by="quarters")
    assert lengths.cells == {("west", ""): Cell(1, 50), ("east", ""): Cell(1, 100)}
    assert lengths.outside == 50
    numbers = asked(what="trees", by="quarters")
    assert {by: cell.rows for (by, _), cell in numbers.cells.items()} == {"west": 2, "east": 1}
    assert (numbers.rows_outside, numbers.rows_in_several, numbers.doubled) == (1, 1, 1)


def test_filters_narrow_both_sides(plots: Layer, quarters: Layer) -> None:
    found = asked(what="plots", by="quarters", what_filter="use = 'shops'", by_filter="use = 'new'")
    assert found.cells == {("east", ""): Cell(2, 200)}
    assert found.outside == 100


def test_wrong_shapes_are_mended_and_said(town: Town, quarters: Layer) -> None:
    x, y = at(1010, 1010).coords
    bow = Polygon(((x, y), (x + 10, y + 10), (x + 10, y), (x, y + 10), (x, y)), srid=at(0, 0).srid)
    other = box(1095, 1000, 1105, 1010)
    layer("bows", {"8": ("homes", bow), "9": ("homes", other)})
    found = asked(what="bows", by="quarters")
    assert found.cell("west", "").amount == pytest.approx(50 + 50)
    assert found.mended == 1


def test_it_survives_being_kept_as_json(plots: Layer, quarters: Layer) -> None:
    found = asked(what="plots", by="quarters", by_field="use", what_field="use")
    assert Overlay.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_what_cannot_be_asked_is_refused(
    plots: Layer, quarters: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound):
        asked(what="nowhere", by="quarters")
    with pytest.raises(NoSuchField):
        asked(what="plots", by="quarters", what_field="colour")
    layer("dots", {"t": ("tree", at(1, 1))}, geometry_kind=GeometryKind.POINT)
    with pytest.raises(NoSurfaces):
        asked(what="plots", by="dots")
    monkeypatch.setattr("planning.overlay.reckon.MOST_COLUMNS", 1)
    with pytest.raises(TooManyClasses):
        asked(what="plots", by="quarters", what_field="use")


def test_hidden_layers_fields_and_rows_are_not_told(plots: Layer, quarters: Layer, bea: User) -> None:
    fields = {"use": {"type": "string"}, "owner": {"type": "string", "visibility": "staff"}}
    schema = {"type": "object", "properties": fields}
    Layer.objects.filter(pk=plots.pk).update(field_schema=schema, public_rows="use = 'shops'")
    everybody = asked(what="plots", by="quarters", what_field="use")
    assert set(everybody.totals) == {"shops"}
    assert asked(bea, what="plots", by="quarters", what_field="owner").totals.keys() == {"Δήμος"}
    with pytest.raises(NoSuchField):
        asked(what="plots", by="quarters", what_field="owner")
    page = Client().get("/plan/overlay/?what=plots&by=quarters").content.decode()
    assert page.count('value="owner"') == 1, "that of the quarters"
    Layer.objects.filter(pk=plots.pk).update(visibility=Visibility.STAFF)
    with pytest.raises(NotFound):
        asked(what="plots", by="quarters")
    assert "Plots" not in Client().get("/plan/overlay/").content.decode()


GO = "/plan/overlay/?go=1&what=plots&by=quarters&by_field=use&what_field=use"


def test_the_page_shows_table_and_bars_to_everybody(plots: Layer, quarters: Layer) -> None:
    answer = Client().get(GO)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "overlay-bars__bar" in page
    assert "<table" in page
    assert "planning:keep" not in page


def test_a_broken_filter_is_told_on_the_page(plots: Layer, quarters: Layer) -> None:
    answer = Client().get(GO + "&what_filter=colour%3D1")
    assert answer.status_code == 400
    assert "colour" in answer.content.decode()


def test_the_csv_has_every_pair_and_what_is_outside(plots: Layer, quarters: Layer) -> None:
    answer = Client().get("/plan/overlay/file/?format=csv&what=plots&by=quarters&by_field=use&what_field=use")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["new", "shops", "2", "200.0"] in rows
    assert [row[1:] for row in rows[-1:]] == [["homes", "1", "100.0"]]


def test_geojson_has_the_surfaces_with_their_figures(plots: Layer, quarters: Layer) -> None:
    answer = Client().get(
        "/plan/overlay/file/?format=geojson&what=plots&by=quarters&by_field=use&what_field=use"
    )
    found = {one["properties"]["name"]: one for one in json.loads(answer.content)["features"]}
    assert found["new"]["properties"]["area_m2"] == 200
    assert found["new"]["properties"]["largest"] == "shops"
    assert found["new"]["geometry"]["type"] == "MultiPolygon"


def test_a_planner_keeps_it_as_a_layer(
    plots: Layer, quarters: Layer, planner: User, bea: User, sign_in: SignIn
) -> None:
    order = {"what": "plots", "by": "quarters", "by_field": "use", "what_field": "use", "title": "Χρήσεις"}
    assert sign_in(bea).post("/plan/overlay/keep/", order).status_code == 403
    assert sign_in(planner).post("/plan/overlay/keep/", order).status_code == 302
    kept = Layer.objects.get(title="Χρήσεις")
    assert kept.visibility == Visibility.STAFF
    assert "Plots" in kept.source
    new = kept.features.get(key="new")
    assert new.properties["area_m2"] == 200
    assert new.geom is not None
    assert new.geom.area == pytest.approx(10_000)


def test_what_is_made_of_a_closed_layer_is_closed_too(
    plots: Layer, quarters: Layer, planner: User, bea: User, town: Town, sign_in: SignIn
) -> None:
    Layer.objects.filter(pk=plots.pk).update(visibility=Visibility.DEPARTMENTS)
    plots.departments.add(town.planning)
    order = {"what": "plots", "by": "quarters", "by_field": "use", "title": "Κλειστό"}
    assert sign_in(planner).post("/plan/overlay/keep/", order).status_code == 302
    kept = Layer.objects.get(title="Κλειστό")
    assert kept.visibility == Visibility.DEPARTMENTS
    assert list(kept.departments.all()) == [town.planning]
    assert Layer.objects.visible_to(planner).filter(pk=kept.pk).exists()
    assert not Layer.objects.visible_to(bea).filter(pk=kept.pk).exists()


def test_the_command_prints_and_writes_the_figures(
    plots: Layer, quarters: Layer, tmp_path: Path, capsys: Any
) -> None:
    out = tmp_path / "uses.csv"
    call_command("overlay", "plots", "quarters", "--by", "use", "--of", "use", "--csv", str(out))
    assert "shops" in capsys.readouterr().out
    assert ["new", "shops", "2", "200.0"] in list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
    with pytest.raises(CommandError, match="colour"):
        call_command("overlay", "plots", "quarters", "--of", "colour")


def test_long_questions_are_done_in_the_background(
    plots: Layer,
    quarters: Layer,
    planner: User,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    settings.PLAN_MEMORY_MB = 0
    monkeypatch.setattr("planning.overlay.cost.ROWS_AT_ONCE", 0)
    assert Client().get(GO).status_code == 400
    client = sign_in(planner)
    assert "/plan/overlay/ask/" in client.get(GO).content.decode()
    order = {"what": "plots", "by": "quarters", "by_field": "use", "what_field": "use"}
    job = PlanJob.objects.get(pk=client.post("/plan/overlay/ask/", order).headers["Location"].split("/")[-2])
    call_command("plan_job", job.pk)
    result = client.get(f"/plan/overlay/results/{job.pk}/")
    assert "shops" in result.content.decode()
    assert client.get(f"/plan/overlay/results/{job.pk}/file/?format=xlsx").status_code == 200
