"""What the pages under docs/ say is so: their files exist, their commands too, and their examples can be used."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from importers.actions.organisation import seed_organisation
from issues.models import Category, RoutingRule
from tests.architecture.sources import ROOMS, ROOT, name_of
from tests.factories import Town

PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
TOP = "|".join([*ROOMS, "docs", "tests", "script", "bench", "deploy", "locale"])
PATH = re.compile(rf"`((?:{TOP})/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"(?:script/manage|manage\.py) ([a-z_]+)")
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
IMAGINED = {"issues/example/"}
HOWTOS = ("add-an-asset-type", "add-a-category", "routing-rules")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_that_a_page_names_exist(page: Path) -> None:
    named = set(PATH.findall(page.read_text("utf-8"))) - IMAGINED
    assert [name for name in sorted(named) if not (ROOT / name).exists() and not _is_module(name)] == []


def _is_module(name: str) -> bool:
    """`issues/actions` may be named for a file or a folder."""
    return (ROOT / f"{name}.py").exists()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    assert set(COMMAND.findall(page.read_text("utf-8"))) - set(get_commands()) == set()


@pytest.mark.parametrize("name", HOWTOS)
def test_the_example_of_a_howto_can_be_seeded(name: str, town: Town, tmp_path: Path) -> None:
    [example] = YAML.findall((ROOT / "docs" / "howto" / f"{name}.md").read_text("utf-8"))
    organisation = tmp_path / "organisation.yaml"
    organisation.write_text(example, encoding="utf-8")
    first = seed_organisation(path=organisation).counts
    assert first["added"] == first["read"] > 0
    again = seed_organisation(path=organisation).counts
    assert again["unchanged"] == again["read"]
    assert Category.objects.filter(slug="broken-bench").exists() == (name == "add-a-category")
    assert RoutingRule.objects.count() == (4 if name == "routing-rules" else 2)
