"""A category's own questions as form fields, and the answers back as plain JSON."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from issues.models import Category

Question = dict[str, Any]

LONGEST_ANSWER = 300
YES_NO = {"yes": True, "no": False}


class AnswersForm(forms.Form):
    """One field a question, named `answer-<category>-<code>`, so that the questions of all kinds fit one page."""

    def __init__(self, category: Category, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=f"answer-{category.slug}")
        self.category = category
        for question in category.questions:
            self.fields[question["code"]] = _field(question)

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by the question's code; needs `is_valid()` first."""
        given = {code: self.cleaned_data.get(code) for code in self.fields}
        for question in self.category.questions:
            if question["kind"] == "yes_no":
                given[question["code"]] = YES_NO.get(str(given[question["code"]]))
        return {code: value for code, value in given.items() if value not in (None, "")}


def _field(question: Question) -> forms.Field:
    options: dict[str, Any] = {
        "label": _in_language(question),
        "required": bool(question.get("required")),
        "error_messages": {"required": _("Answer this, please.")},
    }
    kind = question["kind"]
    if kind in ("choice", "yes_no"):
        return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **options)
    if kind == "number":
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        options["error_messages"]["invalid"] = _("Write a number, such as 3.")
        return forms.FloatField(localize=True, widget=widget, **options)
    return forms.CharField(max_length=LONGEST_ANSWER, **options)


def _choices(question: Question) -> list[tuple[str, str]]:
    if question["kind"] == "yes_no":
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(str(option["value"]), _in_language(option)) for option in question.get("options", [])]


def _in_language(row: Mapping[str, Any]) -> str:
    greek = (get_language() or "el").startswith("el")
    return str(row["label"] if greek else row.get("label_en") or row["label"])
