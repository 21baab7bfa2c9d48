"""Every list of what not everybody may see starts from `visible_to`; the exceptions are few, and say why."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import name_of, parsed, python_without_migrations

GUARDED = {
    "Area", "Asset", "AssetType", "Feature", "Follower", "Issue", "IssueEvent", "Job", "Layer", "Notification", "Photo",
    "Reporter",
}  # fmt: skip
NARROWED = {"visible_to", "handled_by", "public", "none"}
BEHIND = ("gisportal/demo/", "gisportal/management/", "importers/")  # commands of the machine's owner
OTHERWISE = {
    "assets/map_layers.py": "Asset: the type came from visible_to",
    "crews/nearby.py": "Issue, Job: narrowed to the person's departments beside it",
    "crews/rights.py": "Job: of an issue that came from visible_to",
    "issues/casefile.py": "Reporter: only when sees_contact",
    "issues/centre.py": "Area: the municipality's outline",
    "issues/delivery.py": "Notification: the worker's own",
    "issues/map_layers.py": "IssueEvent: its newest id, for the revision",
    "issues/outbox.py": "Reporter, Follower, Notification: who gets a mail, and the mail",
    "issues/routing.py": "Feature, Area: rules are asked, not shown",
    "issues/views/issue.py": "Follower: by the secret of the mail",
    "issues/views/photo.py": "Photo: its issue is asked next",
    "issues/views/report.py": "Issue: by the key of this very form",
    "issues/views/track.py": "Issue: by the secret of the tracking link",
    "layers/map_layers.py": "Feature, Area: of layers that came from visible_to; the newest id, for the revision",
    "layers/overviews/reading.py": "Feature: drawn for those who may see the layer, whose tiles ask source_for",
}
# Areas of the municipality itself are no secret.
PUBLIC_AREAS = {"inside_home", "home"}


def chain(node: ast.Attribute, parents: dict[ast.AST, ast.AST]) -> set[str]:
    """Names of the methods called one after the other on `Model.objects`."""
    called, here = set(), parents.get(node)
    while isinstance(here, ast.Attribute | ast.Call):
        if isinstance(here, ast.Attribute):
            called.add(here.attr)
        here = parents.get(here)
    return called


def openings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Model and line of each read of a guarded model that is not narrowed in the same expression."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            model, called = node.value.id, chain(node, parents)
            narrowed = NARROWED | (PUBLIC_AREAS if model == "Area" else set())
            if model in GUARDED and not called & narrowed:
                yield model, node.lineno


def is_reader(path: Path) -> bool:
    return "actions" not in {*path.parts, path.stem} and not name_of(path).startswith(BEHIND)


def test_lists_start_from_visible_to() -> None:
    found = {
        name_of(path): list(openings(parsed(path))) for path in python_without_migrations() if is_reader(path)
    }
    unexplained = [
        f"{name}:{line} {model}"
        for name, places in found.items()
        for model, line in places
        if model not in OTHERWISE.get(name, "").partition(":")[0].split(", ")
    ]
    assert unexplained == []


def test_every_exception_is_still_needed() -> None:
    found = {
        name_of(path): {model for model, _ in openings(parsed(path))} for path in python_without_migrations()
    }
    needless = [
        f"{name} {model}"
        for name, why in OTHERWISE.items()
        for model in why.partition(":")[0].split(", ")
        if model not in found.get(name, set())
    ]
    assert needless == []


def test_the_check_sees_what_is_narrowed() -> None:
    tree = ast.parse(
        "Issue.objects.filter(pk=1)\nIssue.objects.open().visible_to(user)\nHoliday.objects.all()\n"
    )
    assert list(openings(tree)) == [("Issue", 1)]
