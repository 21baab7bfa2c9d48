"""What a reporter or a neighbour may still say about a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

SCORES = [(5, _("Very good")), (4, _("Good")), (3, _("So-so")), (2, _("Bad")), (1, _("Very bad"))]


class AnswerForm(forms.Form):
    """After a fix: is it fixed, and how well was it done?"""

    is_fixed = forms.ChoiceField(
        choices=[("yes", _("Yes, it is fixed")), ("no", _("No, it is not fixed"))],
        widget=forms.RadioSelect,
        label=_("Is it fixed?"),
        error_messages={"required": _("Choose yes or no.")},
    )
    score = forms.TypedChoiceField(
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label=_("How well was it done?"),
    )
    comment = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Anything to add?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_is_fixed(self) -> bool:
        return bool(self.cleaned_data["is_fixed"] == "yes")


class FollowForm(forms.Form):
    """An address that wants the news of a report."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is no e-mail address."),
        },
    )
    website = forms.CharField(required=False, label=_("Leave this box empty"))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("A box that people do not see was filled in. Empty it and send again.")
            )
        return ""


class IssueListForm(forms.Form):
    """The filters of the list of reports."""

    LOOKS = [
        ("", _("In any state")),
        ("open", _("Open")),
        ("progress", _("In progress")),
        ("fixed", _("Fixed")),
        ("rejected", _("Not accepted")),
    ]
    q = forms.CharField(required=False, max_length=20, label=_("Number"))
    category = forms.CharField(required=False, max_length=60, label=_("What"))
    look = forms.ChoiceField(required=False, choices=LOOKS, label=_("State"))
    area = forms.IntegerField(required=False, min_value=1, label=_("Area"))
