"""The filters of the desk: read from the address bar, all optional; a wrong one is told and left out."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.errors import BadCoordinates
from core.geo import LonLat
from issues.forms.desk_choices import area_choices, category_choices, department_choices, offer
from issues.models import Category
from issues.querysets import HANDLERS
from issues.states import State
from municipality.models import Area, Department
from municipality.roles import rights_of

OPEN_STATES = ""
ANY_STATE = "any"
STATE_CHOICES = [
    (OPEN_STATES, pgettext_lazy("cases", "Open")),
    *State.choices,
    (ANY_STATE, pgettext_lazy("cases", "All")),
]
SORT_CHOICES = [("due", _("Due first")), ("newest", _("Newest first")), ("distance", _("Nearest first"))]

# Their first and last moments are still moments in every time zone.
REASONABLE_DATES = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class QueueForm(forms.Form):
    """`filters()` after `is_valid()`, whether it was valid or not: only what was understood."""

    q = forms.CharField(label=_("Number or words"), required=False, max_length=100, widget=forms.SearchInput)
    state = forms.ChoiceField(choices=STATE_CHOICES, required=False, widget=forms.HiddenInput)
    overdue = forms.BooleanField(label=_("Only overdue"), required=False)
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("All of mine"),
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=pgettext_lazy("cases", "All"),
    )
    area = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=pgettext_lazy("cases", "All"),
    )
    asset = forms.CharField(label=_("Asset code"), required=False, max_length=60)
    since = forms.DateField(
        label=_("Reported from"),
        required=False,
        validators=REASONABLE_DATES,
        widget=forms.DateInput({"type": "date"}),
    )
    until = forms.DateField(
        label=_("Reported until"),
        required=False,
        validators=REASONABLE_DATES,
        widget=forms.DateInput({"type": "date"}),
    )
    sort = forms.ChoiceField(label=_("Order"), choices=SORT_CHOICES, required=False)
    near = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=400, widget=forms.HiddenInput)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        areas = Area.objects.inside_home().exclude(level="municipality").only("name", "name_en", "level")
        offer(self, "department", departments_of(user), department_choices)
        offer(self, "category", Category.objects.all(), category_choices)
        offer(self, "area", areas.order_by("level", "name"), area_choices)

    def clean_near(self) -> Point | None:
        """`lon,lat` in degrees becomes a point in the storage CRS."""
        text = self.cleaned_data["near"]
        if not text:
            return None
        lon, _comma, lat = text.partition(",")
        try:
            return LonLat.parse(lon, lat).to_storage()
        except BadCoordinates as error:
            raise ValidationError(str(error)) from error

    def filters(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def departments_of(user: User) -> QuerySet[Department]:
    """The departments whose issues this person handles or oversees."""
    ids = rights_of(user).departments_as(*HANDLERS)
    departments = Department.objects.order_by("kind", "name")
    return departments if ids is None else departments.filter(pk__in=ids)
