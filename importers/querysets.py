"""Reads of import runs and mappings, narrowed to what a person keeps: planners layers, administrators the rest."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from municipality.models import Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from importers.models import ImportFeed, ImportRun, SavedMapping  # noqa: F401

LAYER_TARGETS = ("layer", "raster")


def targets_of(user: AnyUser) -> tuple[str, ...]:
    """The targets whose imports this person works with; nothing for most."""
    from importers.models import Target

    rights = rights_of(user)
    if rights.has(Role.ADMINISTRATOR):
        return tuple(Target.values)
    targets: tuple[str, ...] = LAYER_TARGETS if rights.has(Role.PLANNER) else ()
    return (*targets, "assets") if rights.has(Role.KEEPER) else targets


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Runs into layers for planners, into their asset types for keepers, all for administrators."""
        from assets.models import AssetType

        mine = self.filter(target__in=targets_of(user))
        if rights_of(user).has(Role.ADMINISTRATOR):
            return mine
        kept = AssetType.objects.kept_by(user).values("slug")
        return mine.filter(~models.Q(target="assets") | models.Q(target_slug__in=kept))

    def asked_for(self, *, words: str, state: str, target: str, user_id: int | None) -> Self:
        """Narrowed by what a person typed and chose; blank means any."""
        found = self
        if words:
            found = found.filter(
                models.Q(file_name__icontains=words) | models.Q(target_slug__icontains=words)
            )
        exact = {"target": target, "user_id": user_id}
        found = found.filter(**{name: value for name, value in exact.items() if value})
        return found.that_are(state) if state else found

    def that_are(self, state: str) -> Self:
        """In this state; an import whose undo was undone is imported."""
        is_so, back = models.Q(state=state), models.Q(pk__in=self.model.objects.back_again())
        if state == "done":
            is_so |= back
        elif state == "undone":
            is_so &= ~back
        return self.filter(is_so)

    def back_again(self) -> frozenset[int]:
        """Keys of the undone runs that hold again, because their undo was undone in its turn."""
        pairs = self.filter(undoes__isnull=False).values_list("undoes_id", "pk")
        undone_by = {undone: by for undone, by in pairs if undone is not None}
        return frozenset(pk for pk in undone_by if _times_undone(pk, undone_by) % 2 == 0)

    def waiting(self) -> Self:
        """Work was asked for and nobody has begun."""
        return self.exclude(asked="").filter(started_at=None)


def _times_undone(pk: int, undone_by: dict[int, int]) -> int:
    """How long the chain is of undos, each of the one before, that begins with the undo of `pk`."""
    times, by = 0, undone_by.get(pk)
    while by is not None:
        times, by = times + 1, undone_by.get(by)
    return times


class SavedMappingQuerySet(models.QuerySet["SavedMapping"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(target__in=targets_of(user))


class ImportFeedQuerySet(models.QuerySet["ImportFeed"]):
    def due(self) -> Self:
        """Active, and not looked at for as long as it says."""
        pause = models.ExpressionWrapper(
            models.F("every_minutes") * timedelta(minutes=1), output_field=models.DurationField()
        )
        ago = models.Q(last_looked_at__lte=models.Value(timezone.now()) - pause)
        return self.filter(models.Q(last_looked_at=None) | ago, is_active=True)
