"""Trees along avenues and in parks, each with its species."""
# ruff: noqa: E501 - tables read better with a row a line

import functools
import random
from datetime import date

import shapely
from shapely.geometry import Point

from .assets import AssetDraft
from .blocks import Block, blocks
from .buildings import buildings
from .frame import chance
from .kerbs import Spot, along, dry
from .parcels import parcels
from .skeleton import Kind
from .street_names import Street, streets

SPECIES = {
    "νεραντζιά": "Citrus aurantium", "πλάτανος": "Platanus orientalis", "μουριά": "Morus alba", "ελιά": "Olea europaea",
    "λεύκα": "Populus alba", "φίκος": "Ficus microcarpa", "ακακία": "Robinia pseudoacacia", "γιακαράντα": "Jacaranda mimosifolia",
    "πεύκο": "Pinus halepensis", "κυπαρίσσι": "Cupressus sempervirens", "φοίνικας": "Phoenix canariensis", "ευκάλυπτος": "Eucalyptus globulus",
    "βραχυχίτωνας": "Brachychiton populneus", "κουτσουπιά": "Cercis siliquastrum", "δάφνη": "Laurus nobilis", "λιγούστρο": "Ligustrum lucidum",
}  # fmt: skip
ON_STREETS = {"Ακτή Ποσειδώνος": "φοίνικας", "Παρόχθια Δυτική": "πλάτανος", "Παρόχθια Ανατολική": "λεύκα",
              "Λεωφόρος Ιωάννη Καποδίστρια": "μουριά", "Λεωφόρος Ελευθερίου Βενιζέλου": "γιακαράντα"}  # fmt: skip
IN_GROUNDS = {"park": ("πεύκο", "κουτσουπιά", "ελιά", "ακακία", "δάφνη"), "square": ("πλάτανος", "μουριά", "νεραντζιά"),
              "riverside": ("πλάτανος", "λεύκα", "ευκάλυπτος"), "promenade": ("πεύκο", "φοίνικας", "ευκάλυπτος"), "school": ("μουριά", "πεύκο"),
              "church": ("κυπαρίσσι", "νεραντζιά"), "cemetery": ("κυπαρίσσι",), "playground": ("μουριά", "ακακία"), "castle": ("πεύκο", "ελιά")}  # fmt: skip
#: Square metres of ground a tree has to itself.
ROOM = {
    "park": 130,
    "square": 190,
    "riverside": 210,
    "promenade": 240,
    "school": 420,
    "church": 330,
    "cemetery": 520,
    "playground": 170,
    "castle": 260,
}


def _tree(number: int, point: Point, species: str, place: str, rng: random.Random) -> AssetDraft:
    year = rng.randint(1962, 2022)
    girth = max(12, int((2026 - year) * rng.uniform(1.3, 2.9)))
    properties = {
        "species": species,
        "latin": SPECIES[species],
        "girth_cm": girth,
        "height_m": round(min(22, 2 + girth / rng.uniform(11, 17)), 1),
        "where": place,
    }
    condition = rng.choices((5, 4, 3, 2, 1), (0.3, 0.4, 0.2, 0.08, 0.02))[0]
    return AssetDraft(
        "tree",
        f"ΔΕ-{number:05d}",
        point,
        properties,
        "green",
        installed_on=date(year, rng.choice((2, 3, 11, 12)), rng.randint(1, 28)),
        condition=condition,
    )


def _lined(street: Street, rng: random.Random) -> bool:
    return street.kind is Kind.AVENUE or (
        street.kind is Kind.COLLECTOR
        and street.place == "town"
        and (street.name in ON_STREETS or rng.random() < 0.4)
    )


def _street_trees(rng: random.Random) -> list[tuple[Spot, Street, str]]:
    usual: dict[str, str] = {}
    found: list[tuple[Spot, Street, str]] = []
    for street in streets():
        if not street.place or not _lined(street, rng):
            continue
        species = ON_STREETS.get(street.name) or usual.setdefault(
            street.name,
            rng.choice(("νεραντζιά", "νεραντζιά", "ακακία", "βραχυχίτωνας", "λιγούστρο", "φίκος")),
        )
        spots = dry(list(along(street, 13 if street.kind is Kind.COLLECTOR else 11, 1.7, both=True)))
        found += [(spot, street, species) for spot in spots if rng.random() > 0.22]
    return found


def _ground_trees(block: Block, walls: shapely.STRtree, rng: random.Random) -> list[Point]:
    inner = block.shape.buffer(-2.5)
    if inner.is_empty:
        return []
    west, south, east, north = inner.bounds
    wanted = min(170, int(block.shape.area / ROOM[block.use]))
    tries = [
        Point(round(rng.uniform(west, east), 2), round(rng.uniform(south, north), 2))
        for _ in range(int(wanted * 1.7) + 4)
    ]
    inside = shapely.contains(inner, tries)
    kept: list[Point] = []
    for point, is_in in zip(tries, inside, strict=True):
        if (
            is_in
            and not len(walls.query(point.buffer(2), predicate="intersects"))
            and all(point.distance(other) > 3.5 for other in kept[-12:])
        ):
            kept.append(point)
    return kept[:wanted]


@functools.cache
def trees() -> tuple[AssetDraft, ...]:
    """Every tree the green department looks after."""
    rng = chance("trees")
    found = [(spot.point, species, street.name) for spot, street, species in _street_trees(rng)]
    public = {index for index, parcel in enumerate(parcels()) if blocks()[parcel.block].use in ROOM}
    walls = shapely.STRtree([building.shape for building in buildings() if building.parcel in public])
    for block in blocks():
        if block.use in ROOM:
            kinds = IN_GROUNDS[block.use]
            found += [(point, rng.choice(kinds), block.name) for point in _ground_trees(block, walls, rng)]
    return tuple(
        _tree(number, point, species, place, rng)
        for number, (point, species, place) in enumerate(found, start=1)
    )
