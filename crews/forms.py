"""What a phone sends: where it is, a photo of the fix, or a reason."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.errors import BadCoordinates
from core.geo import LonLat
from issues.photos import PhotoRefused, PreparedPhoto, prepare_photo
from municipality.models import Area


class PositionForm(forms.Form):
    """`point()` is where the phone is, in the storage CRS, or None when it did not tell."""

    lon = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    lat = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lon, lat = cleaned.get("lon"), cleaned.get("lat")
        try:
            cleaned["point"] = LonLat.parse(lon, lat).to_storage() if lon or lat else None
        except BadCoordinates as error:
            raise ValidationError(str(error)) from error
        return cleaned

    def point(self) -> Point | None:
        found: Point | None = self.cleaned_data.get("point")
        return found


class FinishJobForm(PositionForm):
    proof = forms.FileField(
        label=_("Photo of the fix"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    no_proof_reason = forms.CharField(
        label=_("Why is there no photo?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "no-photo-reasons", "autocomplete": "off"}),
    )

    def clean_proof(self) -> PreparedPhoto | None:
        upload: UploadedFile | None = self.cleaned_data.get("proof")
        if not upload:
            return None
        try:
            return prepare_photo(upload)
        except PhotoRefused as error:
            raise ValidationError(str(error)) from error


class HandBackJobForm(forms.Form):
    reason = forms.CharField(
        label=_("Why can't it be done now?"),
        help_text=_("The citizen reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NearForm(PositionForm):
    """Where to look from: the phone's place, or an area picked from a list."""

    area = forms.ModelChoiceField(
        label=_("Where are you?"), queryset=Area.objects.none(), required=False, empty_label=_("By due date")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.inside_home().exclude(level="municipality").only("name", "name_en", "level")
        self.fields["area"].queryset = areas.order_by("level", "name")  # type: ignore[attr-defined]
