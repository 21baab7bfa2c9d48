"""The report as one form: where, what, the kind's own questions, description and contact."""

import uuid
from enum import StrEnum
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from core.errors import PortalError
from core.geo import LonLat
from issues.actions.report import Contact, refuse_outside
from issues.forms.report_answers import AnswersForm
from issues.forms.report_place import asset_named, place_of
from issues.models import Category
from municipality.roles import AnyUser

LONGEST_TEXT = 2000


class Step(StrEnum):
    WHERE = "where"
    WHAT = "what"
    DETAILS = "details"
    SIMILAR = "similar"
    SEND = "send"


ORDER = tuple(Step)
STEP_OF: dict[str, Step] = {
    **dict.fromkeys(("q", "lon", "lat", "accuracy"), Step.WHERE),
    "category": Step.WHAT,
    **dict.fromkeys(("asset", "answers"), Step.DETAILS),
}


class ReportIssueForm(forms.Form):
    """Fields of all steps. A field that is not shown travels hidden, so nothing is kept on the server until the end."""

    submission_key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    lon = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    lat = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=200, label=_("Street and number, place or coordinates"))
    category = forms.ModelChoiceField(
        queryset=Category.objects.none(),
        to_field_name="slug",
        error_messages={
            "required": _("Choose what the problem is."),
            "invalid_choice": _("This kind of problem can't be reported any more. Choose another kind."),
        },
    )
    asset = forms.CharField(required=False, max_length=120)
    answers = forms.Field(required=False)
    description = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = forms.Field(required=False)  # read from the files of the request when all else is right
    name = forms.CharField(required=False, max_length=150, label=_("Name"))
    email = forms.EmailField(required=False, label=_("E-mail"))
    phone = forms.CharField(required=False, max_length=30, label=_("Phone"))
    agrees = forms.BooleanField(
        required=False,
        label=_("The municipality may keep these details for this report and write to me about it."),
    )
    website = forms.CharField(required=False, label=_("Leave this box empty"))

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.chosen_asset: Asset | None = None
        self.answers_form: AnswersForm | None = None
        categories = Category.objects.visible_to(user).exclude(children__is_active=True)
        self.fields["category"].queryset = categories.select_related("asset_type")  # type: ignore[attr-defined]
        for name, token in (("name", "name"), ("email", "email"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = token

    def clean_submission_key(self) -> uuid.UUID:
        """The key of the page; a new one for who sent none or a broken one."""
        try:
            return uuid.UUID(self.cleaned_data["submission_key"])
        except ValueError:
            return uuid.uuid4()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("A box that people do not see was filled in. Empty it and send again.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        self._settle_place()
        category = cleaned.get("category")
        if category is not None:
            self._settle_answers(category)
        self._settle_asset(category)
        told = any(cleaned.get(name) for name in ("name", "email", "phone"))
        if told and not cleaned.get("agrees"):
            self.add_error("agrees", _("Tick this box, or leave name, e-mail and phone empty."))
        return cleaned

    @property
    def chosen_category(self) -> Category | None:
        category: Category | None = self.cleaned_data.get("category")
        return category

    @property
    def location(self) -> Point | None:
        """In the storage CRS; None where the pin is missing or refused."""
        pin: Point | None = self.cleaned_data.get("location")
        return place_of(self.chosen_asset, pin) if self.chosen_asset is not None else pin

    @property
    def contact(self) -> Contact:
        cleaned = self.cleaned_data
        return Contact(cleaned["name"], cleaned["email"], cleaned["phone"], get_language() or "el")

    def wrong_step(self) -> Step | None:
        """The first step that holds an error."""
        steps = {STEP_OF.get(name, Step.SEND) for name in self.errors}
        return next((step for step in ORDER if step in steps), None)

    def forget_errors_from(self, step: Step) -> None:
        """Drop the errors of a step nobody has seen yet, and of those after it."""
        later = ORDER[ORDER.index(step) :]
        for name in [name for name in self.errors if STEP_OF.get(name, Step.SEND) in later]:
            del self.errors[name]

    def _settle_place(self) -> None:
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        if not lon or not lat:
            self.add_error("q", _("Tell where it is: type an address and choose it from the list."))
            return
        try:
            pin = LonLat.parse(lon, lat).to_storage()
            refuse_outside(pin)
        except PortalError as error:
            self.add_error("q", str(error))
        else:
            self.cleaned_data["location"] = pin

    def _settle_asset(self, category: Category | None) -> None:
        value = self.cleaned_data.get("asset") or ""
        asset = asset_named(value, self.user) if value else None
        if value and asset is None:
            self.add_error("asset", _("This one is not in the register any more. Choose again."))
        if asset is not None and (category is None or category.asset_type_id in (None, asset.type_id)):
            self.chosen_asset = asset

    def _settle_answers(self, category: Category) -> None:
        self.answers_form = AnswersForm(category, self.data)
        if self.answers_form.is_valid():
            self.cleaned_data["answers"] = self.answers_form.answers
        else:
            self.add_error("answers", _("One question is still open."))
