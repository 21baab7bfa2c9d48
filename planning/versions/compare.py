"""A draft against the plan in force, reckoned in the database."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, TextField
from django.db.models.functions import JSONObject

from core.statements import statement
from layers.models import GeometryKind
from layers.ogcapi.collections import Collection, collection_for
from layers.ogcapi.fields import OgcField
from layers.ogcapi.sql import Sql
from municipality.roles import AnyUser
from planning.models import PlanVersion
from planning.overlay.errors import NoSurfaces
from planning.overlay.sides import NOTHING, side_of
from planning.parcel.parts import Kind, Part, of_kind, parts_for
from planning.versions.comparison import (
    Comparison,
    Inside,
    LinePiece,
    LinePlot,
    Piece,
    Plot,
    PlotPart,
    Redrawn,
)
from planning.versions.facts import Compared, compared_facts

TABLES = ("version_now", "version_draft", "version_pieces", "version_lines")
#: Thinner than that is no change of the plan but of its drawing.
LEAST_WIDTH_METRES = 0.1
#: Less of a plot than that is its border.
LEAST_PLOT_M2, LEAST_PLOT_METRES = 0.5, 0.1
MOST_KEYS = 50
#: As PostGIS numbers them.
LINES, SURFACES = 2, 3
Progress = Callable[[float], None]


def plot_parts(user: AnyUser) -> list[Part]:
    """The layers that hold plots, for a choice."""
    return of_kind(parts_for(user), Kind.PLOT)


def compare(
    version: PlanVersion, user: AnyUser, plots: str = "", progress: Progress = lambda share: None
) -> Comparison:
    """What this reader may see of it; `plots` is the slug of a layer of plots, the first one when blank. Runs in a
    transaction. Raises NoCollection, NoSurfaces."""
    now, draft = (collection_for(user, layer.slug) for layer in (version.current, version.draft))
    of_lines = _are_lines(now, draft)
    facts, parts = compared_facts(now, draft), parts_for(user)
    chosen = plots or next((part.source.slug for part in of_kind(parts, Kind.PLOT)), "")
    with transaction.atomic(), connection.cursor() as cursor, _tables(cursor):
        kind = LINES if of_lines else SURFACES
        _stage(cursor, "version_now", now, {fact.name: fact.now for fact in facts}, kind)
        _stage(cursor, "version_draft", draft, {fact.name: fact.draft for fact in facts}, kind)
        progress(0.1)
        if of_lines:
            return _with_line_plots(cursor, lines_read(cursor), user, chosen)
        cursor.execute(statement("planning", "version_pieces"), {"width": LEAST_WIDTH_METRES})
        cursor.execute("CREATE INDEX ON version_pieces USING gist (shape)")
        cursor.execute("ANALYZE version_pieces")
        progress(0.4)
        found = _read(cursor, facts)
        found = _with_plots(cursor, found, user, chosen)
        progress(0.8)
        return replace(found, inside=tuple(_inside(cursor, user, parts)))


def _are_lines(now: Collection, draft: Collection) -> bool:
    """Raises NoSurfaces where they are neither both of lines nor both of surfaces."""
    kinds = {now.source.geometry_kind, draft.source.geometry_kind}
    if kinds <= {GeometryKind.POLYGON, GeometryKind.MIXED}:
        return False
    if kinds == {GeometryKind.LINE}:
        return True
    raise NoSurfaces(layer=draft.title if draft.source.geometry_kind == GeometryKind.POINT else now.title)


@contextmanager
def _tables(cursor: Any) -> Iterator[None]:
    """They end with the transaction; a caller that holds one open may ask again."""
    drop = f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in TABLES)}"
    cursor.execute(drop)
    cursor.execute("SET LOCAL jit = off")
    yield
    cursor.execute(drop)


def _stage(cursor: Any, table: str, found: Collection, facts: dict[str, OgcField], kind: int) -> None:
    rows, params = _sql(found, facts)
    cursor.execute(statement("planning", "version_stage").format(table=table, rows=rows, kind=kind), params)


def _sql(found: Collection, facts: dict[str, OgcField]) -> tuple[str, Sequence[Any]]:
    source = found.source
    rows = source.rows.order_by().annotate(
        version_key=Sql("({0})::text", F(source.key), output=TextField()),
        version_facts=JSONObject(**{name: field.value() for name, field in facts.items()}),
        over_shape=Sql("{0}", F(source.geometry), output=TextField()),
    )
    try:
        sql, params = rows.values("version_key", "version_facts", "over_shape").query.sql_with_params()
    except EmptyResultSet:
        return NOTHING.replace("NULL AS over_class", "'' AS version_key, '{{}}'::jsonb AS version_facts"), ()
    return sql, params


def _read(cursor: Any, facts: list[Compared]) -> Comparison:
    cursor.execute(statement("planning", "version_read_pieces"))
    pieces = tuple(
        Piece(number, old, new, _facts(before), _facts(after), area, shape)
        for number, old, new, before, after, area, shape in cursor.fetchall()
    )
    cursor.execute(statement("planning", "version_redrawn"))
    redrawn = tuple(Redrawn(*row) for row in cursor.fetchall())
    return Comparison({fact.name: fact.title for fact in facts}, pieces, redrawn)


def _facts(value: Any) -> dict[str, Any] | None:
    found: dict[str, Any] | None = json.loads(value) if isinstance(value, str) else value
    return found


def lines_read(cursor: Any) -> Comparison:
    """The lines of the two staged versions that go and come."""
    cursor.execute(statement("planning", "version_lines"), {"width": LEAST_WIDTH_METRES})
    cursor.execute(statement("planning", "version_read_lines"))
    lines = (LinePiece(number, what == "new", *rest) for number, what, *rest in cursor.fetchall())
    return Comparison({}, lines=tuple(lines), of_lines=True)


def _with_line_plots(cursor: Any, found: Comparison, user: AnyUser, slug: str) -> Comparison:
    if not slug:
        return found
    side = replace(side_of(user, slug), each_is_a_class=True)
    rows, params = side.sql()
    sql = statement("planning", "version_line_plots").format(plots=rows)
    cursor.execute(sql.replace("%(least)s", "%s"), [*params, LEAST_PLOT_METRES])
    plots = (LinePlot(key, area, gone or 0.0, new or 0.0) for key, area, gone, new in cursor.fetchall())
    return replace(found, line_plots=tuple(plots), plots_title=side.title)


def _with_plots(cursor: Any, found: Comparison, user: AnyUser, slug: str) -> Comparison:
    if not slug:
        return found
    side = replace(side_of(user, slug), each_is_a_class=True)
    rows, params = side.sql()
    sql = statement("planning", "version_plots").format(plots=rows)
    # The rows' own parameters have no names, so ours have none here either.
    cursor.execute(sql.replace("%(least)s", "%s"), [*params, LEAST_PLOT_M2])
    pieces = {piece.number: piece for piece in found.pieces}
    plots: dict[str, tuple[float, list[PlotPart]]] = {}
    for key, area, number, part in cursor.fetchall():
        plots.setdefault(key, (area, []))[1].append(PlotPart(pieces[number], part))
    told = tuple(Plot(key, area, tuple(parts)) for key, (area, parts) in plots.items())
    return replace(found, plots=told, plots_title=side.title)


def _inside(cursor: Any, user: AnyUser, parts: Sequence[Part]) -> Iterator[Inside]:
    for part in of_kind(parts, Kind.ASSET, Kind.ISSUE):
        side = replace(side_of(user, part.source.slug), each_is_a_class=True)
        rows, params = side.sql()
        sql = statement("planning", "version_inside").format(things=rows)
        cursor.execute(sql.replace("%(most)s", "%s"), [MOST_KEYS, *params])
        count, keys = cursor.fetchone()
        if count:
            yield Inside(part.source.slug, part.title, part.kind.value, count, tuple(keys or ()))
