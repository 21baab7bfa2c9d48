"""The attribute table of a layer: rows, figures, what to write into a filter; as a page, a part of one, and JSON."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from layers.ogcapi.sql import bounded
from planning.overlay.files import TYPES, csv_text
from planning.table.chosen import MOST_COUNTED, Chosen, chosen_from
from planning.table.figures import figures
from planning.table.listing import MOST_ROWS, Listing, Order, columns_from, listing
from planning.table.near import ground_of, outline_of
from planning.table.shown import figure_lines, links_of
from planning.table.values import frequent_values


@never_cache
@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Rows in an order; with `part` for the map, as `f` json or csv for programs."""
    with bounded():
        chosen = chosen_from(request.user, slug, request.GET)
        columns = columns_from(chosen, request.GET.getlist("field"))
        order = Order.parse(request.GET)
        if request.GET.get("f") == "csv":
            return _csv(slug, _file(listing(chosen, columns, order, MOST_ROWS)))
        page, count = listing(chosen, columns, order), chosen.counted()
    if request.GET.get("f") == "json":
        return JsonResponse(_written(chosen, page, count))
    context = {
        "chosen": chosen,
        "page": page,
        "count": count,
        "order": order,
        "most": MOST_COUNTED,
        "first": order.start + 1,
        "last": order.start + len(page.rows),
        **links_of(chosen, page, order),
    }
    return render(request, f"planning/table/{'_table' if 'part' in request.GET else 'table'}.html", context)


def _written(chosen: Chosen, page: Listing, count: int | None) -> dict[str, Any]:
    return {
        "title": chosen.collection.title,
        "count": count,
        "fields": [
            {"name": one.name, "title": one.title, "kind": one.kind.name.lower()} for one in page.columns
        ],
        "rows": [row.written() for row in page.rows],
        "more": page.has_more,
    }


def _file(page: Listing) -> bytes:
    rows = ([*(row.values[field.name] for field in page.columns)] for row in page.rows)
    head = [field.title for field in page.columns]
    return csv_text(iter([head, *rows]))


def _csv(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(content, content_type=TYPES["csv"], headers=headers)


@never_cache
@require_safe
def figures_of_chosen(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the field `number`, by classes of the field `by`."""
    number, by = request.GET.get("number", ""), request.GET.get("by", "")
    with bounded():
        chosen = chosen_from(request.user, slug, request.GET)
        told = figures(chosen, number, by)
    if request.GET.get("f") == "json":
        classes = [one.written() for one in told.classes]
        return JsonResponse({"whole": told.whole.written(), "classes": classes, "others": told.others})
    lines = figure_lines(told, has_classes=bool(by), has_numbers=bool(number))
    if request.GET.get("f") == "csv":
        return _csv(f"{slug}-figures", csv_text(iter([lines.head, *lines.raw])))
    more = chosen.asked | {"number": number, "by": by}
    context = {
        "chosen": chosen,
        "told": told,
        "lines": lines,
        "number": number,
        "by": by,
        "csv": f"{reverse('planning:table-figures', args=[slug])}?{urlencode(more | {'f': 'csv'})}",
    }
    part = "part" in request.GET
    return render(request, f"planning/table/{'_figures' if part else 'figures'}.html", context)


@never_cache
@require_safe
def values(request: HttpRequest, slug: str) -> JsonResponse:
    """The most frequent values of `field` that hold `q`; with no field, the fields themselves."""
    with bounded():
        chosen = chosen_from(request.user, slug, request.GET)
        name = request.GET.get("field", "")
        if name:
            return JsonResponse({"values": frequent_values(chosen, name, request.GET.get("q", "")[:100])})
    fields = [
        {"name": one.name, "title": one.title, "kind": one.kind.name.lower(), "text": one.is_text}
        for one in chosen.sortable
    ]
    return JsonResponse({"fields": fields, "geometry": chosen.collection.source.geometry})


@csrf_exempt  # It keeps nothing.
@require_POST
def near(request: HttpRequest, slug: str) -> JsonResponse:
    """The outline of a shape, or of another layer's rows, with metres around it, as CQL2 for the layer `slug`."""
    with bounded():
        chosen = chosen_from(request.user, slug, {})
        geometry = chosen.collection.source.geometry
        ground, rows = ground_of(request.user, request.POST)
        outline = outline_of(ground, rows)
        exact = chosen.rows.filter(**{f"{geometry}__intersects": ground}).order_by().count()
    told = _("The outline is right to %(metres)s m; %(exact)s rows meet the exact one.") % {
        "metres": outline.metres,
        "exact": exact,
    }
    return JsonResponse(
        asdict(outline) | {"exact": exact, "cql2": f"S_INTERSECTS({geometry}, {outline.wkt})", "told": told},
        headers={"Cache-Control": "private, no-store"},
    )
