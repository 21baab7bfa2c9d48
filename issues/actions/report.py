"""A report comes in: placed, routed, numbered, promised and answered in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from assets.models import Asset
from issues.actions.history import record
from issues.actions.numbers import next_number
from issues.actions.photos import add_photos
from issues.errors import AssetMismatch, CategoryClosed, InNeighbour, NoBoundaryYet, OutsideMunicipality
from issues.models import Category, Issue, Reporter, RoutingDecision
from issues.models.issue import Channel, EventKind
from issues.models.photo import PhotoKind
from issues.photos import PreparedPhoto
from issues.routing import Decision, route
from municipality.calendar import WorkingCalendar
from municipality.models import Area


@dataclass(frozen=True)
class Contact:
    """What the reporter chose to tell us; `language` is the one mails are written in."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "el"

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)


def report_issue(
    *,
    category: Category,
    location: Point,
    description: str = "",
    answers: dict[str, Any] | None = None,
    address: str = "",
    accuracy_metres: float | None = None,
    asset: Asset | None = None,
    contact: Contact | None = None,
    photos: Sequence[PreparedPhoto] = (),
    channel: str = Channel.WEB,
    submission_key: UUID | None = None,
    actor: User | None = None,
) -> Issue:
    """Accept a report at `location` (storage CRS). The same `submission_key` gives the same issue again.

    Raises OutsideMunicipality (InNeighbour with the name where known), CategoryClosed, AssetMismatch.
    """
    already = _sent_before(submission_key)
    if already is not None:
        return already
    refuse_outside(location)
    _refuse_misfit(category, asset)
    fields = {
        "category": category,
        "location": location,
        "description": description.strip(),
        "answers": answers or {},
        "address": address,
        "accuracy_metres": accuracy_metres,
        "asset": asset,
        "channel": channel,
        "submission_key": submission_key,
    }
    try:
        return _accept(fields, contact, photos, actor)
    except IntegrityError:
        already = _sent_before(submission_key)
        if already is None:
            raise
        return already


@transaction.atomic
def _accept(
    fields: dict[str, Any], contact: Contact | None, photos: Sequence[PreparedPhoto], actor: User | None
) -> Issue:
    now = timezone.now()
    decision = route(category=fields["category"], location=fields["location"], asset=fields["asset"])
    due = WorkingCalendar.load().due(now, fields["category"].sla_working_days)
    issue = Issue.objects.create(
        **fields,
        number=next_number(timezone.localtime(now).year),
        area=decision.area,
        department=decision.department,
        is_public=fields["category"].is_public,
        reported_at=now,
        due_at=due,
    )
    if contact:
        keep_contact(issue, contact)
    keep_decision(issue, decision)
    record(issue=issue, kind=EventKind.REPORTED, actor=actor, is_public=True, to_state=issue.state)
    record(issue=issue, kind=EventKind.ROUTED, department=decision.department)
    add_photos(issue=issue, photos=photos, kind=PhotoKind.REPORT, actor=actor, is_public=False)
    return issue


def keep_contact(issue: Issue, contact: Contact) -> Reporter:
    """Store who reported, apart from the issue and with an end date."""
    return Reporter.objects.create(
        issue=issue,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        retain_until=timezone.localdate() + timedelta(days=settings.REPORTER_RETENTION_DAYS),
    )


def keep_decision(issue: Issue, decision: Decision, actor: User | None = None) -> RoutingDecision:
    return RoutingDecision.objects.create(
        issue=issue, department=decision.department, rule=decision.rule, trace=decision.trace, actor=actor
    )


def refuse_outside(location: Point) -> None:
    """Raise unless the municipality covers the point; name the neighbour that does, where it is known."""
    covering = list(
        Area.objects.filter(level="municipality").containing(location).defer("boundary", "boundary_web")
    )
    if any(area.is_home for area in covering):
        return
    if covering:
        raise InNeighbour(neighbour=str(covering[0]))
    if not Area.objects.filter(is_home=True).exists():
        raise NoBoundaryYet()
    raise OutsideMunicipality()


def _refuse_misfit(category: Category, asset: Asset | None) -> None:
    if not category.is_active:
        raise CategoryClosed()
    if asset is not None and category.asset_type_id not in (None, asset.type_id):
        raise AssetMismatch()


def _sent_before(submission_key: UUID | None) -> Issue | None:
    return Issue.objects.filter(submission_key=submission_key).first() if submission_key else None
