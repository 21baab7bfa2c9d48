"""Photos of an issue: public ones to all, the others to who handles the issue or holds its token."""

import logging

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from core.errors import NotFound
from issues.models import Issue, Photo

logger = logging.getLogger(__name__)
PUBLIC = "public, max-age=3600"
PRIVATE = "private, no-cache"


@require_safe
def photo(request: HttpRequest, uuid: str, size: str) -> HttpResponse | FileResponse:
    """A JPEG; who may not see it is told the same as when there is none."""
    row = Photo.objects.select_related("issue").filter(uuid=uuid).first()
    if row is None:
        raise NotFound()
    shown_to_all = row.is_public and Issue.objects.public().filter(pk=row.issue_id).exists()
    if not shown_to_all and not _may_see(request, row.issue):
        raise NotFound()
    tag = f'"{row.uuid}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse | FileResponse = HttpResponse(status=304)
    else:
        response = _file(row, size)
    response.headers["Cache-Control"] = PUBLIC if shown_to_all else PRIVATE
    response.headers["ETag"] = tag
    if not shown_to_all:
        patch_vary_headers(response, ["Cookie"])
    return response


def _file(row: Photo, size: str) -> FileResponse:
    stored = row.thumbnail if size == "thumb" else row.file
    try:
        content = stored.open("rb")
    except FileNotFoundError:
        logger.exception("The file of photo %s is gone", row.uuid)
        raise NotFound() from None
    return FileResponse(content, content_type="image/jpeg", filename=f"{row.uuid}-{size}.jpg")


def _may_see(request: HttpRequest, issue: Issue) -> bool:
    if constant_time_compare(request.GET.get("t", ""), issue.token):
        return True
    return Issue.objects.visible_to(request.user).handled_by(request.user).filter(pk=issue.pk).exists()
