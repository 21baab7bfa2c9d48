"""The photos that came with a form, all prepared or the first refusal with the name of its file."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from issues.photos import PhotoRefused, PreparedPhoto, prepare_photo


def prepared_photos(request: HttpRequest, field: str = "photos") -> list[PreparedPhoto]:
    """Raises PhotoRefused, which says which file and why, and when there are too many."""
    uploads = request.FILES.getlist(field)
    if len(uploads) > settings.PHOTO_MAX_COUNT:
        raise PhotoRefused(_("At most %(count)s photos, please."), count=settings.PHOTO_MAX_COUNT)
    prepared = []
    for upload in uploads:
        try:
            prepared.append(prepare_photo(upload))
        except PhotoRefused as refusal:
            sentence = "%(file)s: %(why)s"
            raise PhotoRefused(sentence, file=upload.name, why=refusal) from refusal
    return prepared
