"""What the desk sends about a case. Every form carries the version of the case that was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from issues.forms.desk_choices import category_choices, department_choices, offer
from issues.models import Category, Issue
from issues.states import State, Step
from municipality.models import Department

CITIZEN_READS = _("The citizen reads this.")


class DeskForm(forms.Form):
    """Several of these share a page, so each names its fields' ids after itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}-%s")
        super().__init__(*args, **kwargs)


class CaseForm(DeskForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AssignForm(CaseForm):
    department = forms.ModelChoiceField(
        label=_("To"), queryset=Department.objects.none(), empty_label=_("Choose a department or body")
    )
    text = forms.CharField(
        label=_("Why"),
        help_text=CITIZEN_READS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, without: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Department.objects.active().exclude(pk=without), department_choices)


class StateForm(CaseForm):
    """One of the steps that the life cycle and the person's roles allow; `text` is its reason or its proof."""

    target = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Reason, or why there is no photo of the fix"),
        help_text=CITIZEN_READS,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(step.target.value, step.label) for step in steps]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]


class RequestedStateForm(CaseForm):
    """A step as asked for, before anybody judged it; the action says which are allowed, and why not."""

    target = forms.ChoiceField(choices=[state for state in State.choices if state[0] != State.DUPLICATE])
    text = forms.CharField(required=False, max_length=2000)


class NoteForm(DeskForm):
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )
    audience = forms.ChoiceField(choices=[("citizen", _("citizen")), ("inside", _("inside"))])

    @property
    def is_public(self) -> bool:
        return bool(self.cleaned_data["audience"] == "citizen")


class CategoryForm(CaseForm):
    category = forms.ModelChoiceField(
        label=_("What it is really about"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", Category.objects.active(), category_choices)


class PublishForm(DeskForm):
    is_public = forms.BooleanField(required=False)


class JoinForm(DeskForm):
    earlier = forms.ModelChoiceField(queryset=Issue.objects.none(), to_field_name="number")

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = cases  # type: ignore[attr-defined]


class BulkForm(DeskForm):
    """Accept, or assign, several cases by their numbers."""

    act = forms.ChoiceField(choices=[("accept", _("Accept")), ("assign", _("Assign"))])
    department = forms.ModelChoiceField(
        label=_("Assign to"), queryset=Department.objects.none(), required=False, empty_label=_("Assign to …")
    )
    text = forms.CharField(label=_("Why"), required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", Department.objects.active(), department_choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("act") == "assign" and not cleaned.get("department"):
            self.add_error("department", _("Choose a department or body first."))
        return cleaned
