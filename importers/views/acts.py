"""What a person asks for on the page of a run: another check, the import, the end of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import NotFound, PortalError
from importers.actions.asking import ask_check, ask_import, ask_stop
from importers.actions.mappings import forget_mapping, save_mapping
from importers.forms.choices import ChoicesForm
from importers.models import ImportRun, SavedMapping
from importers.rights import importers_only, person, run_of
from importers.run_errors import UploadRefused
from importers.targets import target_named
from importers.views.run_parts import run_context


@importers_only
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run_to_write(request, pk)
    form = ChoicesForm(run, request.POST)
    if not form.is_valid():
        return render(request, "importers/run.html", run_context(request, run, form=form), status=422)
    document = form.mapping()
    _save(request, form, run, document)
    ask_check(run=run, order=form.order(), mapping=document)
    return redirect("importers:run", pk)


def _save(request: HttpRequest, form: ChoicesForm, run: ImportRun, document: dict[str, object]) -> None:
    """Keep the table by name, if asked and sound."""
    name = form.cleaned_data["save_as"].strip()
    if not name:
        return
    try:
        target_named(run.target).rules(document, run.target_slug, name)
    except PortalError as refusal:
        messages.error(request, str(refusal))
        return
    save_mapping(name=name, target=run.target, slug=run.target_slug, document=document, user=person(request))
    messages.success(request, _("The table was kept as “%(name)s”.") % {"name": name})


@importers_only
@require_POST
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run_to_write(request, pk)
    ask_import(
        run=run,
        user=person(request),
        set_aside=bool(request.POST.get("set_aside")),
        allow_removals=bool(request.POST.get("allow_removals")),
    )
    return redirect("importers:run", pk)


@importers_only
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    ask_stop(run=_run_to_write(request, pk))
    return redirect("importers:run", pk)


@importers_only
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a mapping that was kept by name; goes back to the run that it was seen on."""
    mapping = SavedMapping.objects.visible_to(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if mapping is None:
        raise NotFound()
    forget_mapping(mapping=mapping)
    messages.success(request, _("“%(name)s” is not kept any more.") % {"name": mapping.name})
    run = request.POST.get("run", "")
    return (
        redirect("importers:run", int(run))
        if run.isdecimal() and len(run) < 18
        else redirect("importers:runs")
    )


def _run_to_write(request: HttpRequest, pk: int) -> ImportRun:
    """A run whose target this person may still fill; raises UploadRefused when that is over."""
    run = run_of(request, pk)
    if not target_named(run.target).may(request.user, run.target_slug):
        raise UploadRefused(_("You may not import into this any more. Ask the administrator of the portal."))
    return run
