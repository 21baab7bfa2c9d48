"""The urban plan: zones with their land use and building rules, as they are and as they were."""
# ruff: noqa: E501 - tables read better with a row a line

import functools
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from .areas import COMMUNITIES, communities, multi
from .blocks import Block, blocks
from .frame import polygons_of
from .network import faces_of, node
from .settlements import VILLAGES, village_limit
from .skeleton import Kind, Road, country_roads, railway, town_limit, town_roads
from .streets import _skeleton_of, covered, quarters

HOUSING = "Γενική κατοικία"
PURE_HOUSING = "Αμιγής κατοικία"
CENTRE = "Πολεοδομικό κέντρο – κεντρικές λειτουργίες πόλης – τοπικό κέντρο"
TOURISM = "Τουρισμός – αναψυχή"
PUBLIC_USE = "Κοινωφελείς λειτουργίες"
GREEN = "Ελεύθεροι χώροι – αστικό πράσινο"
LOW_NUISANCE = "Παραγωγικές δραστηριότητες χαμηλής και μέσης όχλησης"
UTILITIES = "Εγκαταστάσεις αστικών υποδομών κοινής ωφέλειας"
SPECIAL = "Ειδικές χρήσεις"
FARMING = "Αγροτική χρήση"
USE_CODES = {PURE_HOUSING: "ΑΚ", HOUSING: "ΓΚ", CENTRE: "ΠΚ", TOURISM: "ΤΑ", PUBLIC_USE: "ΚΛ", GREEN: "ΕΠ", LOW_NUISANCE: "ΧΜΟ",
             UTILITIES: "ΑΥ", SPECIAL: "ΕΙΔ", FARMING: "ΑΓΡ"}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A plan or decree: its gazette reference and the day it came into force."""

    title: str
    gazette: str
    since: date
    decree: str = "Π.Δ. 59/2018"


GPS_1988 = Plan("ΓΠΣ Καλλιρρόης 1988", "ΦΕΚ 1146/Δ/25.11.1988", date(1988, 11, 25), "Π.Δ. 23.2.1987")
GPS_2019 = Plan("Αναθεώρηση ΓΠΣ Καλλιρρόης", "ΦΕΚ 214/ΑΑΠ/09.10.2019", date(2019, 10, 9))
AMENDED_2024 = Plan("Σημειακή τροποποίηση ΓΠΣ", "ΦΕΚ 87/Δ/14.02.2024", date(2024, 2, 14))
SETTLEMENTS_1985 = Plan(
    "Όρια οικισμού (Π.Δ. 24.4.1985)", "ΦΕΚ 181/Δ/03.05.1985", date(1985, 5, 3), "Π.Δ. 24.4.1985"
)
OUTSIDE = Plan("Εκτός σχεδίου δόμηση", "ΦΕΚ 270/Δ/31.05.1985", date(1985, 5, 31), "Π.Δ. 24.5.1985")


@dataclass(frozen=True)
class ZoneState:
    """A zone as one plan knew it, in force from `plan.since` until the next state with the same key."""

    key: str
    name: str
    use: str
    far: float
    coverage: float
    height_m: float
    least_m2: int
    plan: Plan
    shape: MultiPolygon
    front_yard_m: float = 0.0
    side_yard_m: float = 0.0
    least_front_m: int = 0
    system: str = ""


#: Way of building → yard to the street and to the side, least front (m), system of the building regulation.
YARDS: dict[str, tuple[float, float, int, str]] = {
    "perimeter": (0.0, 0.0, 10, "Συνεχές"), "mixed": (0.0, 2.5, 10, "Πτερύγων"), "refugee": (0.0, 0.0, 6, "Συνεχές"),
    "old": (0.0, 0.0, 6, "Παραδοσιακό"), "detached": (4.0, 2.5, 15, "Πανταχόθεν ελεύθερο"),
    "villa": (5.0, 3.0, 20, "Πανταχόθεν ελεύθερο"), "industry": (6.0, 5.0, 30, "Πανταχόθεν ελεύθερο"),
    "village": (0.0, 2.5, 8, "Μικτό"),
}  # fmt: skip
#: Quarters whose plots along the avenue got the uses of the centre in 2019, so many metres from its middle.
AVENUE, AVENUE_METRES = {"stathmos", "arkadi", "neapoli", "anatolika"}, 29.0
#: Quarter → land use, ΣΔ, coverage, height m, least plot m².
RULES: dict[str, tuple[str, float, float, float, int]] = {
    "kentro": (CENTRE, 2.4, 0.7, 21, 200), "kentro-notio": (CENTRE, 2.4, 0.7, 21, 200), "kentro-dytiko": (HOUSING, 2.0, 0.7, 18, 200),
    "agia-triada": (CENTRE, 2.2, 0.7, 18, 200), "vrachos": (HOUSING, 0.8, 0.7, 7.5, 100), "stathmos": (HOUSING, 1.8, 0.7, 16, 200),
    "arkadi": (HOUSING, 1.8, 0.7, 16, 200), "ampelia": (HOUSING, 1.2, 0.6, 13, 300), "neapoli": (HOUSING, 1.4, 0.6, 14, 250),
    "paralia": (TOURISM, 0.6, 0.4, 8.5, 500), "dytika": (HOUSING, 1.0, 0.6, 12, 300), "rema": (HOUSING, 1.2, 0.6, 13, 300),
    "ergatika": (HOUSING, 1.6, 0.7, 14, 200), "nea-poli": (PURE_HOUSING, 0.8, 0.6, 11, 400), "agios-georgios": (HOUSING, 1.6, 0.6, 14, 250),
    "notia": (PURE_HOUSING, 0.6, 0.5, 8.5, 500), "metaxourgeio": (HOUSING, 1.4, 0.6, 14, 250), "pera": (HOUSING, 1.0, 0.6, 12, 300),
    "prosfygika": (HOUSING, 1.4, 0.8, 11, 80), "voreia-ochthi": (HOUSING, 1.0, 0.6, 12, 300), "viomichaniki": (LOW_NUISANCE, 1.2, 0.6, 14, 2000),
    "viomichaniki-notia": (LOW_NUISANCE, 1.2, 0.6, 14, 2000), "anatolika": (HOUSING, 1.0, 0.6, 12, 300), "agia-varvara": (PURE_HOUSING, 0.8, 0.5, 10, 400),
}  # fmt: skip
#: What the plan of 1988 said where it said something else: land use, ΣΔ, coverage, height, least plot.
EARLIER: dict[str, tuple[str, float, float, float, int]] = {
    "notia": (HOUSING, 0.8, 0.6, 11, 400), "nea-poli": (HOUSING, 1.0, 0.6, 11, 400), "agia-varvara": (HOUSING, 1.0, 0.6, 11, 300),
    "paralia": (HOUSING, 0.8, 0.4, 8.5, 500), "vrachos": (HOUSING, 1.2, 0.7, 10.5, 150), "kentro-dytiko": (HOUSING, 2.4, 0.7, 21, 200),
    "viomichaniki-notia": ("Βιομηχανία – βιοτεχνία χαμηλής και μέσης όχλησης", 1.6, 0.7, 14, 1500), "dytika": (HOUSING, 1.2, 0.6, 13, 250),
    "stathmos": (HOUSING, 2.1, 0.7, 18, 200), "metaxourgeio": ("Βιομηχανία – βιοτεχνία χαμηλής και μέσης όχλησης", 1.6, 0.7, 14, 1000),
}  # fmt: skip
AMENDED = {"metaxourgeio", "anatolika"}
PUBLIC_GROUND = {
    "park": GREEN, "square": GREEN, "riverside": GREEN, "promenade": GREEN, "beach": GREEN, "playground": GREEN, "castle": SPECIAL,
    "sports": PUBLIC_USE, "school": PUBLIC_USE, "hospital": PUBLIC_USE, "church": PUBLIC_USE, "civic": PUBLIC_USE, "townhall": PUBLIC_USE,
    "market": PUBLIC_USE, "cemetery": UTILITIES, "port": SPECIAL, "depot": UTILITIES, "parking": UTILITIES,
}  # fmt: skip


@functools.cache
def plan_cells() -> tuple[tuple[str, BaseGeometry], ...]:
    """The town plan cut into quarters (slug) and ground without one (""); together the whole plan."""
    hand = [*town_roads(), *country_roads(), Road("", Kind.RAIL, railway())]
    cells = faces_of(node(_skeleton_of(town_limit(), hand)))
    known = [(quarter.slug, cell) for quarter, cell in quarters()]
    taken = [cell for _, cell in known]
    rest = [("", cell) for cell in cells if not any(cell.equals(other) for other in taken)]
    return (*known, *rest)


def _public_zone(block: Block, index: int) -> ZoneState:
    use = PUBLIC_GROUND[block.use]
    built = use in {PUBLIC_USE, UTILITIES}
    name = block.name or {"beach": "Παραλία", "port": "Χερσαία ζώνη λιμένα"}.get(
        block.use, "Παραποτάμιο πάρκο"
    )
    return ZoneState(
        f"ΚΧ-{index:03d}",
        name,
        use,
        0.8 if built else 0.0,
        0.4 if built else 0.05,
        11 if built else 4.5,
        0,
        GPS_2019,
        multi(block.shape),
    )


def _public_zones() -> list[ZoneState]:
    town = [block for block in blocks() if block.place == "town" and block.use in PUBLIC_GROUND]
    return [_public_zone(block, index) for index, block in enumerate(town, start=1)]


@functools.cache
def _avenue() -> BaseGeometry:
    roads = [*town_roads(), *country_roads()]
    lines = [road.line for road in roads if road.kind is Kind.AVENUE]
    return shapely.union_all([line.buffer(AVENUE_METRES, cap_style="flat") for line in lines])


def _yards(slug: str) -> dict[str, Any]:
    builds = {quarter.slug: quarter.build for quarter, _cell in quarters()}
    names = ("front_yard_m", "side_yard_m", "least_front_m", "system")
    return dict(zip(names, YARDS[builds[slug]], strict=True)) if slug else {}


def _with_avenue(zone: ZoneState, slug: str) -> list[ZoneState]:
    """The zone, and what of it lies along the avenue as a zone of its own."""
    front = zone.shape.intersection(_avenue()) if slug in AVENUE else MultiPolygon()
    if front.area < 50:
        return [zone]
    rest, strip = multi(zone.shape.difference(_avenue())), multi(MultiPolygon(polygons_of(front)))
    own = replace(zone, key=f"{zone.key}Λ", name=f"{zone.name}, μέτωπο λεωφόρου", shape=strip)
    own = replace(own, use=CENTRE, far=zone.far + 0.2, height_m=zone.height_m + 3, front_yard_m=0.0)
    return [replace(zone, shape=rest), own]


def _town_zones(public: BaseGeometry) -> list[ZoneState]:
    found = []
    for index, (slug, cell) in enumerate(plan_cells(), start=1):
        use, far, coverage, height, least = RULES.get(slug, (GREEN, 0.0, 0.05, 4.5, 0))
        shape = multi(cell.difference(public))
        if shape.area < 50:
            continue
        plan = AMENDED_2024 if slug in AMENDED else GPS_2019
        key = f"Π-{index:02d}"
        name = f"Πολεοδομική ενότητα {index}" if slug else "Κοινόχρηστος χώρος"
        yards = _yards(slug)
        now = ZoneState(key, name, use, far, coverage, height, least, plan, shape, **yards)
        before = EARLIER.get(slug, (use, far, coverage, height, least))
        if slug:
            found.append(ZoneState(key, name, *before, GPS_1988, shape, **yards))
        if slug in AMENDED:
            found += _with_avenue(replace(now, plan=GPS_2019, far=far + 0.2, height_m=height + 2), slug)
        found += _with_avenue(now, slug)
    return found


def _outer_zones() -> list[ZoneState]:
    found = [
        ZoneState(
            f"ΟΙΚ-{i:02d}",
            f"Οικισμός {village.genitive}",
            HOUSING,
            0.8,
            0.6,
            7.5,
            300 if village.people > 400 else 200,
            SETTLEMENTS_1985,
            multi(village_limit(village)),
            *YARDS["village"],
        )
        for i, village in enumerate(VILLAGES, start=1)
    ]
    inside = covered()
    for i, (row, shape) in enumerate(zip(COMMUNITIES, communities(), strict=True), start=1):
        ground = multi(MultiPolygon(polygons_of(shape)).difference(inside))
        found.append(
            ZoneState(
                f"ΕΚΤ-{i:02d}",
                f"Εκτός σχεδίου {row[1]}",
                FARMING,
                0.2,
                0.1,
                7.5,
                4000,
                OUTSIDE,
                ground,
                *(15.0, 15.0, 25, "Εκτός σχεδίου"),
            )
        )
    return found


@functools.cache
def zones() -> tuple[ZoneState, ...]:
    """Every state of every zone; states of one key in the order they came into force."""
    public = _public_zones()
    ground = shapely.union_all([zone.shape for zone in public])
    return (*_town_zones(ground), *public, *_outer_zones())
