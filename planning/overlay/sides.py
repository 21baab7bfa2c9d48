"""The rows of a source as one side of an overlay: SQL that gives an id, a class and a shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F, QuerySet, TextField, Value

from layers.exports.fields import Kind
from layers.moments import AsOf
from layers.ogcapi.collections import Collection, collection_for
from layers.ogcapi.fields import OgcField
from layers.ogcapi.filters import condition_from
from layers.ogcapi.sql import Sql
from layers.ogcapi.systems import crs84
from municipality.roles import AnyUser
from planning.overlay.errors import NoSuchField

NOTHING = "SELECT 0 AS over_id, NULL AS over_class, NULL::geometry AS over_shape WHERE false"


@dataclass(frozen=True)
class Side:
    """A collection that came from `visible_to`; `classes` is the field whose values are the classes; without
    one, all rows are of one class, or `each_is_a_class` of its own, called by its key."""

    collection: Collection
    classes: OgcField | None
    rows: "QuerySet[Any]"
    each_is_a_class: bool = False

    @property
    def slug(self) -> str:
        return self.collection.source.slug

    @property
    def title(self) -> str:
        return self.collection.title

    @property
    def kind(self) -> str:
        return self.collection.source.geometry_kind

    def sql(self) -> tuple[str, Sequence[Any]]:
        """A SELECT of over_id, over_class (text) and over_shape, in the storage CRS."""
        source = self.collection.source
        named = self.rows.order_by().annotate(
            over_id=F("pk"),
            over_class=class_text(self.classes, source.key if self.each_is_a_class else ""),
            # As text, so that Django asks for the column itself and not for its bytes.
            over_shape=Sql("{0}", F(source.geometry), output=TextField()),
        )
        try:
            sql, params = named.values("over_id", "over_class", "over_shape").query.sql_with_params()
        except EmptyResultSet:
            return NOTHING, ()
        return sql, params


def class_text(field: OgcField | None, otherwise: str) -> Any:
    """What a row is called: the field's value as people write it, or the column `otherwise`."""
    if field is None:
        return Sql("({0})::text", F(otherwise), output=TextField()) if otherwise else Value("")
    return Sql("({0})::text", field.value(), output=TextField())


def side_of(
    user: AnyUser, slug: str, *, field: str = "", condition: str = "", moments: AsOf | None = None
) -> Side:
    """What this reader may see of it, narrowed by the CQL2 text. Raises NoCollection, NoSuchField, BadFilter and
    BeforeHistory."""
    collection = collection_for(user, slug)
    rows = rows_at(collection, moments)
    if condition.strip():
        rows = rows.filter(condition_from(collection, condition, "cql2-text", crs84()))
    return Side(collection, field_named(collection, field), rows)


def rows_at(collection: Collection, moments: AsOf | None) -> "QuerySet[Any]":
    """The rows of that day, where the past is kept; else those of now."""
    as_of = collection.facts.as_of
    if moments is None or moments.is_now or as_of is None:
        return collection.source.rows
    return as_of(moments)


def field_named(collection: Collection, name: str) -> OgcField | None:
    """The field that this reader may see; None for blank. Raises NoSuchField."""
    if not name:
        return None
    field = collection.fields.get(name)
    if field is None or field.kind == Kind.JSON:
        raise NoSuchField(given=name[:60], layer=collection.title)
    return field
