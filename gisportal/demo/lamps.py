"""Street lighting: lamps along the streets, fed over circuits from pillars."""

import functools
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from shapely.geometry import LineString, Point

from .assets import AssetDraft
from .frame import Floats, chance
from .kerbs import Spot, along, dry
from .skeleton import Kind
from .street_names import Street, streets

#: Kind of street → metres between lamps, on both sides?, pole height in metres.
LIGHTING: dict[Kind, tuple[float, bool, float]] = {
    Kind.AVENUE: (33, True, 9),
    Kind.COLLECTOR: (30, False, 8),
    Kind.PROVINCIAL: (34, False, 8),
    Kind.LOCAL: (33, False, 6),
    Kind.LANE: (30, False, 4),
    Kind.NATIONAL: (34, True, 12),
}
LED_QUARTERS = {"kentro", "kentro-notio", "paralia", "vrachos", "prosfygika", "agia-triada", "voreia-ochthi"}
LED_PLACES = {"akrogiali", "kefalovryso"}
PER_PILLAR = 52


@dataclass(frozen=True)
class Lighting:
    """Everything that lights the town; `cables` joins the lamps of each circuit."""

    lamps: tuple[AssetDraft, ...]
    circuits: tuple[AssetDraft, ...]
    pillars: tuple[AssetDraft, ...]


def _spots() -> list[tuple[Spot, Street]]:
    found: list[tuple[Spot, Street]] = []
    for street in streets():
        if street.kind in LIGHTING and street.place:
            step, both, _ = LIGHTING[street.kind]
            found += [(spot, street) for spot in dry(list(along(street, step, 0.7, both=both)))]
    return found


def _groups(xy: Floats, index: Floats) -> Iterable[Floats]:
    """Halve the lamps across their longer extent until a pillar can feed each group."""
    if len(index) <= PER_PILLAR:
        yield index
        return
    points = xy[index]
    axis = int(np.argmax(np.ptp(points, axis=0)))
    order = index[np.argsort(points[:, axis], kind="stable")]
    half = len(order) // 2
    yield from _groups(xy, order[:half])
    yield from _groups(xy, order[half:])


def _lamp(number: int, spot: Spot, street: Street, circuit: str, rng: random.Random) -> AssetDraft:
    _, _, pole = LIGHTING[street.kind]
    led = street.quarter in LED_QUARTERS or street.place in LED_PLACES or rng.random() < 0.12
    strong = street.kind in {Kind.AVENUE, Kind.PROVINCIAL, Kind.NATIONAL}
    watts = (
        (rng.choice((80, 98)) if strong else rng.choice((38, 52)))
        if led
        else (rng.choice((150, 250)) if strong else rng.choice((70, 100, 125)))
    )
    year = rng.randint(2017, 2024) if led else rng.randint(1988, 2012)
    on_network_pole = street.place != "town" and not led and rng.random() < 0.45
    properties = {
        "lamp": "led" if led else rng.choices(("sodium", "mercury", "fluorescent"), (0.8, 0.13, 0.07))[0],
        "watts": watts,
        "pole_height_m": pole,
        "pole": "network"
        if on_network_pole
        else "wall"
        if street.kind is Kind.LANE
        else "steel"
        if led or rng.random() < 0.7
        else "concrete",
        "circuit": circuit,
        "street": street.name,
    }
    return AssetDraft(
        "streetlight",
        f"ΦΩ-{number:05d}",
        spot.point,
        properties,
        owner="network-operator" if on_network_pole else "lighting",
        feeds_from=("circuit", circuit),
        installed_on=date(year, rng.randint(1, 12), rng.randint(1, 28)),
        condition=rng.choices((5, 4, 3), (0.6, 0.3, 0.1))[0]
        if led
        else rng.choices((4, 3, 2, 1), (0.25, 0.45, 0.24, 0.06))[0],
    )


def _circuits_of(points: Floats, rng: random.Random) -> list[list[int]]:
    """Two to four circuits of neighbouring lamps around the pillar, by the direction they lie in."""
    centre = points.mean(axis=0)
    turn = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    order = np.argsort(turn, kind="stable")
    count = 2 if len(points) < 26 else rng.choice((3, 4))
    return [[int(i) for i in part] for part in np.array_split(order, count) if len(part)]


def _cable(points: Floats) -> LineString:
    """A line from the pillar through the lamps, always to the nearest one left."""
    left = list(range(1, len(points)))
    path = [0]
    while left:
        here = points[path[-1]]
        nearest = min(left, key=lambda i: float(np.hypot(*(points[i] - here))))
        path.append(nearest)
        left.remove(nearest)
    return LineString(points[path])


@functools.cache
def lighting() -> Lighting:
    """Lamps numbered pillar by pillar, circuits and pillars with the codes the lamps name."""
    rng = chance("lamps")
    spots = _spots()
    xy = np.array([[spot.point.x, spot.point.y] for spot, _ in spots])
    places: dict[str, list[int]] = {}
    for index, (_, street) in enumerate(spots):
        places.setdefault(street.place, []).append(index)
    lamps: list[AssetDraft] = []
    circuits: list[AssetDraft] = []
    pillars: list[AssetDraft] = []
    for members in places.values():
        for group in _groups(xy, np.array(members)):
            _wire(group, xy, spots, lamps, circuits, pillars, rng)
    return Lighting(tuple(lamps), tuple(circuits), tuple(pillars))


def _wire(
    group: Floats,
    xy: Floats,
    spots: list[tuple[Spot, Street]],
    lamps: list[AssetDraft],
    circuits: list[AssetDraft],
    pillars: list[AssetDraft],
    rng: random.Random,
) -> None:
    points = xy[group]
    middle = int(np.argmin(np.hypot(*(points - points.mean(axis=0)).T)))
    pillar = f"ΠΛ-{len(pillars) + 1:03d}"
    stand = Point(round(points[middle][0] + 1.2, 2), round(points[middle][1] + 0.9, 2))
    year = rng.randint(1995, 2021)
    for letter, part in zip("ΑΒΓΔ", _circuits_of(points, rng), strict=False):
        code = f"{pillar}/{letter}"
        cable = _cable(np.vstack([[stand.x, stand.y], points[part]]))
        amps = rng.choice((16, 20, 25))
        circuits.append(
            AssetDraft(
                "circuit",
                code,
                cable,
                {"breaker_amps": amps, "lamps": len(part)},
                "lighting",
                ("pillar", pillar),
                date(year, 5, 1),
            )
        )
        for index in part:
            spot, street = spots[int(group[index])]
            lamps.append(_lamp(len(lamps) + 1, spot, street, code, rng))
    facts = {
        "supply_number": f"{rng.randint(1, 4)} {rng.randint(10_000_000, 99_999_999)}",
        "lamps": len(group),
        "meter": rng.choice(("smart", "plain")),
    }
    pillars.append(
        AssetDraft(
            "pillar",
            pillar,
            stand,
            facts,
            "lighting",
            None,
            date(year, 5, 1),
            condition=rng.choice((3, 4, 4, 5)),
        )
    )
