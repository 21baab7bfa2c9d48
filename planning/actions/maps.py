"""Planning maps are saved, changed, shared and removed by the people who made them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import User
from core.errors import NotAllowed
from municipality.roles import rights_of
from planning.maps.content import MapContent
from planning.maps.errors import MapChanged, NotYourMap, TooManyMaps
from planning.models import PlanningMap, Sharing

MOST_MAPS = 300


@dataclass(frozen=True)
class About:
    """What people are told of a map before they open it, and who may."""

    title: str
    description: str = ""
    sharing: Sharing = Sharing.OWNER


@transaction.atomic
def save_map(*, about: About, content: MapContent, owner: User) -> PlanningMap:
    """A new map. Raises NotAllowed for who is no staff, TooManyMaps."""
    if not rights_of(owner).is_staff:
        raise NotAllowed()
    if PlanningMap.objects.filter(owner=owner).count() >= MOST_MAPS:
        raise TooManyMaps(most=MOST_MAPS)
    now = timezone.now()
    return PlanningMap.objects.create(
        title=about.title,
        description=about.description,
        sharing=about.sharing,
        content=content.written(),
        owner=owner,
        created_at=now,
        changed_at=now,
    )


@transaction.atomic
def change_map(
    *, planning_map: PlanningMap, version: int, about: About, content: MapContent | None, changer: User
) -> PlanningMap:
    """Put all of it in place of what was there at `version`; without `content` only what is told about it. Raises
    NotYourMap, and MapChanged when somebody was faster."""
    current = _locked(planning_map, changer)
    if current.version != version:
        raise MapChanged(when=date_format(localtime(current.changed_at), "SHORT_DATETIME_FORMAT"))
    current.title, current.description, current.sharing = about.title, about.description, about.sharing
    if content is not None:
        current.content = content.written()
    current.version += 1
    current.changed_at = timezone.now()
    current.save()
    return current


@transaction.atomic
def remove_map(*, planning_map: PlanningMap, remover: User) -> None:
    """Its link is dead from then on. Raises NotYourMap."""
    _locked(planning_map, remover).delete()


def _locked(planning_map: PlanningMap, user: User) -> PlanningMap:
    changeable = PlanningMap.objects.changeable_by(user).select_for_update(of=("self",))
    found = changeable.filter(pk=planning_map.pk).first()
    if found is None or not rights_of(user).is_staff:
        raise NotYourMap()
    return found
