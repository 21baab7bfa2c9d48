"""Greek is complete: every string of the code has its translation, and none is a guess of the tools."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOMS, ROOT, findings, name_of, parsed, python_without_migrations

GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
# Data about the language itself: how people write "street" in front of its name.
GREEK_GRAMMAR = {
    "importers/slugs.py",
    "layers/ogcapi/filters/functions.py",
    "layers/search/places.py",
    # The land uses of two decrees, word by word.
    "layers/codes/land_use.py",
    "layers/codes/lists.py",
    # How metres and the Greek Grid are written in Greek files.
    "layers/rasters/spec.py",
    "planning/parcel/terrain.py",
    "planning/templatetags/print_words.py",
    # Titles, in both languages, of the fields of a layer that is made.
    "planning/overlay/files.py",
    "planning/zonal/table.py",
    # What Greek offices call the columns of their tables.
    "importers/evidence/keys.py",
    "importers/rules/alike.py",
    "importers/rules/convert.py",
    "importers/sources/column_names.py",
}
CATALOGUE = Path("locale/el/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Greek catalogue after extracting every string from a copy of the code."""
    copy = tmp_path_factory.mktemp("code")
    skip = shutil.ignore_patterns("__pycache__", "static", "*.mo")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=skip)
    (copy / CATALOGUE).parent.mkdir(parents=True)
    shutil.copy(ROOT / CATALOGUE, copy / CATALOGUE)
    shutil.copy(ROOT / "manage.py", copy)
    command = [sys.executable, "manage.py", "makemessages", "--locale=el", "--no-wrap"]
    subprocess.run(
        command, cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, check=True, capture_output=True
    )
    return copy / CATALOGUE


def entries(catalogue: Path, *which: str) -> list[str]:
    """The msgids that `msgattrib` selects; the header is none of them."""
    command = ["msgattrib", "--no-obsolete", "--no-wrap", *which, str(catalogue)]
    chosen = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.findall(r'^msgid "(.+)"$', chosen, flags=re.MULTILINE)


def test_every_string_is_translated(extracted: Path) -> None:
    assert entries(extracted, "--untranslated") == []


def test_no_translation_is_fuzzy(extracted: Path) -> None:
    assert entries(extracted, "--only-fuzzy") == []


def test_placeholders_and_plural_forms_agree() -> None:
    command = ["msgfmt", "--check", "--output-file=/dev/null", str(ROOT / CATALOGUE)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_strings_in_the_code_are_english(extracted: Path) -> None:
    assert [text for text in entries(extracted) if GREEK.search(text)] == []


def docstrings(tree: ast.Module) -> set[int]:
    owners = (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef))
    firsts = (owner.body[0] for owner in owners if owner.body)
    return {id(first.value) for first in firsts if isinstance(first, ast.Expr)}


def greek_literals(tree: ast.Module) -> "list[ast.expr]":
    quiet = docstrings(tree)
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and GREEK.search(node.value)
        and id(node) not in quiet
    ]


def test_no_greek_sentence_hides_in_the_code() -> None:
    """The demo town is Greek data, not words of the portal."""
    named = {path: name_of(path) for path in python_without_migrations()}
    sources = [
        p for p, name in named.items() if name not in GREEK_GRAMMAR and not name.startswith("gisportal/demo/")
    ]
    assert [where for path in sources for where in findings(path, iter(greek_literals(parsed(path))))] == []
