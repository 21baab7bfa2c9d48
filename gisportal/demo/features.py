"""What lies in each layer: key, properties and shape, with the day from which it holds."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from .addresses import Address, addresses
from .areas import NEIGHBOURHOODS, multi, neighbourhoods
from .blocks import blocks
from .buildings import buildings
from .country import fields, outlying_houses
from .frame import chance
from .landscape import HILL, harbour, river, river_axis, sea, streams
from .names import latin
from .parcels import parcels
from .plan_lines import building_lines, reservations
from .pois import pois
from .register import register
from .settlements import VILLAGES, village_limit
from .skeleton import railway, town_limit
from .street_names import streets
from .zones import GPS_2019, USE_CODES, ZoneState, zones


@dataclass(frozen=True)
class Drawn:
    """A feature before the database; `since` None means from the beginning of the register."""

    key: str
    shape: BaseGeometry
    properties: dict[str, Any] = field(default_factory=dict)
    since: date | None = None


def place_names() -> dict[str, str]:
    return {"town": "Καλλιρρόη"} | {village.slug: village.name for village in VILLAGES}


def _land_cover() -> Iterator[Drawn]:
    for index, patch in enumerate(fields(), start=1):
        yield Drawn(f"ΚΓ-{index:05d}", patch.shape, {"kind": patch.cover.value})


def _limits() -> Iterator[Drawn]:
    yield Drawn("town", town_limit(), {"name": "Καλλιρρόη", "name_en": "Kallirroi"})
    for village in VILLAGES:
        yield Drawn(
            village.slug, village_limit(village), {"name": village.name, "name_en": latin(village.name)}
        )


def _block_key(place: str, number: str) -> str:
    return f"{place}-{number}"


def _blocks_base() -> Iterator[Drawn]:
    for block in blocks():
        if block.use == "built":
            yield Drawn(_block_key(block.place, block.number), block.shape, {"kind": block.build})


def _blocks() -> Iterator[Drawn]:
    for block in blocks():
        facts = {
            "number": block.number,
            "place": place_names()[block.place],
            "area_m2": round(block.shape.area, 1),
        }
        yield Drawn(_block_key(block.place, block.number), block.shape, facts)


def _block_numbers() -> Iterator[Drawn]:
    for block in blocks():
        yield Drawn(
            _block_key(block.place, block.number),
            block.shape.representative_point(),
            {"number": block.number},
        )


def _grounds() -> Iterator[Drawn]:
    for block in blocks():
        if block.use != "built":
            facts = {"kind": block.use} | (
                {"name": block.name, "name_en": latin(block.name)} if block.name else {}
            )
            yield Drawn(_block_key(block.place, block.number), block.shape, facts)


def _water() -> Iterator[Drawn]:
    yield Drawn("sea", sea(), {"kind": "sea"})
    yield Drawn("kryoneris", river(), {"kind": "river", "name": "Κρυονέρης", "name_en": "Kryoneris"})
    for key, name, shape in zip(("xerias", "mylopotamos"), ("Ξεριάς", "Μυλοπόταμος"), streams(), strict=True):
        yield Drawn(key, shape, {"kind": "stream", "name": name, "name_en": latin(name)})


def _piers() -> Iterator[Drawn]:
    yield Drawn("harbour", harbour(), {"kind": "pier"})


def _roads() -> Iterator[Drawn]:
    for street in streets():
        facts = {"kind": street.kind.value, "keeper": street.keeper, "width_m": street.width_metres}
        if street.name:
            facts |= {"name": street.name, "name_en": latin(street.name)}
        yield Drawn(street.code, street.line, facts)


def _railway() -> Iterator[Drawn]:
    yield Drawn("line-1", railway(), {"name": "Σιδηροδρομική γραμμή", "name_en": "Railway line"})


def _buildings() -> Iterator[Drawn]:
    for index, building in enumerate(buildings(), start=1):
        yield Drawn(
            f"Κ-{index:05d}",
            building.shape,
            {"kind": building.use, "floors": building.floors, "year": building.year},
        )
    for index, shape in enumerate(outlying_houses(), start=1):
        yield Drawn(f"ΚΕ-{index:04d}", shape, {"kind": "house", "floors": 1, "year": 1975 + index % 45})


def _house_numbers() -> Iterator[Drawn]:
    for index, address in enumerate(addresses(), start=1):
        yield Drawn(
            f"Α-{index:05d}", address.point, {"number": str(address.number), "street": address.street}
        )


def _labels() -> Iterator[Drawn]:
    for poi in pois():
        facts = {"name": poi.name, "name_en": poi.name_en, "kind": poi.kind, "use": poi.use, "rank": poi.rank}
        yield Drawn(poi.key, poi.point, facts)


def _zone(zone: ZoneState) -> Drawn:
    facts = {
        "code": zone.key,
        "name": zone.name,
        "land_use": zone.use,
        "use_code": USE_CODES.get(zone.use, "ΒΙΟ"),
        "far": zone.far,
        "coverage": zone.coverage,
        "height_m": zone.height_m,
        "least_plot_m2": zone.least_m2,
        "plan": zone.plan.title,
        "gazette": zone.plan.gazette,
        "in_force": zone.plan.since.isoformat(),
        "decree": zone.plan.decree,
    }
    if zone.system:
        facts |= {"front_yard_m": zone.front_yard_m, "side_yard_m": zone.side_yard_m}
        facts |= {"least_front_m": zone.least_front_m, "system": zone.system}
    return Drawn(zone.key, zone.shape, facts, zone.plan.since)


def _zones() -> Iterator[Drawn]:
    return map(_zone, zones())


@functools.cache
def address_of_parcel() -> dict[int, Address]:
    return {address.parcel: address for address in addresses()}


def _parcels() -> Iterator[Drawn]:
    for index, parcel in enumerate(parcels()):
        address = address_of_parcel().get(index)
        block = blocks()[parcel.block]
        facts = {
            "kaek": parcel.kaek,
            "short": parcel.kaek[-3:].lstrip("0"),
            "block": block.number,
            "area_m2": round(parcel.shape.area, 2),
            "title_m2": round(parcel.shape.area * (1 + chance(parcel.kaek).gauss(0, 0.012)), 1),
        }
        facts["address"] = (
            f"{address.street} {address.number}, {place_names()[block.place]}"
            if address
            else place_names()[block.place]
        )
        yield Drawn(parcel.kaek, parcel.shape, facts)


def _property() -> Iterator[Drawn]:
    for row in register():
        facts = {
            "number": row.number,
            "kaek": parcels()[row.parcel].kaek,
            "kind": row.kind,
            "use": row.use,
            "title": row.title,
            "acquired": row.acquired,
            "status": row.status,
            "value_eur": row.value_eur,
            "area_m2": round(row.shape.area, 2),
        }
        yield Drawn(row.number, row.shape, facts)


def _flood_zones() -> Iterator[Drawn]:
    ground = river_axis().buffer(92, quad_segs=6).simplify(2)
    yield Drawn("kryoneris-100", ground, {"name": "Κρυονέρης", "name_en": "Kryoneris", "period": "T=100"})
    for key, name, shape in zip(
        ("xerias-100", "mylopotamos-100"), ("Ξεριάς", "Μυλοπόταμος"), streams(), strict=True
    ):
        yield Drawn(
            key,
            shape.buffer(28, quad_segs=6).simplify(2),
            {"name": name, "name_en": latin(name), "period": "T=100"},
        )


def _heritage() -> Iterator[Drawn]:
    castle = shapely.affinity.scale(HILL.buffer(95), 1.22, 0.9)
    old_town = shapely.affinity.scale(HILL.buffer(384), 1.22, 0.86)
    yield Drawn(
        "castle",
        castle,
        {"name": "Κάστρο Καλλιρρόης", "name_en": "Castle of Kallirroi", "gazette": "ΦΕΚ 68/Β/26.02.1962"},
        date(1962, 2, 26),
    )
    yield Drawn(
        "old-town",
        old_town,
        {
            "name": "Παραδοσιακό τμήμα Βράχου",
            "name_en": "Old town of Vrachos",
            "gazette": "ΦΕΚ 594/Δ/13.11.1978",
        },
        date(1978, 11, 13),
    )


def _building_lines() -> Iterator[Drawn]:
    for line in building_lines():
        facts = {"name": f"Οικοδομική γραμμή Ο.Τ. {line.block}", "block": line.block, "yard_m": line.yard_m}
        facts |= {"plan": GPS_2019.title, "gazette": GPS_2019.gazette, "in_force": GPS_2019.since.isoformat()}
        yield Drawn(line.key, line.line, facts, GPS_2019.since)


def _reservations() -> Iterator[Drawn]:
    for one in reservations():
        facts = {"number": one.key, "name": one.name, "kind": one.kind, "state": one.state}
        facts |= {"plan": one.plan.title, "gazette": one.plan.gazette, "in_force": one.plan.since.isoformat()}
        yield Drawn(one.key, one.shape, facts, one.plan.since)


def _garbage_routes() -> Iterator[Drawn]:
    days = ("Δευτέρα – Πέμπτη", "Τρίτη – Παρασκευή", "Τετάρτη – Σάββατο")
    for index, ((name, name_en, _), shape) in enumerate(zip(NEIGHBOURHOODS, neighbourhoods(), strict=True)):
        yield Drawn(
            f"ΔΑ-{index + 1:02d}",
            multi(shape),
            {"name": f"Διαδρομή {name}", "name_en": f"Route {name_en}", "days": days[index % 3]},
        )


DRAWN: dict[str, Callable[[], Iterator[Drawn]]] = {
    "land-cover": _land_cover,
    "built-up": _limits,
    "blocks-base": _blocks_base,
    "grounds": _grounds,
    "water": _water,
    "piers": _piers,
    "roads": _roads,
    "railway": _railway,
    "buildings": _buildings,
    "house-numbers": _house_numbers,
    "block-numbers": _block_numbers,
    "labels": _labels,
    "zones": _zones,
    "blocks": _blocks,
    "parcels": _parcels,
    "municipal-property": _property,
    "plan-limit": _limits,
    "building-lines": _building_lines,
    "reservations": _reservations,
    "flood-zones": _flood_zones,
    "heritage": _heritage,
    "garbage-routes": _garbage_routes,
}
