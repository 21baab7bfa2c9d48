"""Rows of a list of departments, checked: names, contacts, the areas they serve, and the tree they make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from importers.geometry import key_text
from importers.report import Report
from importers.sources.base import Record
from municipality.models import DepartmentKind

LENGTHS = {"slug": 50, "name": 200, "name_en": 200, "email": 254, "phone": 30}
SLUG = re.compile(r"[A-Za-z0-9_-]{1,50}")
BETWEEN = re.compile(r"\s*[,;|]\s*")


@dataclass(frozen=True)
class DepartmentRow:
    """`values` hold the plain fields that the file fills; `parent` is a slug, blank for the top, None when the file
    does not say; `serves` are ids of areas."""

    row: int
    slug: str
    values: dict[str, str] = field(default_factory=dict)
    parent: str | None = None
    serves: frozenset[int] | None = None


@dataclass
class DepartmentReader:
    """`fields` are those of the filled records, `areas` the ids of all areas by `level:code`."""

    fields: list[str]
    areas: dict[str, int]
    report: Report
    seen: set[str] = field(default_factory=set)

    def rows(self, numbered: Iterable[tuple[int, Record]]) -> list[DepartmentRow]:
        """The rows that are sound by themselves; the others are refused in the report."""
        return [row for number, record in numbered if (row := self._row(number, record)) is not None]

    def _row(self, number: int, record: Record) -> DepartmentRow | None:
        texts = {name: key_text(record.get(name)) for name in self.fields}
        slug = texts.get("slug", "")
        problem = self._problem(slug, texts)
        if problem is not None:
            code, facts = problem
            self.report.refuse(code, number, slug[:50], **facts)
            return None
        self.seen.add(slug)
        plain = ("name", "name_en", "kind", "email", "phone")
        values = {name: texts[name][: LENGTHS.get(name)] for name in plain if name in texts}
        if not values.get("kind"):
            values.pop("kind", None)
        serves = frozenset(self.areas[area] for area in _areas(texts)) if "serves" in texts else None
        return DepartmentRow(number, slug, values, texts.get("parent"), serves)

    def _problem(self, slug: str, texts: dict[str, str]) -> tuple[str, dict[str, Any]] | None:
        unknown = [area for area in _areas(texts) if area not in self.areas]
        kind, kinds = texts.get("kind", ""), DepartmentKind.values
        choice = {"value": kind[:40], "field": "kind", "known": ", ".join(kinds)}
        checks: tuple[tuple[bool, str, dict[str, Any]], ...] = (
            (not slug, "no_key", {}),
            (not SLUG.fullmatch(slug), "bad_slug", {"value": slug[:60]}),
            (slug in self.seen, "repeated_key", {}),
            (not texts.get("name"), "no_name", {}),
            (not _is_email(texts.get("email", "")), "bad_contact", {"value": texts.get("email", "")[:60]}),
            (bool(kind) and kind not in kinds, "not_a_choice", choice),
            (bool(unknown), "no_area", {"value": (unknown or [""])[0][:60]}),
        )
        return next(((code, facts) for is_wrong, code, facts in checks if is_wrong), None)


def sound_tree(rows: list[DepartmentRow], held: dict[str, str], report: Report) -> list[DepartmentRow]:
    """The rows whose departments end at a top of the tree, parents before children. `held` is the tree as it is,
    {slug: slug of the parent or ""}. Rows in a circle, or below a department that is not there, are refused; so are
    those below them."""
    parents = held | {row.slug: row.parent for row in rows if row.parent is not None}
    parents = {row.slug: "" for row in rows} | parents
    kept: list[tuple[int, DepartmentRow]] = []
    for row in rows:
        path = _path(row.slug, parents)
        if path[-1] == "":
            kept.append((len(path), row))
        elif path[-1] in path[:-1]:
            report.refuse("circle", row.row, row.slug, path=" → ".join(path))
        else:
            report.refuse("no_department", row.row, row.slug, value=path[-1])
    return [row for _depth, row in sorted(kept, key=lambda pair: pair[0])]


def _path(slug: str, parents: dict[str, str]) -> list[str]:
    """From a department upwards: ends with "" at the top, with a slug that is not there, or that was met before."""
    path = [slug]
    while path[-1] in parents and path[-1] not in path[:-1]:
        path.append(parents[path[-1]])
        if path[-1] == "":
            break
    return path


def _areas(texts: dict[str, str]) -> list[str]:
    return [area for area in BETWEEN.split(texts.get("serves", "")) if area]


def _is_email(text: str) -> bool:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return False
    return True
