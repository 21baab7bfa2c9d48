"""Overlay in the database: stage both sides, cut the surfaces, measure each row in each piece, sum up.

Areas and lengths are plane measures in the storage CRS, as everywhere (layers/measures.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from core.statements import statement
from layers.models import GeometryKind
from layers.moments import AsOf
from municipality.roles import AnyUser
from planning.overlay.errors import NoSurfaces, TooManyClasses
from planning.overlay.order import Measure, Order, measure_of
from planning.overlay.results import Cell, Overlay, Total
from planning.overlay.sides import Side, side_of

TABLES = (
    "overlay_what",
    "overlay_by",
    "overlay_pieces",
    "overlay_parts",
    "overlay_overlaps",
    "overlay_doubled",
)
#: More corners than that are cut; the work in a piece grows with its corners, the cuts with the pieces.
CORNERS = 256
#: Less m² than that is where two borders that should be one differ by their rounding.
LEAST_OVERLAP_M2 = 0.01
MEASURED = {Measure.AREA: "ST_Area({0})", Measure.LENGTH: "ST_Length({0})", Measure.COUNT: "1::float8"}
DIMENSION = {Measure.AREA: 2, Measure.LENGTH: 1}
UNDER_OVERLAPS = "EXISTS (SELECT FROM overlay_overlaps AS one WHERE ST_Intersects(one.shape, what.shape))"
IN_SEVERAL = "what.id IN (SELECT id FROM overlay_parts GROUP BY id HAVING min(by_id) <> max(by_id))"
#: Classes that a table can show: of what is asked, and of the surfaces.
MOST_COLUMNS, MOST_ROWS = 200, 5_000
Progress = Callable[[float], None]


def sides_of(order: Order, user: AnyUser) -> tuple[Side, Side]:
    """What is asked, and by what. Raises NoSurfaces and what `side_of` raises."""
    moments = AsOf.parse(order.valid, order.known)
    what = side_of(user, order.what, field=order.what_field, condition=order.what_filter, moments=moments)
    by = side_of(user, order.by, field=order.by_field, condition=order.by_filter, moments=moments)
    by = replace(by, each_is_a_class=by.classes is None)
    if by.kind not in (GeometryKind.POLYGON, GeometryKind.MIXED):
        raise NoSurfaces(layer=by.title)
    return what, by


def overlay(what: Side, by: Side, progress: Progress = lambda share: None, batches: int = 1) -> Overlay:
    """Runs in a transaction; `progress` is told after each of `batches`. Raises TooManyClasses."""
    with transaction.atomic():
        return _Reckoning(what, by).result(progress, batches)


class _Reckoning:
    def __init__(self, what: Side, by: Side) -> None:
        self.what, self.by = what, by
        self.measure = measure_of(what.collection.source)
        self.mended = 0

    def result(self, progress: Progress, batches: int) -> Overlay:
        with connection.cursor() as cursor, _tables(cursor):
            self._stage(cursor)
            progress(0.1)
            self._measure_parts(cursor, progress, batches)
            self._find_doubled(cursor)
            progress(0.95)
            return Overlay(
                self.measure,
                self.what.title,
                self.by.title,
                self.by.classes.title if self.by.classes else "",
                self.what.classes.title if self.what.classes else "",
                cells=dict(_cells(cursor)),
                surfaces=dict(_surfaces(cursor)),
                totals=dict(_totals(cursor)),
                mended=self.mended,
            )

    def _stage(self, cursor: Any) -> None:
        self._stage_side(cursor, "overlay_what", self.what, self.measure)
        self._stage_side(cursor, "overlay_by", self.by, Measure.AREA)
        self._count_classes(cursor)
        # A line along a cut would lie in both pieces, so only surfaces meet cut ones.
        cut = (
            f"ST_Subdivide(given.shape, {CORNERS})"
            if self.measure == Measure.AREA
            else "(SELECT given.shape)"
        )
        cursor.execute(statement("planning", "overlay_pieces").format(cut=cut))
        cursor.execute("CREATE INDEX ON overlay_what USING gist (shape)")
        cursor.execute("CREATE INDEX ON overlay_pieces USING gist (shape)")
        cursor.execute("ANALYZE overlay_what; ANALYZE overlay_pieces")

    def _stage_side(self, cursor: Any, table: str, side: Side, measure: Measure) -> None:
        rows, params = side.sql()
        whole, asked = MEASURED[measure].format("mended.shape"), "true"
        if side.kind == GeometryKind.MIXED and measure in DIMENSION:
            asked = f"ST_Dimension(given.over_shape) = {DIMENSION[measure]}"
        sql = statement("planning", "overlay_stage").format(table=table, rows=rows, whole=whole, asked=asked)
        cursor.execute(sql, params)

    def _count_classes(self, cursor: Any) -> None:
        for table, most in (("overlay_what", MOST_COLUMNS), ("overlay_by", MOST_ROWS)):
            cursor.execute(statement("planning", "overlay_classes").format(table=table))
            found, mended = cursor.fetchone()
            self.mended += int(mended)
            if found > most:
                raise TooManyClasses(found=found, most=most)

    def _measure_parts(self, cursor: Any, progress: Progress, batches: int) -> None:
        cursor.execute(
            "CREATE TEMPORARY TABLE overlay_parts"
            " (id bigint, class text, by_id bigint, by_class text, part float8) ON COMMIT DROP"
        )
        cursor.execute("SELECT COALESCE(max(number), 0) FROM overlay_pieces")
        (pieces,) = cursor.fetchone()
        sql = statement("planning", "overlay_parts").format(part=self._part())
        for batch in range(batches):
            first, last = pieces * batch // batches, pieces * (batch + 1) // batches
            if last > first:
                cursor.execute(sql, {"after": first, "until": last})
            progress(0.1 + 0.75 * (batch + 1) / batches)
        cursor.execute("ANALYZE overlay_parts")

    def _part(self) -> str:
        if self.measure == Measure.COUNT:
            return "CASE WHEN ST_Intersects(piece.shape, what.shape) THEN 1 ELSE 0 END"
        cut = MEASURED[self.measure].format("ST_Intersection(what.shape, piece.shape)")
        return f"CASE WHEN ST_Covers(piece.shape, what.shape) THEN what.whole ELSE {cut} END"

    def _find_doubled(self, cursor: Any) -> None:
        """What lies in surfaces that lie on one another is measured once more, as covered once; so are lines and points
        on a border."""
        doubtful = IN_SEVERAL
        if self.measure == Measure.AREA:
            cursor.execute(statement("planning", "overlay_overlaps"), {"least": LEAST_OVERLAP_M2})
            doubtful = UNDER_OVERLAPS
        measure = MEASURED[self.measure].format("met.shape")
        if self.measure == Measure.COUNT:
            measure = "CASE WHEN ST_IsEmpty(met.shape) THEN 0 ELSE 1 END"
        cursor.execute(statement("planning", "overlay_doubled").format(measure=measure, doubtful=doubtful))
        cursor.execute("ANALYZE overlay_doubled")


@contextmanager
def _tables(cursor: Any) -> Iterator[None]:
    """They end with the transaction; a caller that holds one open may ask again."""
    drop = f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in TABLES)}"
    cursor.execute(drop)
    # The rows of a town are too few for compiling queries to pay.
    cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
    yield
    cursor.execute(drop)


def _cells(cursor: Any) -> Iterator[tuple[tuple[str | None, str | None], Cell]]:
    cursor.execute(statement("planning", "overlay_cells"))
    for by, what, rows, amount in cursor.fetchall():
        yield (by, what), Cell(rows, amount)


def _surfaces(cursor: Any) -> Iterator[tuple[str | None, Cell]]:
    cursor.execute("SELECT class, count(*), sum(whole) FROM overlay_by GROUP BY class")
    for name, rows, amount in cursor.fetchall():
        yield name, Cell(rows, amount)


def _totals(cursor: Any) -> Iterator[tuple[str | None, Total]]:
    cursor.execute(statement("planning", "overlay_totals"))
    for name, rows, amount, covered, outside, several in cursor.fetchall():
        yield name, Total(Cell(rows, amount), covered, outside, several)
