"""What the desk's pages are put together from: the list with its chips, the case, and the filters between them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from issues.casefile import CaseFile
from issues.desk_queue import Counts, Filters, counts, page
from issues.desk_rights import desk_user
from issues.forms.desk import AssignForm, BulkForm, CategoryForm, NoteForm, StateForm
from issues.forms.desk_queue import ANY_STATE, QueueForm, departments_of
from issues.states import DESK, OPEN, State
from municipality.roles import rights_of


def answer(
    request: HttpRequest, part: str, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The part alone when htmx asks for it, else the whole page with the list."""
    if wants_part(request, part):
        response = render(request, template, {**context, "is_part": True}, status=status)
    else:
        whole = context if "page" in context else {**queue_context(request), **context}
        response = render(request, "issues/desk/desk.html", whole, status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response


def wants_part(request: HttpRequest, part: str) -> bool:
    """True when htmx will put the answer into the element with this id."""
    return request.headers.get("HX-Target", "").endswith(f"#{part}")


def filters_of(request: HttpRequest) -> QueryDict:
    """The filters of the address bar, or those a form brings back; whatever is no filter is left out."""
    source = (
        request.POST.get("back", "") if request.method == "POST" else request.META.get("QUERY_STRING", "")
    )
    query = QueryDict(source, mutable=True)
    for name in list(query):
        if name not in QueueForm.base_fields or not query[name]:
            del query[name]
    return query


def queue_context(request: HttpRequest) -> dict[str, Any]:
    """The list: one query for the rows, one for the counts."""
    user, query = desk_user(request), filters_of(request)
    form = QueueForm(user, query)
    return {
        **chips_context(request),
        "form": form,
        "page": page(user, form.filters()),
        "bulk_form": BulkForm(),
        "may_bulk": rights_of(user).has(*DESK),
    }


def chips_context(request: HttpRequest) -> dict[str, Any]:
    """The counts by state under the current filters."""
    user, query = desk_user(request), filters_of(request)
    filters = QueueForm(user, query).filters()
    counted = counts(user, filters)
    return {
        "filters": filters,
        "query": query.urlencode(),
        "near": query.get("near", ""),
        "page_query": _with(query, page=""),
        "counts": counted,
        "shows_department": departments_of(user).count() > 1,
        "total": counted.shown(filters),
        "chips": _chips(query, filters, counted),
        "active": len([name for name in query if name not in ("state", "overdue", "sort", "near", "page")]),
    }


def case_context(request: HttpRequest, case: CaseFile, **extra: Any) -> dict[str, Any]:
    """What the case shows; `extra` holds a form that was refused, the refusal, or what was done."""
    version = {"version": case.issue.version}
    return {
        "case": case,
        "issue": case.issue,
        "query": filters_of(request).urlencode(),
        "assign_form": AssignForm(initial=version, without=case.issue.department_id),
        "state_form": StateForm(initial=version, steps=case.steps),
        "note_form": NoteForm(),
        "category_form": CategoryForm(initial={**version, "category": case.issue.category.slug}),
        **extra,
    }


def _chips(query: QueryDict, filters: Filters, counted: Counts) -> list[dict[str, Any]]:
    """The states of an open case always, the others when there is something in them or they are chosen."""
    chosen = filters.get("state") or ""
    late_only = bool(filters.get("overdue"))
    chips = [_chip(query, pgettext("cases", "Open"), counted.open, not chosen and not late_only)]
    late = _with(query, overdue="on", page="")
    chips.append({"label": _("Overdue"), "count": counted.overdue, "query": late, "is_current": late_only})
    for state in State:
        count = counted.by_state.get(state, 0)
        if state in OPEN or count or chosen == state:
            chips.append(_chip(query, str(state.label), count, chosen == state, state.value))
    chips.append(_chip(query, pgettext("cases", "All"), counted.all, chosen == ANY_STATE, ANY_STATE))
    return chips


def _chip(query: QueryDict, label: str, count: int, is_current: bool, state: str = "") -> dict[str, Any]:
    link = _with(query, state=state, overdue="", page="")
    return {"label": label, "count": count, "query": link, "is_current": is_current}


def _with(query: QueryDict, **changes: str) -> str:
    """The query with some values changed; an empty one is dropped."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return changed.urlencode()
