"""Ask for a series of sheets; the worker makes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from layers.sources import source_for
from planning.actions.jobs import ask_for
from planning.printing.asked import asked_by
from planning.printing.series import order_of
from planning.rights import person, staff_only

OWN = ("csrfmiddlewaretoken", "sheets", "fit", "where")


@staff_only
@require_POST
def print_series(request: HttpRequest) -> HttpResponse:
    """`sheets` is the layer with a sheet for each of whose features; the rest as the page of a print has it."""
    words = {name: str(text) for name, text in request.POST.items() if name not in OWN}
    asked_by(request.user, request.POST, words)  # Refuses now what the worker would refuse later.
    source = source_for(request.user, request.POST.get("sheets", ""))
    order = order_of(words, source.slug, request.POST.get("fit", ""), request.POST.get("where", ""))
    title = _("Sheets by %(layer)s") % {"layer": capfirst(str(source.title))}
    job = ask_for(
        kind="print-series", title=title, order=order, owner=person(request), language=get_language() or "el"
    )
    return redirect("planning:job", job.pk)
