"""The overlay: what to ask, the answer at once or in the background, its files, and keeping it as a layer."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound, PortalError
from core.limits import check_rate
from layers.ogcapi.sql import bounded
from municipality.roles import rights_of
from planning.actions.jobs import ask_for
from planning.actions.overlay import keep_overlay as keep
from planning.models import JobState, PlanJob
from planning.overlay import files, table
from planning.overlay.colors import colors_of
from planning.overlay.cost import is_short
from planning.overlay.errors import TooLargeForNow
from planning.overlay.form import OverlayForm
from planning.overlay.numbers import amount
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.overlay.results import Overlay
from planning.overlay.shapes import surfaces_of
from planning.rights import may_plan, person, planners_only, staff_only

#: For visitors who are not signed in as staff.
PER_HOUR = 120


@never_cache
@require_safe
def overlay_page(request: HttpRequest) -> HttpResponse:
    """The form; with `go`, also its answer, or the offer to reckon it in the background."""
    form = OverlayForm(request.user, request.GET)
    context: dict[str, Any] = {"form": form, "is_asked": "go" in request.GET}
    if "go" in request.GET and form.is_valid():
        context |= _answered(request, form.order())
    status = 400 if context.get("refusal") else 200
    return render(request, "planning/overlay/overlay.html", context, status=status)


def _answered(request: HttpRequest, order: Order) -> dict[str, Any]:
    try:
        found = _at_once(request, order)
    except PortalError as refusal:
        return {"refusal": str(refusal)}
    if found is None:
        return {"offers_job": True, "order": order.as_json()}
    files_at = f"{reverse('planning:overlay-file')}?{urlencode(order.as_json())}"
    return {"order": order.as_json(), **_shown(request, order, found, files_at)}


def _at_once(request: HttpRequest, order: Order) -> Overlay | None:
    """The answer; None where it takes too long and staff may have it done. Raises TooLargeForNow for others."""
    is_staff = rights_of(request.user).is_staff
    if not is_staff:
        check_rate(request, "overlay", PER_HOUR)
    with bounded():
        what, by = sides_of(order, request.user)
        if is_short(what, by):
            return overlay(what, by)
    if not is_staff:
        raise TooLargeForNow()
    return None


def _shown(request: HttpRequest, order: Order, found: Overlay, files_at: str) -> dict[str, Any]:
    columns = table.columns_of(found, colors_of(request.user, order.what, order.what_field))
    lines = table.lines_of(found, columns)
    return {
        "found": found,
        "columns": columns,
        "lines": lines,
        "hidden_lines": len(found.surfaces) - len(lines),
        "bars": table.bars_of(found, columns),
        "totals": table.totals_of(found, columns),
        "total": amount(found.counted, found.measure),
        "summary": table.summary(found),
        "warnings": table.warnings(found),
        "files_at": files_at,
        "may_keep": may_plan(request.user),
    }


@never_cache
@require_safe
def overlay_file(request: HttpRequest) -> HttpResponse:
    """The same as the page, as `format` csv, xlsx or geojson."""
    order = Order.from_json(request.GET.dict())
    found = _at_once(request, order)
    if found is None:
        raise TooLargeForNow()
    return _file(request, order, found)


def _file(request: HttpRequest, order: Order, found: Overlay) -> HttpResponse:
    kind = request.GET.get("format", files.CSV)
    if kind not in files.TYPES:
        raise NotFound()
    if kind == files.GEOJSON:
        with bounded():
            content = files.geojson_text(found, surfaces_of(sides_of(order, request.user)[1]))
    elif kind == files.XLSX:
        content = files.xlsx_bytes(files.rows_of(found), _("Overlay"))
    else:
        content = files.csv_text(files.rows_of(found))
    name = f"{order.what}-{order.by}.{kind}"
    return HttpResponse(
        content,
        content_type=files.TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@staff_only
@require_POST
def ask_overlay(request: HttpRequest) -> HttpResponse:
    """Have it done in the background."""
    order = Order.from_json(request.POST.dict())
    what, by = sides_of(order, request.user)
    title = _("%(what)s by %(by)s") % {"what": what.title, "by": by.title}
    job = ask_for(
        kind="overlay",
        title=title,
        order=order.as_json(),
        owner=person(request),
        language=get_language() or "el",
    )
    return redirect("planning:job", job.pk)


@staff_only
@never_cache
@require_safe
def overlay_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done in the background, for who asked for it."""
    job = _done(request, pk)
    order, found = Order.from_json(job.order), Overlay.from_json(job.answer["overlay"])
    shown = _shown(request, order, found, f"{reverse('planning:overlay-result-file', args=[pk])}?job={pk}")
    context = {"job": job, "order": {"job": pk}, **shown}
    return render(request, "planning/overlay/result.html", context)


@staff_only
@never_cache
@require_safe
def overlay_result_file(request: HttpRequest, pk: int) -> HttpResponse:
    job = _done(request, pk)
    return _file(request, Order.from_json(job.order), Overlay.from_json(job.answer["overlay"]))


@planners_only
@require_POST
def keep_overlay(request: HttpRequest) -> HttpResponse:
    """As a layer of the staff: of a job, or of an order that is short enough to be reckoned again."""
    order, found = _to_keep(request)
    with bounded():
        surfaces = surfaces_of(sides_of(order, request.user)[1])
    title = request.POST.get("title", "").strip() or _("%(what)s by %(by)s") % {
        "what": found.what_title,
        "by": found.by_title,
    }
    slugs = (order.what, order.by)
    layer = keep(found=found, surfaces=surfaces, title=title, slugs=slugs, user=person(request))
    messages.success(
        request, _("Kept as the layer “%(title)s”, not for the public.") % {"title": layer.title}
    )
    return redirect("layers:layer", layer.slug)


def _to_keep(request: HttpRequest) -> tuple[Order, Overlay]:
    given: QueryDict = request.POST
    number = given.get("job", "")
    if number.isdecimal() and len(number) < 18:
        job = _done(request, int(number))
        return Order.from_json(job.order), Overlay.from_json(job.answer["overlay"])
    order = Order.from_json(given.dict())
    found = _at_once(request, order)
    if found is None:
        raise TooLargeForNow()
    return order, found


def _done(request: HttpRequest, pk: int) -> PlanJob:
    """The person's own: it was done with that person's rights."""
    own = PlanJob.objects.visible_to(request.user).filter(owner=person(request), kind="overlay")
    job = own.filter(pk=pk, state=JobState.DONE).first() if pk < 2**63 else None
    if job is None:
        raise NotFound()
    return job
