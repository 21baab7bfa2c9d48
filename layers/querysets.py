"""Reads of layers, features in time, and places."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db.models import Q
from django.utils import timezone
from psycopg2.extras import DateTimeTZRange

from layers.errors import before_history
from municipality.models import Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from layers.models import (  # noqa: F401
        Code,
        CodeList,
        Feature,
        Layer,
        LayerStyle,
        Overview,
        Place,
        Raster,
        Revision,
    )
    from layers.moments import AsOf


#: True for every state. It names the conditions of both indexes on keys, so that the planner may ask these.
STILL_HELD = Q(recorded__upper_inf=True, valid__upper_inf=True)
IN_AN_INDEX = STILL_HELD | ~STILL_HELD


class LayerQuerySet(models.QuerySet["Layer"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Public layers; for staff also staff layers and those of their departments."""
        rights = rights_of(user)
        if rights.has(Role.ADMINISTRATOR):
            return self
        if not rights.is_staff:
            return self.filter(visibility="public")
        own: frozenset[int] = frozenset().union(*rights.departments.values())
        return self.filter(
            Q(visibility__in=("public", "staff")) | Q(visibility="departments", departments__in=own)
        ).distinct()

    def with_looks(self) -> Self:
        """Each with `looks`: what its styles ask of its tiles, as layers/styles/seen.py keeps it."""
        from layers.models import LayerStyle

        kept = LayerStyle.objects.filter(layer=models.OuterRef("pk")).order_by().values("spec__seen")
        return self.annotate(looks=ArraySubquery(kept))


class FeatureQuerySet(models.QuerySet["Feature"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Of the layers that the user may see, the rows that are told (layers/visibility.py). They still hold fields
        that may be hidden: tell what `told_properties` gives."""
        from layers.models import Layer
        from layers.visibility import open_rows

        return self.filter(open_rows(user), layer__in=Layer.objects.visible_to(user))

    def of_layer(self, layer_id: int) -> Self:
        """Features of one layer; the constant lets the planner read one partition only."""
        return self.filter(layer_id=layer_id)

    def current(self) -> Self:
        """What we now believe holds now. Uses the partial indexes on open `recorded` ranges."""
        return self.as_known().filter(valid__contains=timezone.now())

    def keyed(self, *keys: str) -> Self:
        """Those of these keys; of current rows too by the indexes on keys, of which each knows a part of the states."""
        return self.filter(IN_AN_INDEX, key__in=keys)

    def as_known(self) -> Self:
        """Every state we now believe in, past and future ones too."""
        return self.filter(recorded__upper_inf=True)

    def as_of(self, valid: datetime, known: datetime | None = None) -> Self:
        """What held at `valid`, as the database knew it at `known` (now when not given)."""
        seen = self.as_known() if known is None else self.filter(recorded__contains=known)
        return seen.filter(valid__contains=valid)

    def told(self, layer: "Layer", moments: "AsOf") -> Self:
        """What the layer, whose features these are, says as of then. Raises BeforeHistory for a day on which nothing
        was known of it yet."""
        self._refuse_before_history(layer, moments.known)
        return self.as_of(moments.valid, moments.known)

    def told_during(
        self, layer: "Layer", start: datetime | None, end: datetime | None, known: datetime | None
    ) -> Self:
        """Every state that held at some time from `start` to `end`, both in it and None open, as known at `known`
        (now when not given). Raises BeforeHistory as `told` does."""
        self._refuse_before_history(layer, known)
        seen = self.as_known() if known is None else self.filter(recorded__contains=known)
        return seen.filter(valid__overlap=DateTimeTZRange(start, end, "[]"))

    def _refuse_before_history(self, layer: "Layer", known: datetime | None) -> None:
        if known is not None and not self.filter(recorded__startswith__lte=known).exists():
            raise before_history(layer, self.first_recorded())

    def first_recorded(self) -> datetime | None:
        """When the first of these was recorded. Reads them all."""
        first: datetime | None = self.aggregate(first=models.Min(RangeStartsWith("recorded")))["first"]
        return first

    def known_before(self, moment: datetime) -> Self:
        """Every state that was believed in until `moment`, what was recorded or closed at it left aside."""
        until = Q(recorded__upper_inf=True) | Q(recorded__endswith__gte=moment)
        return self.filter(until, recorded__startswith__lt=moment)

    def states_of(self, feature: "Feature") -> Self:
        """Every state of the same thing that we now believe in, newest first."""
        states = self.filter(layer_id=feature.layer_id, key=feature.key).as_known()
        return states.order_by("-valid")

    def recorded_of(self, feature: "Feature") -> Self:
        """Every state of the same thing that was ever recorded, the newest record first."""
        return self.filter(layer_id=feature.layer_id, key=feature.key).order_by("-recorded", "-valid")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Revisions of the layers that the user may see. Who made them is for staff."""
        from layers.models import Layer

        return self.filter(layer__in=Layer.objects.visible_to(user))

    def of_layer(self, layer_id: int) -> Self:
        return self.filter(layer_id=layer_id)

    def latest_of(self, layer_id: int) -> "Revision | None":
        return self.filter(layer_id=layer_id).order_by("-recorded_at").first()


class OverviewQuerySet(models.QuerySet["Overview"]):
    def at(self, layer_id: int, revision: int) -> "Overview | None":
        """The layer's overview, if it is of this revision."""
        return self.filter(layer_id=layer_id, revision=revision).first()


class RasterQuerySet(models.QuerySet["Raster"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Public rasters; for staff also those of the staff. A raster has no departments of its own, so one for chosen
        departments is for administrators alone."""
        rights = rights_of(user)
        if rights.has(Role.ADMINISTRATOR):
            return self
        return self.filter(visibility__in=("public", "staff") if rights.is_staff else ("public",))


class PlaceQuerySet(models.QuerySet["Place"]):
    pass


class LayerStyleQuerySet(models.QuerySet["LayerStyle"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The looks of the layers that the user may see, those that read only what the user is told."""
        from layers.models import Layer
        from layers.visibility import open_looks

        return self.filter(open_looks(user), layer__in=Layer.objects.visible_to(user))


class CodeListQuerySet(models.QuerySet["CodeList"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Laws are for everybody."""
        return self


class CodeQuerySet(models.QuerySet["Code"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Laws are for everybody."""
        return self

    def on(self, day: date) -> Self:
        """Those that hold on that day, as far as is known."""
        since = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(since, Q(valid_to__isnull=True) | Q(valid_to__gt=day))
