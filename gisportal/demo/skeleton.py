"""The streets drawn by hand: what a plan of the town would show first, and the quarters between them."""
# ruff: noqa: E501 - tables read better with a row a line

import functools
from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely.geometry import LineString, Polygon

from .frame import Coord, curve, largest, smooth_ring, wobble
from .landscape import coast_line, mainland, river_axis


class Kind(StrEnum):
    """Street classes; the width of each is in `WIDTHS`."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    AVENUE = "avenue"
    COLLECTOR = "collector"
    LOCAL = "local"
    LANE = "lane"
    PEDESTRIAN = "pedestrian"
    TRACK = "track"
    RAIL = "rail"
    LIMIT = "limit"


#: Metres between facing building lines.
WIDTHS: dict[Kind, float] = {
    Kind.NATIONAL: 26, Kind.PROVINCIAL: 14, Kind.AVENUE: 22, Kind.COLLECTOR: 14, Kind.LOCAL: 9.5, Kind.LANE: 5,
    Kind.PEDESTRIAN: 8, Kind.TRACK: 5, Kind.RAIL: 15, Kind.LIMIT: 0,
}  # fmt: skip


@dataclass(frozen=True)
class Road:
    """A street or road before it meets the others."""

    name: str
    kind: Kind
    line: LineString
    quarter: str = ""


@dataclass(frozen=True)
class Quarter:
    """A part of the town with a grain of its own; `seed` is a local point inside it."""

    slug: str
    seed: Coord
    pattern: str
    degrees: float = 0
    across: tuple[float, float] = (60, 85)
    parcel_front: float = 14
    build: str = "detached"


TOWN_LIMIT = [
    (-2120, 1760), (-2180, 1100), (-2080, 500), (-2180, 40), (-1980, -420), (-1960, -800), (-1420, -1130), (-1080, -1480), (-560, -1560),
    (-150, -1790), (620, -1830), (1150, -1760), (1480, -1740), (1950, -1500), (2360, -1130), (2560, -700),
    (3010, -260), (3420, 40), (3560, 420), (3330, 830), (2900, 1180), (2700, 1900), (1500, 1750), (600, 1700), (-600, 1600), (-1400, 1750),
]  # fmt: skip

_TOWN: tuple[tuple[str, Kind, list[Coord]], ...] = (
    ("Λεωφόρος Ελευθερίου Βενιζέλου", Kind.AVENUE, [(-960, 1300), (-900, 900), (-860, 470), (-905, 60), (-1010, -330), (-1130, -850), (-1300, -1390)]),
    ("Λεωφόρος Ιωάννη Καποδίστρια", Kind.AVENUE, [(-130, 1175), (-105, 760), (-75, 262), (-60, -250), (-140, -860), (-95, -1400), (0, -1905)]),
    ("Αγίου Δημητρίου", Kind.COLLECTOR, [(-1540, 1480), (-1490, 1100), (-1420, 640), (-1470, 170), (-1560, -180), (-1600, -560), (-1840, -770), (-2080, -960)]),
    ("Θερμοπυλών", Kind.COLLECTOR, [(-2160, -660), (-1750, -630), (-1380, -640), (-1075, -640), (-560, -930), (-120, -1130), (440, -1370), (900, -1480), (1330, -1500), (1490, -1490)]),
    ("Λεωφόρος Γεωργίου Καραϊσκάκη", Kind.AVENUE, [(1870, 360), (1900, 310), (2080, -130), (2190, -600), (2260, -960), (2330, -1200)]),
    ("Νεότητας", Kind.COLLECTOR, [(2790, 1760), (2720, 1290), (2690, 860), (2650, 500), (2620, 190), (2560, -250), (2330, -600), (2150, -720)]),
    ("Σμύρνης", Kind.COLLECTOR, [(1930, 950), (2310, 830), (2690, 760), (3150, 700), (3480, 560), (3700, 470)]),
    ("Δερβενακίων", Kind.COLLECTOR, [(465, -860), (470, -905), (520, -1200), (600, -1420), (690, -1800)]),
    ("Βασιλέως Κωνσταντίνου", Kind.COLLECTOR, [(-935, 768), (-500, 675), (-105, 588), (400, 480), (900, 375), (1440, 262), (1580, 230)]),
    ("Αρκαδίου", Kind.COLLECTOR, [(-500, -640), (-480, -470), (-520, -130), (-470, 190), (-465, 390)]),
)  # fmt: skip

_COUNTRY: tuple[tuple[str, Kind, list[Coord]], ...] = (
    ("Παλαιά Εθνική Οδός", Kind.PROVINCIAL, [(-10500, 3450), (-8300, 2720), (-7100, 2760), (-6100, 2620), (-5200, 2100), (-4500, 1780), (-3200, 1290), (-2100, 790)]),
    ("Λεωφόρος Εθνικής Αντιστάσεως", Kind.AVENUE, [(-2100, 790), (-1450, 600), (-860, 470), (-470, 345), (-75, 262), (400, 160), (900, 55), (1300, 40), (1600, 130), (1900, 310), (2620, 190), (3500, 40)]),
    ("Παλαιά Εθνική Οδός", Kind.PROVINCIAL, [(3500, 40), (4300, -150), (5200, -240), (6200, -560), (7200, -820), (8400, -1000), (11000, -2000)]),
    ("Νέα Εθνική Οδός", Kind.NATIONAL, [(-11000, 2500), (-8800, 2050), (-6500, 1600), (-4800, 900), (-3400, -90), (-2300, -990), (-1200, -1580), (0, -1905), (760, -2010), (1500, -1960), (2400, -1740), (3600, -1420), (5100, -1500), (6800, -2000), (8600, -2400), (11000, -3300)]),
    ("Επαρχιακή Οδός Καλλιρρόης – Κεφαλόβρυσου", Kind.PROVINCIAL, [(0, -1905), (480, -2500), (700, -3100), (1150, -3900), (1300, -4600), (1250, -5150), (1200, -5750), (650, -6500), (-100, -7050), (-900, -7600), (-1600, -8300)]),
    ("Επαρχιακή Οδός Κεφαλόβρυσου – Μηλιάς", Kind.PROVINCIAL, [(1250, -5150), (1700, -5190), (2300, -5100), (3000, -5500), (3900, -5050), (4700, -5400), (5300, -5250), (5900, -5900), (6100, -6600), (6900, -7300)]),
    ("Επαρχιακή Οδός Μηλιάς – Αγίας Μαρίνας", Kind.PROVINCIAL, [(5300, -5250), (5750, -4500), (5400, -3700), (5650, -2800), (5300, -2000), (5250, -1510), (5150, -900), (5200, -240)]),
    ("Επαρχιακή Οδός Καλλιρρόης – Ελαιώνα", Kind.PROVINCIAL, [(-1300, -1390), (-1700, -1250), (-2500, -830), (-3300, 170), (-4000, 330), (-4650, 20), (-5500, -200), (-6300, -400)]),
    ("Επαρχιακή Οδός Ελαιώνα – Πετρωτού", Kind.PROVINCIAL, [(-4000, 330), (-4150, -600), (-3900, -1700), (-3700, -3200), (-4150, -3900), (-4300, -4600), (-3800, -5500), (-3500, -6300), (-2700, -7100), (-2300, -7900), (-1600, -8300)]),
    ("Επαρχιακή Οδός Ακρογιαλιού – Ελαιώνα", Kind.PROVINCIAL, [(-6100, 2620), (-5850, 2100), (-5700, 1380), (-5200, 900), (-4600, 640), (-4000, 330)]),
    ("Οδός Αγίου Ιωάννη", Kind.COLLECTOR, [(2330, -1200), (2600, -1720), (3000, -2150), (3600, -2600), (4200, -2500), (5300, -2000)]),
)  # fmt: skip

RAIL = [(-11000, 3000), (-8600, 2380), (-6500, 2050), (-4700, 1380), (-3300, 760), (-2200, 330), (-1500, 0), (-1010, -330), (-560, -560),
        (-60, -790), (470, -905), (1000, -975), (1640, -985), (2230, -950), (3100, -880), (4200, -1020), (5600, -1180), (7400, -1650), (11000, -2700)]  # fmt: skip

#: Where no street was opened so that a square or a park has room: local point and metres.
CLEARINGS = (
    (285, 630, 50), (950, 640, 95), (-650, 800, 60), (-1200, 980, 85), (-1180, 180, 75), (160, -1180, 85), (2420, -60, 72),
    (-1000, -1150, 66), (-480, 520, 30), (-1500, 560, 70), (2330, 500, 30), (2950, 700, 60),
)  # fmt: skip

QUARTERS = (
    Quarter("kentro", (300, 700), "grid", -12.3, (62, 88), 14, "perimeter"),
    Quarter("kentro-notio", (200, 300), "grid", -12.3, (60, 82), 13, "perimeter"),
    Quarter("kentro-dytiko", (-480, 950), "grid", -12.3, (64, 96), 15, "perimeter"),
    Quarter("agia-triada", (-480, 500), "grid", -12.3, (62, 88), 14, "perimeter"),
    Quarter("vrachos", (760, -420), "old", 0, (45, 60), 9, "old"),
    Quarter("stathmos", (-300, -250), "grid", -27, (63, 104), 16, "mixed"),
    Quarter("arkadi", (-720, 60), "grid", -24, (63, 94), 16, "mixed"),
    Quarter("ampelia", (-1200, 950), "grid", -17, (66, 130), 18, "detached"),
    Quarter("neapoli", (-1180, 200), "grid", -20, (64, 113), 18, "mixed"),
    Quarter("paralia", (-1780, 1150), "grid", -19, (71, 124), 20, "villa"),
    Quarter("dytika", (-1760, 330), "grid", -24, (68, 118), 19, "detached"),
    Quarter("rema", (-1300, -350), "grid", -31, (66, 113), 18, "detached"),
    Quarter("ergatika", (-600, -780), "grid", -29, (55, 109), 15, "mixed"),
    Quarter("nea-poli", (-560, -1200), "organic", -24, (71, 118), 19, "detached"),
    Quarter("agios-georgios", (240, -1130), "grid", -21, (64, 109), 17, "mixed"),
    Quarter("notia", (300, -1600), "organic", -10, (73, 123), 20, "detached"),
    Quarter("metaxourgeio", (1000, -1230), "grid", -8, (66, 106), 17, "mixed"),
    Quarter("pera", (2000, -380), "organic", 10, (66, 111), 17, "detached"),
    Quarter("prosfygika", (2300, 510), "grid", -6, (33, 66), 9, "refugee"),
    Quarter("voreia-ochthi", (2350, 1080), "grid", 12, (68, 113), 18, "detached"),
    Quarter("viomichaniki", (3080, 960), "grid", -14, (115, 170), 42, "industry"),
    Quarter("viomichaniki-notia", (3050, 400), "grid", -9, (110, 160), 40, "industry"),
    Quarter("anatolika", (2420, -100), "organic", -14, (68, 116), 19, "detached"),
    Quarter("agia-varvara", (2900, 20), "organic", -8, (75, 123), 20, "detached"),
)


def _road(name: str, kind: Kind, points: list[Coord]) -> Road:
    return Road(name, kind, curve(points, 22))


@functools.cache
def coast_avenue() -> LineString:
    """The seaside avenue, behind the beach from the western limit to the harbour."""
    return curve(
        [
            (-2280, 1500),
            (-1780, 1440),
            (-1540, 1400),
            (-1240, 1320),
            (-960, 1260),
            (-500, 1215),
            (-130, 1120),
            (300, 1015),
            (760, 962),
            (1180, 1010),
            (1560, 1085),
            (1760, 1060),
            (1990, 1085),
        ],
        22,
    )


@functools.cache
def river_roads() -> tuple[Road, ...]:
    """The quays of the Kryoneris, behind its park on both banks."""
    town = smooth_ring([(900, -1940), (2300, -1700), (2500, 2300), (1500, 2300), (1100, -300)], 1)
    axis = river_axis()
    roads = []
    for name, offset in (("Παρόχθια Δυτική", 74), ("Παρόχθια Ανατολική", -74)):
        side = shapely.offset_curve(axis.simplify(12), -offset * -1, join_style="round").intersection(town)
        line = max(getattr(side, "geoms", [side]), key=lambda part: part.length)
        roads.append(Road(name, Kind.COLLECTOR, line.simplify(1.5)))
    return tuple(roads)


@functools.cache
def town_roads() -> tuple[Road, ...]:
    """Every hand-drawn street inside the town."""
    drawn = tuple(_road(name, kind, points) for name, kind, points in _TOWN)
    return (*drawn, Road("Ακτή Ποσειδώνος", Kind.AVENUE, coast_avenue()), *river_roads())


@functools.cache
def country_roads() -> tuple[Road, ...]:
    """National and provincial roads; their mountain stretches wind."""
    roads = []
    for name, kind, points in _COUNTRY:
        line = curve(points, 25)
        winding = 0.0 if kind in {Kind.NATIONAL, Kind.AVENUE} else 300.0
        roads.append(Road(name, kind, wobble(line, winding, 560, seed=60) if winding else line))
    return tuple(roads)


@functools.cache
def railway() -> LineString:
    return curve(RAIL, 30)


@functools.cache
def town_limit() -> Polygon:
    """The limit of the town plan; the shore where the plan meets the sea."""
    dry = smooth_ring(TOWN_LIMIT, 2).intersection(mainland())
    beach = coast_line().buffer(14)
    return largest(dry.difference(beach))
