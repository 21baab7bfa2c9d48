"""What planners say of a layer: its entry in the catalogue, and each of its fields."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.languages import entry_in_reader_language
from layers.models import CodeList, Layer, Theme, Visibility
from municipality.models import Department

WORDS = ("title", "title_en", "unit", "codes", "visibility")
AS_LAYER = ("", _("as the layer"))


def _long(label: Any, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, widget=area, max_length=5000, **options)


class EntryForm(forms.Form):
    """Everything but who sees it; `revision` is the one that the person looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    description = _long(_("Description"))
    description_en = _long(_("Description in English"))
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Who made it; for plans the gazette.")
    )
    licence = forms.CharField(label=_("Licence"), max_length=100, required=False)
    dated = forms.DateField(
        label=_("Tells of the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    accuracy_metres = forms.FloatField(
        label=_("Accuracy in metres"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("How far a corner may be from the truth."),
    )
    scale = forms.IntegerField(
        label=_("Scale 1:"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_("Of the map it was drawn from, such as 5000."),
    )
    is_editable = forms.BooleanField(label=_("Planners may draw it"), required=False)


class AudienceForm(forms.Form):
    """Who sees the layer, and which of its rows."""

    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices)
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    public_rows = forms.CharField(
        label=_("Rows for everybody who sees the layer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("A condition in CQL2, such as state = 'in force'. Empty: every row."),
    )
    other_rows = forms.ChoiceField(label=_("The other rows are for"), choices=Visibility.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["departments"]
        if isinstance(chosen, forms.ModelMultipleChoiceField):
            chosen.queryset = departments()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("visibility") == Visibility.DEPARTMENTS and not given.get("departments"):
            self.add_error(
                "departments", _("Choose at least one department: else nobody could see the layer.")
            )
        return given


class FieldForm(forms.Form):
    """One field of the layer; `name` as in its schema."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    unit = forms.CharField(
        label=_("Unit"), max_length=20, required=False, help_text=_("Told after numbers, such as m².")
    )
    codes = forms.ChoiceField(label=_("Code list"), required=False)
    visibility = forms.ChoiceField(
        label=_("Seen by"), required=False, choices=[AS_LAYER, *Visibility.choices[1:]]
    )

    def __init__(self, *args: Any, name: str, lists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        chosen = self.fields["codes"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", _("none")), *lists]

    def said(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The schema of the field with what was typed; blanks are left out."""
        words = {word: self.cleaned_data[word] for word in WORDS if self.cleaned_data[word]}
        return {key: value for key, value in before.items() if key not in WORDS} | words


def departments() -> "QuerySet[Department]":
    return Department.objects.all()


def code_lists(schema: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What may be chosen: the lists that are kept, and those that the schema names already."""
    kept = [(one.slug, str(one)) for one in CodeList.objects.all()]
    known = {slug for slug, _title in kept}
    named = {str(entry.get("codes") or "") for entry in schema.get("properties", {}).values()}
    return kept + [(slug, slug) for slug in sorted(named - known - {""})]


def said_of(layer: Layer) -> dict[str, Any]:
    """What the forms of a layer hold at first."""
    names = [*EntryForm.base_fields, *AudienceForm.base_fields]
    said = {name: getattr(layer, name) for name in names if name != "departments"}
    return said | {"departments": list(layer.departments.all())}


def field_title(name: str, entry: Mapping[str, Any]) -> str:
    return entry_in_reader_language(entry, "title") or name
