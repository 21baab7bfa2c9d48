"""The filters of the list of imports: read from the address bar, all optional; a wrong one is left out."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from importers.models import ImportState, Target
from importers.querysets import ImportRunQuerySet, targets_of
from municipality.roles import AnyUser


class RunsForm(forms.Form):
    q = forms.CharField(label=_("File or target"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    target = forms.ChoiceField(label=_("Target"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, user: AnyUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        mine = targets_of(user)
        states = [(value, capfirst(str(label))) for value, label in ImportState.choices]
        targets = [(value, capfirst(str(label))) for value, label in Target.choices if value in mine]
        self.fields["state"].choices = [("", _("Every state")), *states]  # type: ignore[attr-defined]
        self.fields["target"].choices = [("", _("Every target")), *targets]  # type: ignore[attr-defined]

    def narrowed(self, runs: ImportRunQuerySet) -> ImportRunQuerySet:
        self.is_valid()
        return runs.asked_for(
            words=self.cleaned_data.get("q", ""),
            state=self.cleaned_data.get("state", ""),
            target=self.cleaned_data.get("target", ""),
            user_id=self.user.pk if self.cleaned_data.get("mine") else None,
        )
