"""Buildings: footprints on the parcels, built the way each quarter builds."""

import functools
import math
import random
from dataclasses import dataclass

import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from .blocks import Block, blocks
from .frame import Coord, box_around, chance, largest
from .parcels import parcels
from .skeleton import town_limit


@dataclass(frozen=True)
class Building:
    """A footprint; `parcel` indexes `parcels()`."""

    parcel: int
    floors: int
    year: int
    use: str
    shape: Polygon


@dataclass(frozen=True)
class Habit:
    """How a quarter builds: metres of setback and depth, share of empty plots, floors, years."""

    setback: float
    side: float
    depth: tuple[float, float]
    empty: float
    floors: tuple[int, int]
    years: tuple[int, int]


HABITS = {
    "perimeter": Habit(0, 0, (11, 16), 0.06, (2, 6), (1890, 2008)),
    "mixed": Habit(0, 0.6, (10, 15), 0.10, (1, 5), (1930, 2012)),
    "refugee": Habit(0, 0, (7, 11), 0.04, (1, 3), (1924, 1995)),
    "old": Habit(0, 0, (8, 13), 0.07, (1, 2), (1780, 1940)),
    "detached": Habit(4, 2.5, (12, 15), 0.17, (1, 4), (1972, 2022)),
    "villa": Habit(5, 3, (12, 16), 0.15, (1, 3), (1985, 2023)),
    "industry": Habit(6, 5, (24, 60), 0.25, (1, 2), (1960, 2018)),
    "village": Habit(1.5, 2.2, (8, 12), 0.22, (1, 2), (1890, 2010)),
}


class Courts:
    """Insets of one block, kept while its parcels are built on; depths come in four steps."""

    def __init__(self, block: Block, habit: Habit) -> None:
        self.block, self.habit = block, habit
        self.kept: dict[float, BaseGeometry] = {}

    def inset(self, metres: float) -> BaseGeometry:
        if metres not in self.kept:
            self.kept[metres] = self.block.shape.buffer(-metres, join_style="mitre")
        return self.kept[metres]

    def court(self, rng: random.Random) -> BaseGeometry:
        shallow, deep = self.habit.depth
        return self.inset(self.habit.setback + shallow + (deep - shallow) * rng.randrange(4) / 3)


def _built(parcel: Polygon, courts: Courts, rng: random.Random) -> BaseGeometry:
    habit = courts.habit
    inset: BaseGeometry = parcel.buffer(-habit.side, join_style="mitre") if habit.side else parcel
    if habit.setback:
        inset = inset.intersection(courts.inset(habit.setback))
    return inset.difference(courts.court(rng))


def _turn(corners: list[Coord]) -> float:
    """Degrees of the longer side of a rectangle."""
    longer = 0 if math.dist(corners[0], corners[1]) >= math.dist(corners[1], corners[2]) else 1
    (ax, ay), (bx, by) = corners[longer][:2], corners[longer + 1][:2]
    return math.degrees(math.atan2(by - ay, bx - ax))


def _notched(shape: Polygon, block: Block, rng: random.Random) -> BaseGeometry:
    """A light well or a veranda cut from the corner farthest from the street."""
    corners = box_around(shape)
    edge = block.shape.exterior
    x, y = max(corners[:4], key=lambda corner: edge.distance(Point(corner)))
    wide, deep = rng.uniform(2.2, 4.8), rng.uniform(2.2, 4.8)
    return shape.difference(affinity.rotate(box(x - wide, y - deep, x + wide, y + deep), _turn(corners)))


def _cottage(parcel: Polygon, block: Block, rng: random.Random) -> Polygon:
    """A free-standing house somewhere between the middle of its yard and the street."""
    yard = parcel.buffer(-1.2, join_style="mitre")
    centre = parcel.representative_point()
    edge = block.shape.exterior
    street = edge.interpolate(edge.project(centre))
    pull = rng.uniform(0.15, 0.5)
    x, y = centre.x + pull * (street.x - centre.x), centre.y + pull * (street.y - centre.y)
    wide, deep = rng.uniform(8.5, 13) / 2, rng.uniform(7, 9.5) / 2
    plan: BaseGeometry = box(x - wide, y - deep, x + wide, y + deep)
    if rng.random() < 0.35:
        plan = plan.union(box(x - wide, y - deep - rng.uniform(2.5, 4), x - wide + rng.uniform(3.5, 6), y))
    turned = affinity.rotate(plan, _turn(box_around(parcel)) + rng.gauss(0, 3), origin=(x, y))
    return largest(turned.intersection(yard))


def _emptiness(parcel: Polygon, block: Block) -> float:
    """Share of plots nobody has built on yet: more of them towards the edge of the town."""
    inside = (
        town_limit().exterior.distance(parcel.centroid) if block.place == "town" and block.quarter else 400
    )
    edge = 0.0 if block.build in {"perimeter", "refugee", "industry"} else 0.42
    return HABITS[block.build].empty + edge * max(0.0, 1 - inside / 330)


def _house(parcel: Polygon, courts: Courts, rng: random.Random) -> Polygon:
    block = courts.block
    if rng.random() < _emptiness(parcel, block):
        return Polygon()
    if block.build in {"village", "villa"} or (block.build == "detached" and rng.random() < 0.3):
        shape = _cottage(parcel, block, rng)
    else:
        solid = _built(parcel, courts, rng).buffer(-1.2, join_style="mitre").buffer(1.2, join_style="mitre")
        shape = largest(solid)
        if shape.area > 75 and rng.random() < 0.55:
            shape = largest(_notched(shape, block, rng))
    return largest(shape.simplify(0.15)) if shape.area > 28 else Polygon()


#: Plans of public buildings as boxes (width, depth, east of the centre, north of it) in metres.
PLANS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "school": ((46, 11, 0, 12), (11, 26, -17, 0)),
    "civic": ((34, 20, 0, 0),),
    "townhall": ((36, 13, 0, 9), (11, 24, -12, 0), (11, 24, 12, 0)),
    "market": ((44, 14, 0, 0), (14, 34, 0, 0)),
    "hospital": ((78, 16, 0, 14), (16, 46, -20, 0), (16, 46, 22, 0)),
    "depot": ((60, 22, 0, 18), (24, 14, -20, -16)),
    "church": ((26, 12, 0, 0), (9, 18, 3, 0)),
}


def _monument(block: Block) -> list[Polygon]:
    """The building of a public place; a church looks east with its apse, the others along their street."""
    plan = PLANS.get(block.use)
    if plan is None:
        return []
    c = block.shape.representative_point()
    walls: list[BaseGeometry] = [
        box(c.x + e - w / 2, c.y + n - d / 2, c.x + e + w / 2, c.y + n + d / 2) for w, d, e, n in plan
    ]
    if block.use == "church":
        walls.append(Point(c.x + 13, c.y).buffer(4.5))
    scale = min(1.0, (block.shape.area / 3200) ** 0.5)
    turn = 0.0 if block.use == "church" else _turn(box_around(block.shape))
    solid = affinity.rotate(affinity.scale(shapely.union_all(walls), scale, scale, origin=c), turn, origin=c)
    inside = largest(solid.intersection(block.shape.buffer(-2)))
    return [inside] if inside.area > 60 else []


@functools.cache
def buildings() -> tuple[Building, ...]:
    """Every building in parcel order."""
    rng = chance("buildings")
    found: list[Building] = []
    courts: Courts | None = None
    for index, parcel in enumerate(parcels()):
        block = blocks()[parcel.block]
        if block.use == "built":
            habit = HABITS[block.build]
            if courts is None or courts.block is not block:
                courts = Courts(block, habit)
            shape = _house(parcel.shape, courts, rng)
            floors, year = rng.randint(*habit.floors), rng.randint(*habit.years)
            if not shape.is_empty:
                found.append(Building(index, floors, year, "house", shape))
        else:
            found += [
                Building(index, 2, rng.randint(1905, 1990), block.use, shape) for shape in _monument(block)
            ]
    return tuple(found)
