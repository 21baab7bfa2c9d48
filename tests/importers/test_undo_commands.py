"""Undoing and looking back at the command line: words, exit codes, JSON."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from importers.models import ImportRun
from layers.actions import FeatureState, write_features
from layers.models import Layer
from tests.factories import LayerFactory, Town, box
from tests.importers.test_undo_layer import Parcels, edit, uses
from tests.importers.test_undo_layer import bring as bring

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 1
    return str(caught.value)


@pytest.fixture
def touched(bring: Parcels) -> ImportRun:
    """Changed A and B; A was changed by somebody since."""
    bring({"A": "field", "B": "house"})
    imported = bring({"A": "shop", "B": "tower"})
    edit("A", "bank")
    return imported


def test_undo_tells_what_went_back_and_what_waits(touched: ImportRun) -> None:
    said = run("undo_import", touched.pk)
    assert "rows that came back 0, rows as before 1, rows gone again 0." in said
    assert "Changed since: A" in said
    lines = [line for line in said.splitlines() if line.startswith("  ")]
    assert [word for line in lines for word in ("field", "shop", "bank") if word in line] == [
        "field",
        "shop",
        "bank",
    ]
    assert "because somebody changed them since (1): A." in said
    assert uses() == {"A": "bank", "B": "house"}


@pytest.mark.parametrize("decided", [("--back", "A"), ("--back-all",)])
def test_decided_rows_go_back_too(touched: ImportRun, decided: tuple[str, ...]) -> None:
    assert "Changed since" not in run("undo_import", touched.pk, *decided)
    assert uses() == {"A": "field", "B": "house"}


def test_dry_run_changes_nothing(touched: ImportRun) -> None:
    said = run("undo_import", touched.pk, "--dry-run")
    assert "rows as before 1" in said
    assert "nothing was changed" in said
    assert uses() == {"A": "bank", "B": "tower"}


def test_json_holds_the_three_states(touched: ImportRun) -> None:
    told = json.loads(run("undo_import", touched.pk, "--json"))
    touched.refresh_from_db()
    assert (told["run"], told["undo"]) == (touched.pk, touched.undone_by.pk)
    assert told["counts"] == {"added": 0, "changed": 1, "removed": 0}
    [conflict] = told["conflicts"]
    states = [conflict[name]["properties"]["use"] for name in ("before", "after", "now")]
    assert (conflict["key"], states) == ("A", ["field", "shop", "bank"])
    assert conflict["now"]["geometry"].startswith("SRID=2100;POLYGON")


def test_second_undo_is_refused_in_a_sentence(touched: ImportRun) -> None:
    run("undo_import", touched.pk)
    touched.refresh_from_db()
    undo = touched.undone_by.pk
    assert refused("undo_import", touched.pk) == (
        f"Import {touched.pk} was undone already, by run {undo}. To bring it back, undo that one."
    )


def test_unknown_run_is_refused(db: None) -> None:
    assert refused("undo_import", 999) == "There is no import 999."


def test_without_a_number_imports_are_listed(touched: ImportRun) -> None:
    assert f"{touched.pk}" in run("undo_import")
    [last, first] = json.loads(run("undo_import", "--json"))
    assert last["run"] == touched.pk
    assert first["run"] < last["run"]


def day(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


@pytest.fixture
def zones(town: Town) -> Layer:
    """0.8 from 2000, recorded in 2010; 1.2 from 2020, recorded in 2021."""
    layer: Layer = LayerFactory.create(slug="zones", title_en="Zones")
    for ratio, valid, recorded in ((0.8, 2000, 2010), (1.2, 2020, 2021)):
        states = [FeatureState("Z1", {"ratio": ratio}, box(0, 0, 100, 100))]
        write_features(layer=layer, states=states, valid_from=day(valid), recorded_at=day(recorded))
    return layer


@pytest.mark.parametrize(
    ("asked", "ratio"),
    [
        ((), "1.2"),
        (("--valid", "2010-05-01"), "0.8"),
        (("--valid", "2020-06-01", "--known", "2020-06-01"), "0.8"),
        (("--valid", "2020-06-01"), "1.2"),
        (("--known", "2020-06-01"), "0.8"),
    ],
)
def test_a_layer_is_shown_as_of_a_day(zones: Layer, asked: tuple[str, ...], ratio: str) -> None:
    said = run("show_layer", "zones", *asked)
    assert "1 feature." in said
    assert f"ratio: {ratio}" in said


def test_a_layer_is_shown_as_geojson(zones: Layer) -> None:
    told: dict[str, Any] = json.loads(run("show_layer", "zones", "--valid", "2010-05-01", "--json"))
    [feature] = told["features"]
    assert (feature["id"], feature["properties"]) == ("Z1", {"ratio": 0.8})
    longitude, latitude = feature["geometry"]["coordinates"][0][0]
    assert (18 < longitude < 30, 34 < latitude < 42) == (True, True)
    assert json.loads(run("show_layer", "zones", "--key", "other", "--json"))["features"] == []


def test_days_that_cannot_be_told_are_refused_in_a_sentence(zones: Layer) -> None:
    assert "“tomorrow” is no day" in refused("show_layer", "zones", "--valid", "tomorrow")
    assert "knows it since" in refused("show_layer", "zones", "--known", "2009-12-30")
    assert refused("show_layer", "nothing") == "There is no layer “nothing”."
    assert "0 features." in run("show_layer", "zones", "--valid", "1999-12-30")
