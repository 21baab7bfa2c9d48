"""`/plan/parcel/`: find a plot; `/plan/parcel/<layer>/<key>/`: what applies to it, as page, paper and JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.errors import PortalError
from core.geo import LonLat, to_lonlat
from core.http import wants_json
from layers.moments import AsOf
from layers.search import Hit, search
from planning.parcel.answer import Answer, answer_for
from planning.parcel.document import document_of
from planning.parcel.inset import inset_of
from planning.parcel.page import context_of
from planning.parcel.plots import Plot, at_place, with_code
from planning.parcel.sheet import sheet_of

PICTURE = (120.0, 96.0)
NOWHERE = 404


@require_safe
def find_parcel(request: HttpRequest) -> HttpResponse:
    """`q` a ΚΑΕΚ, an address or a place; `lon` and `lat` a place that was clicked. `valid` and `known` go along. With
    `part` the answer in short, for the panel of the map."""
    moments = _moments(request)
    typed, place = request.GET.get("q", "").strip(), _place(request)
    plot = at_place(request.user, place.to_storage()) if place is not None else None
    plots = [plot] if plot is not None else with_code(request.user, typed) if typed else []
    hits = search(request.user, typed) if typed and not plots else []
    if _asks_json(request):
        return JsonResponse({"plots": [_plot_json(plot, moments) for plot in plots]})
    if request.GET.get("part"):
        return _card(request, plots[0].part.source.slug, plots[0].key) if plots else _no_plot(request)
    if len(plots) == 1:
        return redirect(address_of(plots[0], moments))
    context = {
        "typed": typed,
        "moments": moments,
        "plots": [(plot, address_of(plot, moments)) for plot in plots],
        "hits": [(hit, _plot_there(hit, moments)) for hit in hits],
        "is_nowhere": place is not None and plot is None,
        "is_unknown": bool(typed) and not plots and not hits,
    }
    status = NOWHERE if context["is_nowhere"] else 200
    return render(request, "planning/parcel/find.html", context, status=status)


@require_safe
def parcel(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page, or with `?f=json` the same as JSON. Raises NotFound, NoPlot, NoShape, BadMoment, BeforeHistory."""
    if _asks_json(request):
        response = _as_json(request, slug, key)
    else:
        answer = answer_for(request.user, slug, key, _moments(request))
        response = render(request, "planning/parcel/parcel.html", _context(answer))
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def parcel_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The same on A4."""
    answer = answer_for(request.user, slug, key, _moments(request))
    response = HttpResponse(sheet_of(answer, request), content_type="application/pdf")
    name = f"{answer.plot.key.replace('/', '-')}.pdf"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    return response


def _as_json(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A refusal too, whatever else the caller would take."""
    try:
        return JsonResponse(document_of(answer_for(request.user, slug, key, _moments(request))))
    except PortalError as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=refusal.status)


def _card(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What the panel of the map tells."""
    answer = answer_for(request.user, slug, key, _moments(request))
    pdf = reverse("planning:parcel-pdf", args=[slug, key]) + answer.moments.query
    context = {**context_of(answer), "page": address_of(answer.plot, answer.moments), "pdf": pdf}
    context["shape"] = to_lonlat(answer.plot.shape).geojson
    return render(request, "planning/parcel/_card.html", context)


def _no_plot(request: HttpRequest) -> HttpResponse:
    return render(request, "planning/parcel/_no_plot.html", status=NOWHERE)


def address_of(plot: Plot, moments: AsOf) -> str:
    return reverse("planning:parcel", args=[plot.part.source.slug, plot.key]) + moments.query


def _context(answer: Answer) -> dict[str, Any]:
    plot = answer.plot
    middle = plot.shape.point_on_surface
    on_map = Hit.at(middle, title="", context="", kind="", zoom=18).map_path
    return {**context_of(answer), "picture": inset_of(answer, *PICTURE), "map_path": on_map}


def _moments(request: HttpRequest) -> AsOf:
    return AsOf.parse(request.GET.get("valid", ""), request.GET.get("known", ""))


def _place(request: HttpRequest) -> LonLat | None:
    lon, lat = request.GET.get("lon"), request.GET.get("lat")
    return LonLat.parse(lon, lat) if lon and lat else None


def _asks_json(request: HttpRequest) -> bool:
    asked = request.GET.get("f", "")
    return asked == "json" if asked else wants_json(request)


def _plot_json(plot: Plot, moments: AsOf) -> dict[str, Any]:
    return {
        "key": plot.key,
        "layer": plot.part.source.slug,
        "name": plot.name,
        "url": address_of(plot, moments),
    }


def _plot_there(hit: Hit, moments: AsOf) -> str:
    """The address that finds the plot at a place of the search."""
    query = f"?lon={hit.lon:.7f}&lat={hit.lat:.7f}{moments.query.replace('?', '&')}"
    return reverse("planning:find-parcel") + query
