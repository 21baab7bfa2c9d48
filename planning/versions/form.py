"""What is asked to make a draft, and to adopt one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from layers.models import GeometryKind, Layer
from municipality.roles import AnyUser

COMPARED = (GeometryKind.POLYGON, GeometryKind.MIXED, GeometryKind.LINE)


class MakeVersionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    current = forms.ModelChoiceField(
        label=_("Plan in force"), queryset=Layer.objects.none(), help_text=_("What would be replaced.")
    )
    draft = forms.ModelChoiceField(
        label=_("Draft"),
        queryset=Layer.objects.none(),
        help_text=_("A layer like any other: imported, drawn or edited."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, user: AnyUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layers = Layer.objects.visible_to(user).filter(geometry_kind__in=COMPARED).exclude(theme="base")
        for name in ("current", "draft"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = layers

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        current, draft = given.get("current"), given.get("draft")
        if current is None or draft is None:
            return given
        lines = [layer.geometry_kind == GeometryKind.LINE for layer in (current, draft)]
        if current == draft:
            self.add_error("draft", _("A layer is not a draft of itself. Choose another one."))
        elif lines[0] != lines[1]:
            self.add_error("draft", _("Surfaces are compared with surfaces, and lines with lines."))
        return given


class AdoptForm(forms.Form):
    valid_from = forms.DateField(
        label=_("In force since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day of the gazette."),
    )
    reason = forms.CharField(label=_("Gazette or decision"), max_length=300)
