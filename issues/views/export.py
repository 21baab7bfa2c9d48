"""`/issues/export/`: the list of reports as a file, with the filters of the page it was asked from."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from issues.downloads import listed_issues
from issues.forms.track import IssueListForm
from issues.models import Category
from issues.views.issue_filters import filtered, list_areas
from issues.views.issue_shown import shown_issues
from layers.views.export import answer


@require_safe
@never_cache
def export_issues(request: HttpRequest) -> HttpResponseBase:
    """What `issues:list` shows this reader, all pages of it; `format`, `crs` and the like as in `layers:export`."""
    form = IssueListForm(request.GET)
    form.is_valid()
    source = listed_issues(filtered(shown_issues(request.user), form.cleaned_data))
    return answer(request, source, tuple(_words(form)))


def _words(form: IssueListForm) -> list[str]:
    """The filters that were understood, with their labels."""
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    return [f"{form.fields[name].label}: {_word(form, name, value)}" for name, value in chosen.items()]


def _word(form: IssueListForm, name: str, value: Any) -> str:
    if name == "category":
        return str(Category.objects.filter(slug=value).first() or value)
    if name == "area":
        return str(list_areas().filter(pk=value).first() or value)
    return str(dict(getattr(form.fields[name], "choices", ())).get(value, value))
