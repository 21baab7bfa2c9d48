"""Street furniture: bins, drains, signs, benches, playground equipment and fountains."""

import functools
import random
from datetime import date

import shapely
from shapely.geometry import Point

from .assets import AssetDraft
from .blocks import Block, blocks
from .frame import chance
from .kerbs import along, dry
from .skeleton import Kind
from .street_names import Street, streets

URBAN = {Kind.AVENUE, Kind.COLLECTOR, Kind.LOCAL, Kind.PROVINCIAL}
#: What else stands beside each nth green bin.
BESIDE = (
    (4, "ΑΝ", "recycling", "μπλε", 1100),
    (13, "ΓΥ", "glass", "κώδωνας", 1300),
    (9, "ΒΑ", "organic", "καφέ", 660),
)


def _installed(rng: random.Random, first: int, last: int = 2024) -> date:
    return date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


def _inside_places() -> list[Street]:
    return [street for street in streets() if street.place and street.kind in URBAN]


def _bin(code: str, point: Point, stream: str, litres: int, street: Street, rng: random.Random) -> AssetDraft:
    material = "metal" if stream == "glass" else rng.choice(("plastic", "plastic", "metal"))
    properties = {
        "stream": stream,
        "litres": litres,
        "material": material,
        "lid": rng.random() < 0.93,
        "street": street.name,
    }
    return AssetDraft(
        "bin",
        code,
        point,
        properties,
        "waste",
        installed_on=_installed(rng, 2012),
        condition=rng.choices((5, 4, 3, 2), (0.25, 0.4, 0.25, 0.1))[0],
    )


@functools.cache
def bins() -> tuple[AssetDraft, ...]:
    """Green bins every hundred metres or so, with recycling, glass and organic ones beside some of them."""
    rng = chance("bins")
    found: list[AssetDraft] = []
    counts = {"ΚΑ": 0, "ΑΝ": 0, "ΓΥ": 0, "ΒΑ": 0}
    for street in _inside_places():
        if street.kind is Kind.LOCAL and rng.random() < 0.25:
            continue
        for spot in dry(list(along(street, 115, 1.3))):
            counts["ΚΑ"] += 1
            found.append(
                _bin(
                    f"ΚΑ-{counts['ΚΑ']:04d}", spot.point, "mixed", rng.choice((1100, 1100, 770)), street, rng
                )
            )
            for every, prefix, stream, _, litres in BESIDE:
                if counts["ΚΑ"] % every == 0:
                    counts[prefix] += 1
                    beside = Point(round(spot.point.x + 1.7 * every % 5 - 2, 2), round(spot.point.y + 1.5, 2))
                    found.append(_bin(f"{prefix}-{counts[prefix]:04d}", beside, stream, litres, street, rng))
    return tuple(found)


@functools.cache
def drains() -> tuple[AssetDraft, ...]:
    """Rainwater inlets at the kerb and sewer manholes in the carriageway."""
    rng = chance("drains")
    found: list[AssetDraft] = []
    for street in _inside_places():
        for spot in dry(list(along(street, 84, 1.9))):
            facts = {"cover": rng.choice(("grating", "grating", "kerb opening")), "street": street.name}
            found.append(
                AssetDraft(
                    "drain",
                    f"ΦΡ-{len(found) + 1:05d}",
                    spot.point,
                    facts,
                    "water-company",
                    installed_on=_installed(rng, 1985, 2019),
                )
            )
    return tuple(found)


def _crossings() -> list[tuple[Point, Street]]:
    """Where a local street ends on a greater one, a little before the corner."""
    great = [
        street.line
        for street in streets()
        if street.place and street.kind in {Kind.AVENUE, Kind.COLLECTOR, Kind.PROVINCIAL}
    ]
    tree = shapely.STRtree(great)
    found = []
    for street in streets():
        if street.kind is not Kind.LOCAL or street.line.length < 40 or not street.place:
            continue
        for end, before in ((0.0, 9.0), (street.line.length, street.line.length - 9.0)):
            corner = street.line.interpolate(end)
            if len(tree.query(corner.buffer(0.5), predicate="intersects")):
                here = street.line.interpolate(before)
                found.append((Point(round(here.x + 3.4, 2), round(here.y + 1.1, 2)), street))
    return found


@functools.cache
def signs() -> tuple[AssetDraft, ...]:
    """Traffic signs where local streets meet greater ones."""
    rng = chance("signs")
    kinds = (
        ("Ρ-2", "STOP"),
        ("Ρ-2", "STOP"),
        ("Ρ-1", "Παραχώρηση προτεραιότητας"),
        ("Ρ-7", "Απαγορεύεται η είσοδος"),
        ("Ρ-40", "Απαγορεύεται η στάθμευση"),
    )
    found: list[AssetDraft] = []
    for point, street in _crossings():
        if rng.random() < 0.55:
            code, title = rng.choice(kinds)
            facts = {"sign": code, "meaning": title, "street": street.name}
            found.append(
                AssetDraft(
                    "sign",
                    f"ΠΚ-{len(found) + 1:05d}",
                    point,
                    facts,
                    "roads",
                    installed_on=_installed(rng, 1998),
                    condition=rng.choice((2, 3, 4, 4, 5)),
                )
            )
    return tuple(found)


def _scattered(block: Block, count: int, rng: random.Random) -> list[Point]:
    inner = block.shape.buffer(-5)
    if inner.is_empty:
        return [block.shape.representative_point()]
    west, south, east, north = inner.bounds
    tries = (
        Point(round(rng.uniform(west, east), 2), round(rng.uniform(south, north), 2))
        for _ in range(30 * count)
    )
    return [point for point in tries if inner.contains(point)][:count]


EQUIPMENT = (
    ("swing", "κούνια"),
    ("slide", "τσουλήθρα"),
    ("seesaw", "τραμπάλα"),
    ("climber", "σύνθετο όργανο"),
    ("carousel", "μύλος"),
    ("spring", "ελατήριο"),
)


@functools.cache
def playgrounds() -> tuple[AssetDraft, ...]:
    """Playgrounds as areas, and their equipment as points fed to them by code."""
    rng = chance("playgrounds")
    found: list[AssetDraft] = []
    number = 0
    for block in blocks():
        if block.use != "playground":
            continue
        code = f"ΠΧ-{sum(draft.kind == 'playground' for draft in found) + 1:03d}"
        certified = rng.random() < 0.7
        found.append(
            AssetDraft(
                "playground",
                code,
                block.shape,
                {
                    "name": block.name,
                    "certified": certified,
                    "fence": True,
                    "surface": rng.choice(("rubber", "sand", "gravel")),
                },
                "green",
                installed_on=_installed(rng, 2003),
            )
        )
        for point in _scattered(block, rng.randint(4, 7), rng):
            number += 1
            kind, title = rng.choice(EQUIPMENT)
            facts = {
                "equipment": kind,
                "title": title,
                "playground": code,
                "ages": rng.choice(("2-5", "3-8", "5-12")),
            }
            found.append(
                AssetDraft(
                    "play-equipment",
                    f"ΟΡ-{number:04d}",
                    point,
                    facts,
                    "green",
                    ("playground", code),
                    _installed(rng, 2005),
                    condition=rng.choices((5, 4, 3, 2, 1), (0.3, 0.35, 0.2, 0.1, 0.05))[0],
                )
            )
    return tuple(found)


@functools.cache
def benches() -> tuple[AssetDraft, ...]:
    """Benches and drinking fountains of squares, parks and promenades."""
    rng = chance("benches")
    found: list[AssetDraft] = []
    springs = 0
    for block in blocks():
        if block.use not in {"square", "park", "promenade", "riverside", "beach", "castle"}:
            continue
        for point in _scattered(block, min(26, 3 + int(block.shape.area / 900)), rng):
            found.append(
                AssetDraft(
                    "bench",
                    f"ΠΓ-{sum(draft.kind == 'bench' for draft in found) + 1:04d}",
                    point,
                    {"material": rng.choice(("wood", "metal", "marble")), "where": block.name},
                    "green",
                    installed_on=_installed(rng, 2000),
                    condition=rng.choice((2, 3, 4, 4, 5)),
                )
            )
        if block.use == "square" or (block.use == "park" and rng.random() < 0.8):
            springs += 1
            found.append(
                AssetDraft(
                    "fountain",
                    f"ΒΡ-{springs:03d}",
                    _scattered(block, 1, rng)[0],
                    {"name": f"Βρύση – {block.name}", "drinking": rng.random() < 0.7},
                    "water-company",
                    installed_on=_installed(rng, 1930, 2015),
                )
            )
    return tuple(found)
