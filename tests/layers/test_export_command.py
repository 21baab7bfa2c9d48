"""`manage.py export_layer`: files by their ending, archives, refusals in a sentence, and whose eyes it has."""

import zipfile
from io import StringIO
from pathlib import Path

import pyogrio
import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import Town
from tests.layers.exporting import parcels

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("export_layer", *arguments, stdout=out)
    return out.getvalue()


def test_the_ending_names_the_format(tmp_path: Path) -> None:
    parcels()
    said = run("parcels", str(tmp_path / "here.fgb"))
    assert "FlatGeobuf" in said
    assert pyogrio.read_info(tmp_path / "here.fgb")["features"] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["here.fgb"]


def test_a_zip_has_a_readme_and_the_asked_format(tmp_path: Path) -> None:
    parcels()
    run("parcels", str(tmp_path / "here.zip"), "--format", "shp", "--encoding", "cp1253")
    with zipfile.ZipFile(tmp_path / "here.zip") as archive:
        assert {"parcels.shp", "parcels.cpg", "README.txt"} <= set(archive.namelist())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parcels", "a.pigeon"], "pigeon"),
        (["parcels", "a.shp"], ".zip"),
        (["parcels", "a.gpkg", "--bbox", "1,2"], "1,2"),
        (["nothing", "a.gpkg"], ""),
        (["parcels", "a.gpkg", "--as", "nobody@example.gr"], "nobody@example.gr"),
        (["parcels", "no/such/folder/a.gpkg"], "a.gpkg"),
    ],
)
def test_a_refusal_is_a_sentence_and_leaves_no_file(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    parcels()
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert words in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_it_sees_what_everybody_sees_unless_it_is_somebody(tmp_path: Path, town: Town, bea: User) -> None:
    parcels(visibility="staff")
    path = tmp_path / "here.gpkg"
    with pytest.raises(CommandError):
        run("parcels", str(path))
    run("parcels", str(path), "--as", bea.email)
    assert pyogrio.read_info(path)["features"] == 3
