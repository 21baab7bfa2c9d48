"""What the page of zonal statistics asks: a raster, surfaces, and how they are called."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import PortalError
from layers.models import Raster
from layers.ogcapi.collections import Collection, collection_for
from municipality.roles import AnyUser
from planning.overlay.choices import SURFACES, field_choices, layer_choices, slugs, usual_field
from planning.overlay.form import DAY
from planning.zonal.order import ZonalOrder


class ZonalForm(forms.Form):
    raster = forms.ChoiceField(label=_("Values of"))
    by = forms.ChoiceField(label=_("Inside which surfaces"))
    by_field = forms.ChoiceField(label=_("Summed up by"), required=False)
    by_filter = forms.CharField(
        label=_("Only surfaces where"), required=False, max_length=2000, help_text=_("CQL2")
    )
    valid = forms.DateField(label=_("As it was in force on"), required=False, widget=DAY)
    values = forms.BooleanField(
        label=_("Also the area of each value, for classes such as land cover"), required=False
    )

    def __init__(self, user: AnyUser, given: QueryDict) -> None:
        super().__init__(given.dict() or None)
        self.user = user
        rasters = [(one.slug, str(one)) for one in Raster.objects.visible_to(user).order_by("title")]
        surfaces = layer_choices(user, SURFACES)
        self._choices("raster", [("", "—"), *rasters])
        self._choices("by", [("", [("", "—")]), *surfaces])
        by = self._chosen(slugs(surfaces))
        self.has_surfaces = by is not None
        self._choices("by_field", field_choices(by, str(_("each surface for itself"))))
        if by is not None and "by_field" not in self.data:
            self.data = {**self.data, "by_field": usual_field(by)}

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _chosen(self, known: set[str]) -> Collection | None:
        slug = str(self.data.get("by", ""))
        try:
            return collection_for(self.user, slug) if slug in known else None
        except PortalError:
            return None

    def order(self) -> ZonalOrder:
        """Of a form that is valid."""
        return ZonalOrder.from_json(self.cleaned_data)
