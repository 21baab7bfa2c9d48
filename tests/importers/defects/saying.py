"""One defect, its smallest file, and what a person is told about it in English and in Greek."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from core.errors import PortalError
from importers.report import Report
from importers.sources import ReadOptions
from tests.importers.layers import load

GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")


@dataclass(frozen=True)
class Defect:
    """`make` writes the file into a folder; `says` is the whole English sentence, `facts` what must be in both
    languages. `options` are ReadOptions, `order` the rest of the order."""

    name: str
    make: Callable[[Path], Path]
    code: str
    says: str
    facts: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=lambda: {"key": "KEY"})


@dataclass(frozen=True)
class Told:
    """What a dry run told: the messages by code (a refusal has one too), and all that was found."""

    messages: dict[str, str]
    report: Report


def told(path: Path, language: str, options: dict[str, Any], order: dict[str, Any]) -> Told:
    with translation.override(language):
        try:
            report = load(path, dry_run=True, options=ReadOptions(**options), **order)
            messages = {}
        except PortalError as refusal:
            report = getattr(refusal, "report", None) or Report()
            messages = {refusal.code: str(refusal)}
        for finding in reversed(report.findings):
            messages.setdefault(finding.code, finding.message)
        return Told(messages, report)


def check_english(defect: Defect, folder: Path) -> None:
    found = told(defect.make(folder), "en", defect.options, defect.order)
    assert found.messages.get(defect.code) == defect.says


def check_greek(defect: Defect, folder: Path) -> None:
    """A sentence of its own, with the same facts."""
    message = told(defect.make(folder), "el", defect.options, defect.order).messages[defect.code]
    assert message != defect.says
    assert len(GREEK.findall(_without(message, defect.facts))) > 10
    assert [fact for fact in defect.facts if fact not in message] == []


def _without(message: str, facts: tuple[str, ...]) -> str:
    """What the translation itself says: facts may be Greek in any language."""
    for fact in facts:
        message = message.replace(fact, "")
    return message


def each(defects: list[Defect]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("defect", defects, ids=[defect.name for defect in defects])
