"""`/plan/maps/`: the list of saved maps; saving, changing and removing them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.errors import NotAllowed, NotFound, PortalError
from core.http import wants_json
from municipality.roles import rights_of
from planning.actions.maps import change_map, remove_map, save_map
from planning.maps.content import MapContent
from planning.maps.forms import SaveMapForm
from planning.models import PlanningMap

MOST_LISTED = 500


@require_safe
def maps(request: HttpRequest) -> HttpResponse:
    """Public maps for everybody; for staff also theirs and their colleagues'. The newest change first."""
    listed = PlanningMap.objects.visible_to(request.user).select_related("owner").defer("content")
    changeable = PlanningMap.objects.changeable_by(request.user).values_list("pk", flat=True)
    own = set(changeable) if rights_of(request.user).is_staff else set()
    context = {
        "maps": [(one, one.pk in own) for one in listed[:MOST_LISTED]],
        "is_staff": rights_of(request.user).is_staff,
    }
    return render(request, "planning/maps/list.html", context)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    owner = _person(request)
    form = _read(request)
    content = form.cleaned_data["content"] or MapContent()
    saved = save_map(about=form.about, content=content, owner=owner)
    return _answer(request, saved)


@require_POST
def change(request: HttpRequest, token: str) -> HttpResponse:
    changer, planning_map = _person(request), _openable(request, token)
    form = _read(request)
    changed = change_map(
        planning_map=planning_map,
        version=form.cleaned_data["version"] or 0,
        about=form.about,
        content=form.cleaned_data["content"],
        changer=changer,
    )
    return _answer(request, changed)


@require_POST
def remove(request: HttpRequest, token: str) -> HttpResponse:
    remover = _person(request)
    remove_map(planning_map=_openable(request, token), remover=remover)
    return redirect("planning:maps")


def _read(request: HttpRequest) -> SaveMapForm:
    """Raises PortalError with the first sentence that the form has to say."""
    form = SaveMapForm(request.POST)
    if not form.is_valid():
        name, sentences = next(iter(form.errors.items()))
        label = form.fields[name].label or _("The map")
        raise PortalError(f"{label}: {sentences[0]}")
    return form


def _answer(request: HttpRequest, saved: PlanningMap) -> HttpResponse:
    address = reverse("planning:saved-map", args=(saved.token,))
    if wants_json(request):
        return JsonResponse({"address": address, "version": saved.version, "title": saved.title})
    return redirect(address)


def _openable(request: HttpRequest, token: str) -> PlanningMap:
    """Who may not open a map is not told that it is there."""
    found = PlanningMap.objects.opened_by_link(request.user).filter(token=token).first()
    if found is None:
        raise NotFound()
    return found


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed(_("Sign in to keep maps."))
    return request.user
