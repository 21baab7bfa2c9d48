"""With --json a command writes one JSON document to the standard output, also when it is refused."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils import translation

import manage
from importers.models import ImportRun
from layers.models import Layer
from tests.factories import Town
from tests.importers.files import square, write_geojson

pytestmark = pytest.mark.django_db


def refused(*arguments: object) -> tuple[int, dict[str, Any]]:
    """The exit code, and the document."""
    out = io.StringIO()
    with translation.override("en"), pytest.raises(CommandError) as caught:
        call_command(*map(str, arguments), stdout=out, stderr=io.StringIO())
    return caught.value.returncode, json.loads(out.getvalue())


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    return write_geojson(tmp_path / "zones.geojson", [square(0, 0), None], [{"id": "A"}, {"id": "B"}])


def test_an_undo_that_is_refused_says_why(town: Town) -> None:
    code, said = refused("undo_import", "99", "--json")
    assert (code, said["state"]) == (1, "refused")
    assert said["refusal"]["message"] == "There is no import 99."


def test_a_day_that_is_none_says_why(town: Town) -> None:
    Layer.objects.create(slug="zones", title="Ζώνες")
    code, said = refused("show_layer", "zones", "--json", "--valid", "yesterday")
    assert (code, said["refusal"]["code"]) == (1, "bad_moment")
    assert (
        refused("show_layer", "nothing", "--json")[1]["refusal"]["message"] == "There is no layer “nothing”."
    )


def test_an_import_that_is_refused_writes_one_document(town: Town, zones: Path) -> None:
    code, said = refused("import_layer", zones, "--layer", "zones", "--key", "id", "--json")
    assert (code, said["refusal"]["code"]) == (1, "rows_refused")


def test_migrations_that_wait_are_told_beside_it(
    town: Town, zones: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(command: BaseCommand) -> None:
        command.stdout.write("You have 1 unapplied migration(s).")

    monkeypatch.setattr(BaseCommand, "check_migrations", told)
    out, beside = io.StringIO(), io.StringIO()
    options = ("--layer", "zones", "--key", "id", "--set-aside", "--json")
    call_command("import_layer", str(zones), *options, stdout=out, stderr=beside)
    assert json.loads(out.getvalue())["counts"]["added"] == 1
    assert "unapplied" in beside.getvalue()


@pytest.mark.parametrize("asked", ["nowhere/aside.csv", "."])
def test_a_file_that_cannot_be_written_is_told_before_anything_is_imported(
    town: Town, zones: Path, asked: str
) -> None:
    options = ("--layer", "zones", "--key", "id", "--set-aside", "--json")
    code, said = refused("import_layer", zones, *options, "--set-aside-file", zones.parent / asked)
    assert code == 1
    assert "can't be written" in said["refusal"]["message"]
    assert not Layer.objects.exists()


def test_the_rows_set_aside_never_replace_the_file_itself(town: Town, zones: Path) -> None:
    before = zones.read_bytes()
    options = ("--layer", "zones", "--key", "id", "--set-aside", "--json")
    _code, said = refused("import_layer", zones, *options, "--set-aside-file", zones)
    assert "Name another file" in said["refusal"]["message"]
    assert zones.read_bytes() == before
    assert not Layer.objects.exists()


def test_ctrl_c_before_a_command_begins_is_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_arguments: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("django.core.management.execute_from_command_line", interrupted)
    with pytest.raises(SystemExit) as caught:
        manage.main()
    assert caught.value.code == 130


def test_a_file_whose_name_is_no_text_is_imported(town: Town, zones: Path) -> None:
    odd = zones.parent / os.fsdecode(b"\xc6\xfe.geojson")
    zones.rename(odd)
    call_command("import_layer", odd, "--layer", "zones", "--key", "id", "--set-aside", stdout=io.StringIO())
    assert ImportRun.objects.get().file_name == "??.geojson"
    assert Layer.objects.get().source == "??.geojson"
