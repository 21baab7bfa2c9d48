"""Photos and their rows stay together, whatever goes wrong between them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from issues.actions import photos as photo_actions
from issues.actions.photos import add_later_photos
from issues.errors import CaseEnded
from issues.models import Issue, IssueEvent, Photo
from issues.photos import PreparedPhoto, prepare_photo
from tests.factories import IssueFactory, PhotoFactory, Town, uploaded_jpeg


@pytest.fixture
def issue(town: Town) -> Issue:
    return IssueFactory.accepted(category=town.pothole, department=town.roads)


@pytest.fixture
def two() -> list[PreparedPhoto]:
    return [prepare_photo(uploaded_jpeg()) for _ in range(2)]


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_second_photo_that_fails_takes_the_first_back(
    two: list[PreparedPhoto], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = IssueFactory.accepted()
    store, kept = photo_actions._keep, []

    def full_disk(field: Any, name: str, image: bytes) -> None:
        kept.append(name)
        if len(kept) > 2:
            raise OSError("No space left on device")
        store(field, name, image)

    monkeypatch.setattr(photo_actions, "_keep", full_disk)
    with pytest.raises(OSError, match="No space"):
        add_later_photos(issue=issue, photos=two)
    assert not Photo.objects.exists()
    assert not IssueEvent.objects.filter(kind="photo").exists()
    assert files(settings) == []


def test_case_that_ended_while_the_photo_was_read_takes_none(
    issue: Issue, two: list[PreparedPhoto], settings: Any
) -> None:
    Issue.objects.filter(pk=issue.pk).update(state="withdrawn")
    with pytest.raises(CaseEnded):
        add_later_photos(issue=issue, photos=two)
    assert files(settings) == []


def test_photo_whose_file_is_gone_is_told_as_missing(client: Client, issue: Issue) -> None:
    photo = PhotoFactory.create(issue=issue, is_public=True)
    Path(photo.file.path).unlink()
    assert client.get(f"/photos/{photo.uuid}/full.jpg").status_code == 404
    assert client.get(f"/photos/{photo.uuid}/thumb.jpg").status_code == 200


def test_address_that_only_looks_like_a_photo_is_told_as_missing(client: Client, issue: Issue) -> None:
    assert client.get(f"/photos/{'-' * 36}/full.jpg").status_code == 404
