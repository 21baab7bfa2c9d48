"""Import areas: the municipality and its neighbours, its units, communities, neighbourhoods, zones."""

from dataclasses import dataclass, replace

import shapely
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from importers.actions.journal import keep_changes
from importers.actions.runs import carry_out
from importers.errors import NoHome, NoSuchHome, RepeatedCodes
from importers.geometry import Cleaned, key_text, multiple
from importers.models import ImportRun, Target
from importers.order import Order
from importers.parents import Parents
from importers.reading import Reading, reading
from importers.registers import AREAS, flat_states
from importers.report import Finding, Report
from layers.models import GeometryKind, Place, PlaceKind
from municipality.models import Area, AreaLevel

CODE_LENGTH, NAME_LENGTH = 40, 200
COMPARED = ("name", "name_en", "parent_id", "is_home", "boundary")


@dataclass(frozen=True)
class AreasOrder(Order):
    """Which fields name the areas of one level; blank where the rules fill them. `home` is the code of our own
    municipality, `parent_level` the level of the areas that contain these (blank: the municipality)."""

    level: str = ""
    code: str = ""
    name: str = ""
    name_en: str = ""
    parent_level: str = ""
    home: str = ""


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    name_en: str
    boundary: shapely.Geometry


def import_areas(order: AreasOrder) -> Report:
    """Add new areas and bring known ones (by code) up to date; areas that the file lacks are left and told.

    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    names = ("code", "name", "name_en", "parent_level", "home")
    facts = {name: getattr(order, name) for name in names}
    return carry_out(order, Target.AREAS, order.level, facts, lambda report, run: _import(order, report, run))


def _import(asked: AreasOrder, report: Report, run: ImportRun) -> None:
    order = _named(asked)
    is_top = order.level == AreaLevel.MUNICIPALITY
    with reading(
        order,
        report,
        expected=GeometryKind.POLYGON,
        key_field=order.code,
        check_place=not is_top,
    ) as read:
        read.require(order.code, order.name, order.name_en)
        rows = _rows(read, order)
    home = _home_code(order, rows) if is_top else ""
    parents = Parents.of_level(order.parent_level or AreaLevel.MUNICIPALITY) if not is_top else Parents()
    areas = [_area(order.level, row, home, parents, report) for row in rows]
    _write(order.level, areas, report, run)
    _write_places(areas)


def _named(order: AreasOrder) -> AreasOrder:
    """The order with the names that the fields have once the rules have filled them."""
    rules = order.rules
    code, name, name_en = (
        field if rules.rule(field) else rules.named(getattr(order, field))
        for field in ("code", "name", "name_en")
    )
    return replace(order, code=code or "code", name=name or "name", name_en=name_en)


def _rows(read: Reading, order: AreasOrder) -> list[AreaRow]:
    """One row an area: rows with the same code and name are its parts and are joined."""
    rows: dict[str, AreaRow] = {}
    for cleaned in read.batches():
        for index, number in enumerate(cleaned.rows):
            row = _row(cleaned, index, order, read.report)
            if row is None:
                continue
            earlier = rows.get(row.code)
            if earlier is not None:
                row = _joined(earlier, row, order)
                read.report.add(Finding("joined", number, row.code, {"name": row.name}))
            rows[row.code] = row
    return list(rows.values())


def _joined(earlier: AreaRow, row: AreaRow, order: AreasOrder) -> AreaRow:
    if earlier.name != row.name:
        raise RepeatedCodes(field=order.code, example=row.code)
    return replace(earlier, boundary=_multipolygon(shapely.union(earlier.boundary, row.boundary)))


def _row(cleaned: Cleaned, index: int, order: AreasOrder, report: Report) -> AreaRow | None:
    record = cleaned.records[index]
    code, name = key_text(record.get(order.code)), key_text(record.get(order.name))
    problem = _problem(code, name)
    if problem:
        report.refuse(problem, cleaned.rows[index], code[:CODE_LENGTH], limit=CODE_LENGTH)
        return None
    name_en = key_text(record.get(order.name_en)) if order.name_en else ""
    boundary = _multipolygon(cleaned.geometries[index])
    return AreaRow(code, name[:NAME_LENGTH], name_en[:NAME_LENGTH], boundary)


def _multipolygon(shape: shapely.Geometry) -> shapely.Geometry:
    return multiple("polygon", shapely.get_parts(shape).tolist())


def _problem(code: str, name: str) -> str:
    if not code:
        return "no_key"
    if len(code) > CODE_LENGTH:
        return "long_key"
    return "" if name else "no_name"


def _home_code(order: AreasOrder, rows: list[AreaRow]) -> str:
    """The code of our own municipality: as asked, as it was, or the only one there is."""
    codes = [row.code for row in rows]
    if order.home:
        if order.home not in codes:
            raise NoSuchHome(home=order.home, field=order.code, codes=", ".join(codes[:20]))
        return order.home
    known = Area.objects.home()
    if known is not None:
        return known.code
    if len(codes) == 1:
        return codes[0]
    raise NoHome(codes=", ".join(codes[:20]))


def _area(level: str, row: AreaRow, home: str, parents: Parents, report: Report) -> Area:
    parent = parents.of(row.boundary)
    if parents and parent is None:
        report.tell("no_parent", name=row.name)
    boundary = GEOSGeometry(memoryview(shapely.to_wkb(row.boundary)), srid=settings.STORAGE_SRID)
    return Area(
        level=level,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        parent_id=parent,
        is_home=row.code == home,
        boundary=boundary if isinstance(boundary, MultiPolygon) else MultiPolygon(boundary),
    )


def _write(level: str, areas: list[Area], report: Report, run: ImportRun) -> None:
    held = {area.code: area for area in Area.objects.select_for_update(of=("self",)).filter(level=level)}
    added = [area for area in areas if area.code not in held]
    changed = [_took_over(held[area.code], area) for area in areas if _differs(held.get(area.code), area)]
    before = flat_states(AREAS, _touched(changed, areas))
    if any(area.is_home for area in areas):
        Area.objects.filter(is_home=True).update(is_home=False)
    Area.objects.bulk_create(added)
    Area.objects.bulk_update(changed, ["name", "name_en", "parent", "is_home", "boundary"], batch_size=50)
    homes = [area.code for area in areas if area.is_home]
    Area.objects.filter(level=level, code__in=homes).update(is_home=True)
    codes = {pk: str(flat["code"]) for pk, flat in before.items()} | {area.pk: area.code for area in added}
    keep_changes(run=run, register=AREAS, keys=codes, before=before)
    report.counts.update(added=len(added), changed=len(changed))
    report.counts["unchanged"] += len(areas) - len(added) - len(changed)
    left = sorted(set(held) - {area.code for area in areas})
    if left:
        report.tell("left_alone", keys=", ".join(left[:20]))


def _touched(changed: list[Area], areas: list[Area]) -> list[int]:
    """Known areas that will be written: also the municipality that is not ours any more."""
    ids = [area.pk for area in changed]
    if any(area.is_home for area in areas):
        ids += Area.objects.filter(is_home=True).exclude(pk__in=ids).values_list("pk", flat=True)
    return ids


def _differs(held: Area | None, area: Area) -> bool:
    return held is not None and any(_value(held, name) != _value(area, name) for name in COMPARED)


def _value(area: Area, name: str) -> object:
    return bytes(area.boundary.wkb) if name == "boundary" else getattr(area, name)


def _took_over(held: Area, area: Area) -> Area:
    for name in COMPARED:
        setattr(held, name, getattr(area, name))
    return held


def _write_places(areas: list[Area]) -> None:
    """Areas are found by their names in the search; neighbouring municipalities are not. They are called as
    `rebuild_places` calls them, so that it brings them up to date later."""
    places = [
        Place(
            kind=PlaceKind.AREA,
            key=f"area:{area.level}:{area.code}",
            name=area.name,
            name_en=area.name_en,
            weight=20,
            location=area.boundary.point_on_surface,
            extent=Polygon.from_bbox(area.boundary.extent),
        )
        for area in areas
        if area.is_home or area.level != AreaLevel.MUNICIPALITY
    ]
    Place.objects.bulk_create(
        places,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["name", "name_en", "location", "extent"],
    )
