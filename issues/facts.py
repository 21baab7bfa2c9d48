"""What is known about a case, as label and value in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assets.models import Asset
from issues.models import Issue
from layers.facts import facts_of

Fact = tuple[str, str]


def answers_of(issue: Issue, answers: dict[str, Any] | None = None) -> list[Fact]:
    """The category's questions that were answered, in their order; then answers to questions that are gone.

    `answers` narrows them to those the reader may see; all of the issue's when left out.
    """
    given = issue.answers if answers is None else answers
    questions = {question["code"]: question for question in issue.category.questions}
    known = [
        (_label(question), _answer(question, given[code]))
        for code, question in questions.items()
        if given.get(code) not in (None, "", [])
    ]
    return known + [(code, str(value)) for code, value in given.items() if code not in questions]


def asset_facts(asset: Asset) -> list[Fact]:
    """The asset's properties that have a value, labelled by its type's schema."""
    return facts_of(asset.properties, asset.type.field_schema)


def _label(question: dict[str, Any]) -> str:
    return _in_language(question["label"], question.get("label_en", ""))


def _answer(question: dict[str, Any], value: Any) -> str:
    if isinstance(value, bool):
        return _yes_no(value)
    for option in question.get("options", []):
        if option["value"] == value:
            return _label(option)
    return str(value)


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _in_language(own: str, english: str) -> str:
    greek = (get_language() or "el").startswith("el")
    return own if greek or not english else english
