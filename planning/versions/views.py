"""Draft plans: the list, what one changes, its files, and what becomes of it."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound
from core.limits import check_rate
from layers.ogcapi.sql import bounded
from municipality.roles import rights_of
from planning.actions.jobs import ask_for
from planning.actions.versions import adopt_version, drop_version, make_version
from planning.models import JobState, PlanJob, PlanVersion, VersionState
from planning.overlay.cost import SURFACES_AT_ONCE, estimated_rows
from planning.overlay.errors import TooLargeForNow
from planning.overlay.files import csv_text
from planning.overlay.sides import side_of
from planning.overlay.views import PER_HOUR
from planning.rights import may_plan, person, planners_only, staff_only
from planning.versions import files, words
from planning.versions.compare import compare, plot_parts
from planning.versions.comparison import Comparison
from planning.versions.form import AdoptForm, MakeVersionForm
from planning.versions.paper import paper_of

ON_THE_PAGE = 40


@never_cache
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    rows = PlanVersion.objects.visible_to(request.user).select_related("current", "draft", "author")
    return render(
        request, "planning/versions/versions.html", {"rows": rows, "may_make": may_plan(request.user)}
    )


@planners_only
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    form = MakeVersionForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = make_version(author=person(request), **form.cleaned_data)
        return redirect("planning:version", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "planning/versions/make.html", {"form": form}, status=status)


@never_cache
@require_safe
def version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What it changes, for the layer of plots in `plots`; the offer to reckon it in the background where that takes
    longer."""
    version = version_of(request, pk)
    plots = request.GET.get("plots", "")
    found = _at_once(request, version, plots)
    context: dict[str, Any] = {
        "version": version,
        "plots": plots,
        "offers_job": found is None,
        **_choices(request),
    }
    if found is not None:
        query = urlencode({"plots": plots} if plots else {})
        context |= shown(found, f"{reverse('planning:version-file', args=[pk])}?{query}")
    may_decide = version.state == VersionState.DRAFT and may_plan(request.user)
    context |= {"may_decide": may_decide, "form": AdoptForm(initial={"valid_from": timezone.localdate()})}
    return render(request, "planning/versions/version.html", context)


def _choices(request: HttpRequest) -> dict[str, Any]:
    return {"plot_layers": [(part.source.slug, part.title) for part in plot_parts(request.user)]}


def _at_once(request: HttpRequest, version: PlanVersion, plots: str) -> Comparison | None:
    """None where staff may have it done in the background. Raises TooLargeForNow for others."""
    is_staff = rights_of(request.user).is_staff
    if not is_staff:
        check_rate(request, "version", PER_HOUR)
    with bounded():
        sides = [side_of(request.user, layer.slug) for layer in (version.current, version.draft)]
        if all(estimated_rows(side) <= SURFACES_AT_ONCE for side in sides):
            return compare(version, request.user, plots)
    if not is_staff:
        raise TooLargeForNow()
    return None


def shown(found: Comparison, files_at: str) -> dict[str, Any]:
    first = words.largest_plots(found)[:ON_THE_PAGE]
    return {
        "found": found,
        "summary": words.summary(found),
        "legend": words.legend(found),
        "piece_rows": words.piece_rows(found),
        "line_rows": words.line_rows(found),
        "has_map": bool(found.pieces or found.lines),
        "plot_rows": words.plot_rows(first),
        "more_plots": len(found.plots) - len(first),
        "files_at": files_at,
    }


@never_cache
@require_safe
def version_file(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    found = _at_once(request, version, request.GET.get("plots", ""))
    if found is None:
        raise TooLargeForNow()
    return _file(request, version, found)


def _file(request: HttpRequest, version: PlanVersion, found: Comparison) -> HttpResponse:
    kind = request.GET.get("format", files.CSV)
    if kind == files.GEOJSON:
        content = json.dumps(files.geojson_of(found), ensure_ascii=False).encode()
    elif kind == files.PDF:
        content = paper_of(version, found)
    elif kind == files.CSV:
        content = csv_text(files.rows_of(found))
    else:
        raise NotFound()
    shown_here = "inline" if kind == files.GEOJSON and "show" in request.GET else "attachment"
    headers = {"Content-Disposition": f'{shown_here}; filename="plan-version-{version.pk}.{kind}"'}
    return HttpResponse(content, content_type=files.TYPES[kind], headers=headers)


@staff_only
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it compared in the background."""
    version = version_of(request, pk)
    order = {"version": version.pk, "plots": request.POST.get("plots", "")[:60]}
    title = _("What “%(title)s” changes") % {"title": version.title}
    job = ask_for(
        kind="compare", title=title, order=order, owner=person(request), language=get_language() or "el"
    )
    return redirect("planning:job", job.pk)


@staff_only
@never_cache
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was compared in the background, for who asked for it."""
    version, found, job = _done(request, pk)
    files_at = f"{reverse('planning:version-result-file', args=[pk])}?job={pk}"
    context = {"version": version, "job": job, **shown(found, files_at)}
    return render(request, "planning/versions/version.html", context)


@staff_only
@never_cache
@require_safe
def result_file(request: HttpRequest, pk: int) -> HttpResponse:
    version, found, _job = _done(request, pk)
    return _file(request, version, found)


def _done(request: HttpRequest, pk: int) -> tuple[PlanVersion, Comparison, PlanJob]:
    own = PlanJob.objects.visible_to(request.user).filter(owner=person(request), kind="compare")
    job = own.filter(pk=pk, state=JobState.DONE).first() if pk < 2**63 else None
    if job is None:
        raise NotFound()
    return version_of(request, int(job.order["version"])), Comparison.from_json(job.answer["comparison"]), job


@planners_only
@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    version, form = version_of(request, pk), AdoptForm(request.POST)
    if not form.is_valid():
        for error in form.errors.values():
            messages.error(request, " ".join(map(str, error)))
        return redirect("planning:version", pk)
    counts = adopt_version(version=version, user=person(request), **form.cleaned_data)
    told = {"changed": counts.changed, "added": counts.added, "removed": counts.removed}
    messages.success(
        request, _("Adopted: %(changed)s zones changed, %(added)s added, %(removed)s ended.") % told
    )
    return redirect("layers:layer", version.current.slug)


@planners_only
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    drop_version(version=version_of(request, pk))
    messages.success(request, _("Dropped. The layer of the draft stays as it is."))
    return redirect("planning:versions")


def version_of(request: HttpRequest, pk: int) -> PlanVersion:
    """A draft between two layers that this person sees; NotFound for the others."""
    rows = PlanVersion.objects.visible_to(request.user).select_related("current", "draft", "author")
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise NotFound()
    return found
