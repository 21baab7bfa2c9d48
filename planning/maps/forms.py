"""What people say of a map when they save it."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import PortalError
from planning.actions.maps import About
from planning.maps.content import MapContent, parse
from planning.models import PlanningMap, Sharing


class SaveMapForm(forms.Form):
    """`content` is the JSON document of the map; left out, it stays as it is."""

    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("What it shows"), max_length=2000, required=False, widget=forms.Textarea
    )
    sharing = forms.ChoiceField(label=_("Who may open it"), choices=Sharing.choices)
    version = forms.IntegerField(required=False, min_value=1)
    content = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_content(self) -> MapContent | None:
        text: str = self.cleaned_data["content"]
        try:
            return parse(json.loads(text)) if text else None
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("The map could not be read. Load the page again.")) from error
        except PortalError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def about(self) -> About:
        told: dict[str, Any] = self.cleaned_data
        return About(told["title"], told["description"].strip(), Sharing(told["sharing"]))

    @classmethod
    def of(cls, planning_map: PlanningMap) -> "SaveMapForm":
        names = ("title", "description", "sharing", "version")
        return cls(initial={name: getattr(planning_map, name) for name in names}, auto_id=False)
