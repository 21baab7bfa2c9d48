"""The list of imports: who, when, which file, where to, how it stands."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from importers.forms.filters import RunsForm
from importers.models import ImportRun
from importers.rights import importers_only
from importers.shown.evidence import changes_of
from importers.shown.stage import Stage, stage_of
from importers.shown.targets import titles_for

PAGE = 25


@importers_only
@never_cache
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    form = RunsForm(request.user, request.GET)
    visible = ImportRun.objects.visible_to(request.user)
    found = form.narrowed(visible).select_related("user").defer("evidence", "findings", "mapping")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": _rows(request, page),
        "query": query.urlencode(),
        "is_filtered": any(form.cleaned_data.values()),
        "has_none": not page.paginator.count and not visible.exists(),
    }
    return render(request, "importers/runs.html", context)


def _rows(request: HttpRequest, page: "Page[ImportRun]") -> list[dict[str, Any]]:
    titles, back = titles_for(page.object_list), ImportRun.objects.back_again()
    return [
        {
            "run": run,
            "stage": _stage(run, is_back=run.pk in back),
            "title": titles[run.pk],
            "changes": [change for change in changes_of(run) if change["count"]],
        }
        for run in page.object_list
    ]


def _stage(run: ImportRun, *, is_back: bool) -> Stage:
    run.findings = []  # left out of the list: a file that needs an answer says so on its own page
    return stage_of(run, is_back=is_back)
