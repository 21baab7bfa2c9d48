"""Areas: the municipality, its units, communities, settlements and neighbourhoods, and the neighbours around it."""
# ruff: noqa: E501 - tables read better with a row a line

import functools
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .frame import Coord, at, cells_of, curve, largest, polygons_of, wobble
from .landscape import FRAME, mainland, river_axis
from .settlements import VILLAGES, village_limit
from .skeleton import Kind, Road, country_roads, railway, town_limit, town_roads

MUNICIPALITY = "Δήμος Καλλιρρόης"
MUNICIPALITY_EN = "Municipality of Kallirroi"


@dataclass(frozen=True)
class AreaShape:
    """An area with its place in the tree: `parent` is a code; `home` only on the municipality itself."""

    level: str
    code: str
    name: str
    name_en: str
    parent: str
    shape: MultiPolygon
    home: bool = False
    people: int = 0


HOME_OUTLINE: list[Coord] = [
    (-8950, 6000),
    (-8950, 3700),
    (-8700, 2300),
    (-8950, 700),
    (-8600, -900),
    (-8100, -2500),
    (-8450, -4300),
    (-8050, -6000),
    (-6900, -7500),
    (-5600, -8600),
    (-4200, -9900),
    (-2300, -10600),
    (-500, -11100),
    (1300, -10700),
    (3100, -10200),
    (4900, -9700),
    (6700, -9100),
    (8100, -7900),
    (8750, -6200),
    (8300, -4700),
    (8150, -3300),
    (8700, -1900),
    (8600, -700),
    (8850, 300),
    (8850, 6000),
]
BORDERS: list[list[Coord]] = [
    [(-10200, -1900), (-7500, -1750), (-5200, -1950), (-3300, -2200), (-1500, -2900), (300, -3300), (1700, -3350), (3200, -3500), (4600, -3550), (6500, -3800), (10000, -3700)],
    [(-10200, 1600), (-7500, 1450), (-6350, 1150), (-5100, 1500), (-4300, 1150), (-3350, 1400), (-3250, 2100), (-3150, 3600)],
    [(-3400, 1700), (-3100, 900), (-2850, 200), (-2750, -900), (-2300, -1900), (-2050, -3300)],
    [(4000, 3000), (3960, 900), (3850, 100), (3700, -500), (3300, -1150), (2750, -1900), (2350, -2700), (2250, -4000)],
    [(-1800, -2300), (-1500, -3900), (-1750, -5200), (-1150, -6500)],
    [(-10000, -6600), (-6500, -6350), (-4700, -6700), (-3300, -5900), (-2200, -6350), (-1000, -6250), (300, -6900), (1200, -7700), (2300, -8800), (2700, -12500)],
    [(3150, -3000), (3250, -4200), (3500, -5600), (3000, -6900), (2150, -8300), (1700, -8900)],
]  # fmt: skip
COMMUNITIES: tuple[tuple[str, str, str, str, Coord, str], ...] = (
    ("kallirroi", "Καλλιρρόης", "Kallirroi", "a", (300, 600), "01"),
    ("akrogiali", "Ακρογιαλίου", "Akrogiali", "a", (-6080, 2500), "02"),
    ("elaionas", "Ελαιώνα", "Elaionas", "a", (-4060, 300), "03"),
    ("agia-marina", "Αγίας Μαρίνας", "Agia Marina", "a", (5220, -400), "04"),
    ("kefalovryso", "Κεφαλόβρυσου", "Kefalovryso", "b", (1290, -5160), "01"),
    ("petroto", "Πετρωτού", "Petroto", "b", (-4270, -4600), "02"),
    ("kastania", "Καστανιάς", "Kastania", "b", (-1560, -8260), "03"),
    ("milia", "Μηλιάς", "Milia", "b", (5300, -5270), "04"),
)
UNITS = {"a": ("Δημοτική Ενότητα Καλλιρρόης", "Municipal Unit of Kallirroi", "960101"),
         "b": ("Δημοτική Ενότητα Κεφαλόβρυσου", "Municipal Unit of Kefalovryso", "960102")}  # fmt: skip
NEIGHBOURHOODS: tuple[tuple[str, str, tuple[Coord, ...]], ...] = (
    ("Κέντρο", "Centre", ((300, 700), (200, 300), (1200, 300), (300, 1050), (1600, 1250))),
    ("Αγία Τριάδα", "Agia Triada", ((-480, 950), (-480, 500), (-500, 1260))),
    ("Κάστρο", "Kastro", ((760, -420),)),
    ("Σταθμός", "Stathmos", ((-300, -250), (-720, 60))),
    ("Αμπέλια", "Ambelia", ((-1200, 950), (-1250, 1380))),
    ("Παραλία", "Paralia", ((-1780, 1150), (-1850, 1550))),
    ("Νεάπολη", "Neapoli", ((-1180, 200), (-1300, -350))),
    ("Δυτικές Συνοικίες", "Western Quarters", ((-1760, 330), (-1850, -250), (-1700, -700))),
    ("Εργατικά", "Ergatika", ((-600, -780), (-560, -1200), (-1450, -950))),
    ("Άγιος Γεώργιος", "Agios Georgios", ((240, -1130), (300, -1600))),
    ("Μεταξουργείο", "Metaxourgeio", ((1000, -1230), (1450, -1300))),
    ("Προσφυγικά", "Prosfygika", ((2300, 510), (1850, 520))),
    ("Βόρεια Όχθη", "North Bank", ((2350, 1080), (2150, 1300))),
    ("Πέρα", "Pera", ((2000, -380), (1800, -900), (2100, -1200))),
    ("Αγία Βαρβάρα", "Agia Varvara", ((2420, -100), (2900, 20))),
    ("Βιοτεχνικό Πάρκο", "Business Park", ((3080, 960), (3050, 400))),
)
NEIGHBOURS: tuple[tuple[str, str, str, Coord], ...] = (
    ("9602", "Δήμος Πελαγίας", "Municipality of Pelagia", (-11500, 0)),
    ("9603", "Δήμος Ορεινών Πηγών", "Municipality of Oreines Piges", (0, -13000)),
    ("9604", "Δήμος Ανθεμούσας", "Municipality of Anthemousa", (11500, -4000)),
)
NEIGHBOUR_BORDERS: list[list[Coord]] = [[(-7800, -6300), (-10500, -7600), (-12500, -7300), (-15000, -8200)],
                                        [(8000, -8000), (10000, -8900), (12000, -8400), (15000, -9300)]]  # fmt: skip


def multi(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon(polygons_of(shape))


def _border(points: list[Coord], seed: int) -> LineString:
    return wobble(curve(points, 60), 110, 900, seed, step=60)


@functools.cache
def home() -> Polygon:
    """The municipality's ground: mainland inside its outline, harbour works included."""
    outline = Polygon(_border(HOME_OUTLINE, 80))
    return largest(shapely.set_precision(outline.intersection(mainland()), 0.001))


def _tiles(whole: Polygon, cuts: list[LineString], seeds: list[list[Coord]]) -> list[BaseGeometry]:
    """`whole` cut along lines; each piece goes to the group with a seed in it, or to its nearest seed."""
    pieces = cells_of(shapely.union_all([whole.boundary, *cuts], grid_size=0.001))
    pieces = [piece for piece in pieces if whole.buffer(0.1).contains(piece.representative_point())]
    groups: list[list[Polygon]] = [[] for _ in seeds]
    for piece in pieces:
        inner = piece.representative_point()
        distance = [min(_far(piece, inner, at(*seed)) for seed in group) for group in seeds]
        groups[distance.index(min(distance))].append(piece)
    return [shapely.union_all(group) for group in groups]


def _far(piece: Polygon, inner: BaseGeometry, seed: BaseGeometry) -> float:
    return -1.0 if piece.contains(seed) else float(inner.distance(seed))


@functools.cache
def communities() -> tuple[BaseGeometry, ...]:
    """The ground of each of `COMMUNITIES`; together they are exactly `home()`."""
    cuts = [_border(points, 90 + 3 * i) for i, points in enumerate(BORDERS)]
    return tuple(_tiles(home(), cuts, [[seed] for *_, seed, _ in COMMUNITIES]))


@functools.cache
def neighbourhoods() -> tuple[BaseGeometry, ...]:
    """The ground of each of `NEIGHBOURHOODS`; together they are the town inside its plan limit."""
    hand = [*town_roads(), *country_roads(), Road("", Kind.RAIL, railway())]
    cuts = [road.line for road in hand] + [river_axis()]
    return tuple(_tiles(town_limit(), cuts, [list(seeds) for *_, seeds in NEIGHBOURHOODS]))


def _neighbours() -> list[AreaShape]:
    around = largest(FRAME.intersection(mainland()).difference(home()))
    cuts = [_border(points, 130 + i) for i, points in enumerate(NEIGHBOUR_BORDERS)]
    shapes = _tiles(around, cuts, [[seed] for *_, seed in NEIGHBOURS])
    return [
        AreaShape("municipality", code, name, name_en, "", multi(shape))
        for (code, name, name_en, _), shape in zip(NEIGHBOURS, shapes, strict=True)
    ]


def _settlements() -> list[AreaShape]:
    codes = {slug: f"{UNITS[unit][2]}{number}" for slug, *_, unit, _, number in COMMUNITIES}
    found = [
        AreaShape(
            "settlement",
            codes["kallirroi"] + "01",
            "Καλλιρρόη",
            "Kallirroi",
            codes["kallirroi"],
            multi(shapely.union_all(neighbourhoods())),
            people=27_480,
        )
    ]
    grounds = dict(zip((slug for slug, *_ in COMMUNITIES), communities(), strict=True))
    from .names import latin

    for village in VILLAGES:
        code = (
            codes[village.community]
            + f"{2 + sum(area.parent == codes[village.community] for area in found):02d}"
        )
        shape = multi(village_limit(village).intersection(grounds[village.community]))
        found.append(
            AreaShape(
                "settlement",
                code,
                village.name,
                latin(village.name),
                codes[village.community],
                shape,
                people=village.people,
            )
        )
    return found


@functools.cache
def areas() -> tuple[AreaShape, ...]:
    """Every area, parents before children, the neighbours last."""
    rows = list(zip(COMMUNITIES, communities(), strict=True))
    grounds = {
        unit: shapely.union_all([shape for community, shape in rows if community[3] == unit])
        for unit in UNITS
    }
    whole = shapely.union_all(list(grounds.values()))
    found = [
        AreaShape(
            "municipality", "9601", MUNICIPALITY, MUNICIPALITY_EN, "", multi(whole), home=True, people=35_030
        )
    ]
    found += [
        AreaShape("unit", code, name, name_en, "9601", multi(grounds[unit]))
        for unit, (name, name_en, code) in UNITS.items()
    ]
    for (_, genitive, name_en, unit, _, number), shape in rows:
        code = UNITS[unit][2]
        found.append(
            AreaShape(
                "community",
                code + number,
                f"Κοινότητα {genitive}",
                f"Community of {name_en}",
                code,
                multi(shape),
            )
        )
    found += _settlements()
    town = next(area.code for area in found if area.level == "settlement")
    for index, ((name, name_en, _), shape) in enumerate(
        zip(NEIGHBOURHOODS, neighbourhoods(), strict=True), start=1
    ):
        found.append(AreaShape("neighbourhood", f"{town}-{index:02d}", name, name_en, town, multi(shape)))
    return (*found, *_neighbours())
