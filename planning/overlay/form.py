"""What the page of the overlay asks: two layers first, then their fields, filters and the day."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import PortalError
from layers.ogcapi.collections import Collection, collection_for
from municipality.roles import AnyUser
from planning.overlay.choices import SURFACES, field_choices, layer_choices, slugs, usual_field
from planning.overlay.order import Order

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OverlayForm(forms.Form):
    what = forms.ChoiceField(label=_("What is measured"))
    by = forms.ChoiceField(label=_("Inside which surfaces"))
    what_field = forms.ChoiceField(label=_("Told apart by"), required=False)
    by_field = forms.ChoiceField(label=_("Summed up by"), required=False)
    what_filter = forms.CharField(
        label=_("Only those where"),
        required=False,
        max_length=2000,
        help_text=_("CQL2, such as height_m > 10"),
    )
    by_filter = forms.CharField(label=_("Only surfaces where"), required=False, max_length=2000)
    valid = forms.DateField(
        label=_("As it was in force on"), required=False, widget=DAY, help_text=_("Today when left blank.")
    )
    known = forms.DateField(
        label=_("As it was known on"),
        required=False,
        widget=DAY,
        help_text=_("As known now when left blank."),
    )

    def __init__(self, user: AnyUser, given: QueryDict) -> None:
        super().__init__(given.dict() or None)
        self.user = user
        layers, surfaces = layer_choices(user), layer_choices(user, SURFACES)
        self._choices("what", [("", [("", "—")]), *layers])
        self._choices("by", [("", [("", "—")]), *surfaces])
        what, by = self._chosen("what", slugs(layers)), self._chosen("by", slugs(surfaces))
        self.has_layers = what is not None and by is not None
        self._choices("what_field", field_choices(what, str(_("not told apart"))))
        self._choices("by_field", field_choices(by, str(_("each surface for itself"))))
        if by is not None and "by_field" not in self.data:
            self.data = {**self.data, "by_field": usual_field(by)}

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _chosen(self, name: str, known: set[str]) -> Collection | None:
        slug = str(self.data.get(name, ""))
        try:
            return collection_for(self.user, slug) if slug in known else None
        except PortalError:
            return None

    def order(self) -> Order:
        """Of a form that is valid."""
        return Order.from_json(self.cleaned_data)
