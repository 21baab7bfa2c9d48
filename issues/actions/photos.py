"""Photos are kept with their files; a failed transaction leaves no file behind."""

from collections.abc import Sequence

from django.contrib.gis.geos import Point
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import ImageFieldFile

from accounts.models import User
from core.geo import LonLat
from issues.actions.history import locked, record
from issues.errors import CaseEnded, EnoughPhotos
from issues.models import Issue, Photo
from issues.models.issue import EventKind
from issues.models.photo import PhotoKind
from issues.photos import PreparedPhoto

MOST_PHOTOS = 15


@transaction.atomic
def add_photo(
    *, issue: Issue, prepared: PreparedPhoto, kind: str, actor: User | None, is_public: bool
) -> Photo:
    """Store a prepared photo and its event. Files go first, so a committed row always has its files."""
    photo = Photo(
        issue=issue,
        kind=kind,
        width=prepared.width,
        height=prepared.height,
        location=_place(prepared.location),
        taken_at=prepared.taken_at,
        uploader=actor,
        is_public=is_public,
    )
    try:
        _keep(photo.file, f"{photo.uuid}.jpg", prepared.image)
        _keep(photo.thumbnail, f"{photo.uuid}-480.jpg", prepared.thumbnail)
        photo.save()
        record(issue=issue, kind=EventKind.PHOTO, actor=actor, data={"photo": str(photo.uuid), "kind": kind})
    except BaseException:
        discard_files(photo)
        raise
    return photo


@transaction.atomic
def add_photos(
    *, issue: Issue, photos: Sequence[PreparedPhoto], kind: str, actor: User | None, is_public: bool
) -> list[Photo]:
    """All of them, or none: a failure removes the files of those already written."""
    kept: list[Photo] = []
    try:
        kept.extend(
            add_photo(issue=issue, prepared=prepared, kind=kind, actor=actor, is_public=is_public)
            for prepared in photos
        )
    except BaseException:
        for photo in kept:
            discard_files(photo)
        raise
    return kept


@transaction.atomic
def add_later_photos(*, issue: Issue, photos: Sequence[PreparedPhoto]) -> list[Photo]:
    """Photos that the reporter adds to an open report; staff look at them before anybody else does.

    Raises CaseEnded, EnoughPhotos."""
    row = locked(issue)
    refuse_more_photos(row, len(photos))
    return add_photos(issue=row, photos=photos, kind=PhotoKind.REPORT, actor=None, is_public=False)


def refuse_more_photos(issue: Issue, count: int) -> None:
    if not issue.is_open:
        raise CaseEnded()
    if issue.photos.count() + count > MOST_PHOTOS:
        raise EnoughPhotos()


def discard_files(photo: Photo) -> None:
    """Remove the files of a photo whose row was not kept."""
    for stored in (photo.file, photo.thumbnail):
        if stored.name:
            stored.storage.delete(stored.name)


def _keep(field: ImageFieldFile, name: str, image: bytes) -> None:
    """Django reads width and height only from a content that has a name."""
    field.save(name, ContentFile(image, name), save=False)


def _place(position: LonLat | None) -> Point | None:
    return position.to_storage() if position is not None else None
