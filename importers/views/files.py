"""Files of a run for those who see it: the uploaded one, and the rows that were set aside."""

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from importers.rights import importers_only, run_of
from importers.run_errors import FileGone


@importers_only
@never_cache
@require_safe
def uploaded(request: HttpRequest, pk: int) -> FileResponse:
    run = run_of(request, pk)
    return _download(run.file, run.file_name, "application/octet-stream")


@importers_only
@never_cache
@require_safe
def set_aside(request: HttpRequest, pk: int) -> FileResponse:
    run = run_of(request, pk)
    name = _("%(file)s – rows set aside.csv") % {"file": PurePath(run.file_name).stem}
    return _download(run.refused_rows, name, "text/csv; charset=utf-8")


def _download(kept: FieldFile, name: str, content_type: str) -> FileResponse:
    """As a file to keep, never as something that the browser opens itself."""
    if not kept:
        raise FileGone()
    try:
        content = kept.open("rb")
    except FileNotFoundError:
        raise FileGone() from None
    return FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
