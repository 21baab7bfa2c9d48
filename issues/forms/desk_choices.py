"""Choices of the desk's lists, grouped and indented so that a long list can be read."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from issues.models import Category
from municipality.models import Area, AreaLevel, Department, DepartmentKind

Label = str | Promise
Choices = list[tuple[Any, Any]]
Arrange = Callable[[Iterable[Any], Label], Choices]


def offer(form: forms.Form, name: str, rows: "QuerySet[Any]", arrange: Arrange) -> None:
    """Let a field of `form` choose among `rows`, arranged only when the form is drawn."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    field.choices = lambda: arrange(rows, field.empty_label or "")


def department_choices(rows: Iterable[Department], empty: Label) -> Choices:
    """The municipality's own departments, then the external bodies."""
    own: Choices = []
    external: Choices = []
    for row in rows:
        (external if row.kind == DepartmentKind.EXTERNAL_BODY else own).append((row.pk, str(row)))
    groups: Choices = [("", empty), (_("Departments"), own)]
    return [*groups, (_("External bodies"), external)] if external else groups


def category_choices(rows: Iterable[Category], empty: Label) -> Choices:
    """Top categories and, indented below each, its own."""
    below: dict[int | None, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    choices: Choices = [("", empty)]

    def add(parent: int | None, indent: str) -> None:
        for row in below.get(parent, []):
            choices.append((row.slug, f"{indent}{row}"))
            add(row.pk, indent + "\u2003")

    add(None, "")
    return choices


def area_choices(rows: Iterable[Area], empty: Label) -> Choices:
    """Areas grouped by level."""
    groups: dict[str, Choices] = {}
    for row in rows:
        groups.setdefault(row.level, []).append((row.pk, str(row)))
    return [("", empty), *((str(AreaLevel(level).label), rows) for level, rows in groups.items())]
