"""Zonal statistics: what to ask, the answer at once or in the background, its file, and keeping it as a layer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound, PortalError
from core.limits import check_rate
from municipality.roles import rights_of
from planning.actions.jobs import ask_for
from planning.actions.overlay import keep_zonal as keep
from planning.models import JobState, PlanJob
from planning.overlay.errors import TooLargeForNow
from planning.overlay.files import CSV, TYPES, XLSX, csv_text, xlsx_bytes
from planning.overlay.views import PER_HOUR
from planning.rights import may_plan, person, planners_only, staff_only
from planning.zonal import table
from planning.zonal.form import ZonalForm
from planning.zonal.order import ZonalOrder
from planning.zonal.reckon import CELLS_AT_ONCE, question_of, zonal
from planning.zonal.results import Zonal


@never_cache
@require_safe
def zonal_page(request: HttpRequest) -> HttpResponse:
    """The form; with `go`, also its answer, or the offer to reckon it in the background."""
    form = ZonalForm(request.user, request.GET)
    context: dict[str, Any] = {"form": form}
    if "go" in request.GET and form.is_valid():
        context |= _answered(request, form.order())
    return render(
        request, "planning/zonal/zonal.html", context, status=400 if context.get("refusal") else 200
    )


def _answered(request: HttpRequest, order: ZonalOrder) -> dict[str, Any]:
    try:
        found = _at_once(request, order)
    except PortalError as refusal:
        return {"refusal": str(refusal)}
    if found is None:
        return {"offers_job": True, "order": order.as_json()}
    files_at = f"{reverse('planning:zonal-file')}?{urlencode(order.as_json())}"
    return {"order": order.as_json(), **_shown(request, found, files_at)}


def _at_once(request: HttpRequest, order: ZonalOrder) -> Zonal | None:
    """The answer; None where it takes too long and staff may have it done. Raises TooLargeForNow for others."""
    is_staff = rights_of(request.user).is_staff
    if not is_staff:
        check_rate(request, "zonal", PER_HOUR)
    question = question_of(order, request.user)
    if question.cells <= CELLS_AT_ONCE:
        return zonal(question)
    if not is_staff:
        raise TooLargeForNow()
    return None


def _shown(request: HttpRequest, found: Zonal, files_at: str) -> dict[str, Any]:
    return {
        "found": found,
        "titles": table.titles(),
        "lines": table.lines_of(found),
        "values": found.values[: table.VALUES],
        "hidden_lines": max(0, len(found.zones) - table.ROWS),
        "summary": table.summary(found),
        "warnings": table.warnings(found),
        "files_at": files_at,
        "may_keep": may_plan(request.user),
    }


@never_cache
@require_safe
def zonal_file(request: HttpRequest) -> HttpResponse:
    """The same as the page, as `format` csv or xlsx."""
    order = ZonalOrder.from_json(request.GET.dict())
    found = _at_once(request, order)
    if found is None:
        raise TooLargeForNow()
    return _file(request, order, found)


def _file(request: HttpRequest, order: ZonalOrder, found: Zonal) -> HttpResponse:
    kind = request.GET.get("format", CSV)
    if kind not in (CSV, XLSX):
        raise NotFound()
    rows = table.rows_of(found)
    content = csv_text(rows) if kind == CSV else xlsx_bytes(rows, _("Zonal statistics"))
    headers = {"Content-Disposition": f'attachment; filename="{order.raster}-{order.by}.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


@staff_only
@require_POST
def ask_zonal(request: HttpRequest) -> HttpResponse:
    """Have it done in the background."""
    order = ZonalOrder.from_json(request.POST.dict())
    question = question_of(order, request.user)
    title = _("%(what)s by %(by)s") % {"what": question.raster, "by": question.by.title}
    job = ask_for(
        kind="zonal",
        title=title,
        order=order.as_json(),
        owner=person(request),
        language=get_language() or "el",
    )
    return redirect("planning:job", job.pk)


@staff_only
@never_cache
@require_safe
def zonal_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done in the background, for who asked for it."""
    job = _done(request, pk)
    found = Zonal.from_json(job.answer["zonal"])
    shown = _shown(request, found, f"{reverse('planning:zonal-result-file', args=[pk])}?job={pk}")
    return render(request, "planning/zonal/result.html", {"job": job, "order": {"job": pk}, **shown})


@staff_only
@never_cache
@require_safe
def zonal_result_file(request: HttpRequest, pk: int) -> HttpResponse:
    job = _done(request, pk)
    return _file(request, ZonalOrder.from_json(job.order), Zonal.from_json(job.answer["zonal"]))


@planners_only
@require_POST
def keep_zonal(request: HttpRequest) -> HttpResponse:
    """As a layer of the staff: of a job, or of an order that is short enough to be reckoned again."""
    order, found = _to_keep(request)
    surfaces = [surface for surface, _here, _there in question_of(order, request.user).surfaces]
    title = request.POST.get("title", "").strip() or found.raster_title
    slugs = (order.raster, order.by)
    layer = keep(found=found, surfaces=surfaces, title=title, slugs=slugs, user=person(request))
    messages.success(
        request, _("Kept as the layer “%(title)s”, not for the public.") % {"title": layer.title}
    )
    return redirect("layers:layer", layer.slug)


def _to_keep(request: HttpRequest) -> tuple[ZonalOrder, Zonal]:
    number = request.POST.get("job", "")
    if number.isdecimal() and len(number) < 18:
        job = _done(request, int(number))
        return ZonalOrder.from_json(job.order), Zonal.from_json(job.answer["zonal"])
    order = ZonalOrder.from_json(request.POST.dict())
    found = _at_once(request, order)
    if found is None:
        raise TooLargeForNow()
    return order, found


def _done(request: HttpRequest, pk: int) -> PlanJob:
    """The person's own: it was done with that person's rights."""
    own = PlanJob.objects.visible_to(request.user).filter(owner=person(request), kind="zonal")
    job = own.filter(pk=pk, state=JobState.DONE).first() if pk < 2**63 else None
    if job is None:
        raise NotFound()
    return job
