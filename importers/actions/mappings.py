"""Mappings kept by name, so that the next file of the same kind needs no thought."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from importers.errors import NoSuchMapping
from importers.models import SavedMapping

NAME_LENGTH = 100


@transaction.atomic
def save_mapping(
    *, name: str, target: str, slug: str, document: dict[str, Any], user: User | None
) -> SavedMapping:
    """Keep a document by name; one of this name for the same target is replaced. The document was read with the rules
    of its target before (`TargetKind.rules`), so it is sound."""
    mapping, _made = SavedMapping.objects.update_or_create(
        target=target,
        name=name.strip()[:NAME_LENGTH],
        defaults={
            "target_slug": slug[:NAME_LENGTH],
            "document": document,
            "user": user,
            "changed_at": timezone.now(),
        },
    )
    return mapping


@transaction.atomic
def forget_mapping(*, mapping: SavedMapping) -> None:
    """Runs keep their own copy of what they were imported with."""
    mapping.delete()


def saved_mapping(*, target: str, name: str) -> SavedMapping:
    """Raises NoSuchMapping with those there are."""
    of_target = SavedMapping.objects.filter(target=target)
    mapping = of_target.filter(name=name.strip()[:NAME_LENGTH]).first()
    if mapping is None:
        known = ", ".join(of_target.values_list("name", flat=True)[:20]) or "—"
        raise NoSuchMapping(name=name, known=known)
    return mapping
