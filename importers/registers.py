"""The tables without a history of their own that imports fill, and which of their columns the journal keeps."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.db import connection
from django.db.models import Field, JSONField, Model

from assets.models import Asset
from core.statements import quoted, statement
from issues.models import Issue
from layers.models import Place, Raster
from municipality.models import Area, Department

Flat = dict[str, Any]
SERVES = """(
    SELECT coalesce(jsonb_agg(area_id ORDER BY area_id), '[]')
    FROM municipality_department_serves WHERE department_id = row.id
)"""


@dataclass(frozen=True)
class Register:
    """What an ImportChange holds of a row: `fields` of the model by name (a foreign key as its id, a geometry as
    EWKT), and `also`: what is only compared, as SQL about `row`. `one_only` names a flag that one row can have."""

    model: type[Model]
    fields: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()
    one_only: str = ""

    @property
    def table(self) -> str:
        return quoted(self.model._meta.db_table)

    def flat(self) -> str:
        """SQL of a row of the table, called `row`, as flat JSON."""
        pairs = [(name, self._told(self._field(name))) for name in self.fields]
        return "jsonb_build_object({})".format(
            ", ".join(f"'{name}', {sql}" for name, sql in [*pairs, *self.also])
        )

    def columns(self) -> str:
        return ", ".join(quoted(self._field(name).column) for name in self.fields)

    def values(self, state: str) -> str:
        """SQL of the columns, from the flat JSON `state`."""
        return ", ".join(self._read(state, name, self._field(name)) for name in self.fields)

    def _field(self, name: str) -> "Field[Any, Any]":
        field = self.model._meta.get_field(name)
        assert isinstance(field, Field)  # noqa: S101
        return field

    @staticmethod
    def _told(field: "Field[Any, Any]") -> str:
        column = f"row.{quoted(field.column)}"
        return f"ST_AsEWKT({column})" if isinstance(field, GeometryField) else column

    @staticmethod
    def _read(state: str, name: str, field: "Field[Any, Any]") -> str:
        if isinstance(field, JSONField):
            return f"{state} -> '{name}'"
        return f"({state} ->> '{name}')::{field.db_type(connection)}"


ASSETS = Register(Asset, ("properties", "location", "owner", "state"))
AREAS = Register(
    Area, ("level", "code", "name", "name_en", "parent", "is_home", "boundary"), one_only="is_home"
)
PLACES = Register(
    Place, ("kind", "key", "name", "name_en", "context", "context_en", "weight", "location", "extent")
)
DEPARTMENTS = Register(
    Department,
    ("slug", "kind", "name", "name_en", "parent", "email", "phone", "is_help_desk", "is_active"),
    also=(("serves", SERVES),),
    one_only="is_help_desk",
)
RASTERS = Register(
    Raster,
    ("slug", "title", "title_en", "file", "unit", "extent", "visibility", "source", "licence"),
)
# A note is an event and changes no column, so events are counted.
ISSUES = Register(
    Issue,
    (
        "number", "category", "location", "address", "area", "department", "state", "description", "due_at",
        "resolved_at",
    ),
    also=(("events", "(SELECT count(*) FROM issues_issueevent WHERE issue_id = row.id)"),),
)  # fmt: skip


def flat_states(register: Register, ids: Collection[int]) -> dict[int, Flat]:
    """The rows with these ids as the journal keeps them, by id; what is not there is left out."""
    sql = statement("importers", "flat_states").format(flat=register.flat(), table=register.table)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": list(ids)})
        return {pk: json.loads(flat) for pk, flat in cursor.fetchall()}
