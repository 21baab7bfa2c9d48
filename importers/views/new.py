"""A new import: drop a file, say where it goes; it is kept and its check asked for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import wants_json
from importers.actions.uploads import take_upload
from importers.forms.upload import MAKES_NEW, NEW, UploadForm
from importers.models import ImportRun
from importers.rights import importers_only, person
from importers.run_errors import UploadRefused
from importers.sources import signatures
from importers.targets import target_named


@importers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """With JavaScript the answer to a POST is JSON: {"url"}, or {"errors": [{"field", "message"}]}."""
    if request.method != "POST":
        return _page(request, UploadForm(request.user, initial={"into": request.GET.get("into", "")}))
    form = UploadForm(request.user, request.POST)
    if not form.is_valid():
        return _refused(request, form, 422)
    try:
        run = _take(request, form)
    except UploadRefused as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, form, refusal.status)
    return _arrived(request, run)


def _take(request: HttpRequest, form: UploadForm) -> ImportRun:
    user = person(request)
    target, slug = form.target()
    if not target_named(target).may(user, slug):
        raise UploadRefused(_("You may not import into this. Choose another target."))
    files = request.FILES.getlist("files")
    return take_upload(files=files, target=target, slug=slug, order=form.order(), user=user)


def _arrived(request: HttpRequest, run: ImportRun) -> HttpResponse:
    url = reverse("importers:run", args=[run.pk])
    if wants_json(request):
        return JsonResponse({"url": url})
    messages.success(
        request, _("The file has arrived and is being checked. Nothing is changed before you decide.")
    )
    return redirect(url)


def _refused(request: HttpRequest, form: UploadForm, status: int) -> HttpResponse:
    if not wants_json(request):
        return _page(request, form, status)
    errors = [
        {"field": field, "message": " ".join(str(each) for each in found)}
        for field, found in form.errors.items()
    ]
    return JsonResponse({"errors": errors}, status=status)


def _page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "most_bytes": settings.IMPORT_MAX_BYTES,
        "most": filesizeformat(settings.IMPORT_MAX_BYTES),
        "known": signatures.known_extensions(),
        "kept_days": settings.IMPORT_FILE_KEPT_DAYS,
        "new_ones": " ".join(f"{kind}:{NEW}" for kind in MAKES_NEW),
    }
    return render(request, "importers/new.html", context, status=status)
