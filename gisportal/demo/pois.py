"""Names on the map and in the search: settlements, neighbourhoods, services, the river, the sea."""

import functools
from dataclasses import dataclass

from shapely.geometry import Point

from .areas import NEIGHBOURHOODS, neighbourhoods
from .blocks import blocks
from .frame import at
from .landscape import HILL
from .names import latin
from .public_places import PUBLIC_PLACES, VILLAGE_PLACES
from .settlements import VILLAGES
from .skeleton import town_limit


@dataclass(frozen=True)
class Poi:
    """A named point; `kind` is its label class, `use` what it is, `rank` who yields to whom (lower wins)."""

    key: str
    name: str
    name_en: str
    kind: str
    use: str
    rank: int
    place: str
    point: Point


def _settlements() -> list[Poi]:
    found = [Poi("town", "Καλλιρρόη", "Kallirroi", "town", "settlement", 1, "", town_limit().centroid)]
    for village in VILLAGES:
        kind = "village" if village.people > 350 else "hamlet"
        found.append(
            Poi(
                village.slug,
                village.name,
                latin(village.name),
                kind,
                "settlement",
                3,
                "",
                at(*village.centre),
            )
        )
    return found


def _nature() -> list[Poi]:
    return [
        Poi("gulf", "Κόλπος Καλλιρρόης", "Gulf of Kallirroi", "sea", "sea", 2, "", at(400, 3600)),
        Poi("peak-1", "Ψηλή Ράχη", "Psili Rachi", "mountain", "peak", 6, "", at(-4600, -8200)),
        Poi("peak-2", "Αετοράχη", "Aetorachi", "mountain", "peak", 6, "", at(4900, -8300)),
        Poi("peak-3", "Προφήτης Ηλίας", "Profitis Ilias", "mountain", "peak", 6, "", at(-6200, -4900)),
        Poi("castle-hill", "Βράχος", "Vrachos", "mountain", "peak", 7, "town", HILL),
    ]


def _services() -> list[Poi]:
    english = {wish.name: wish.name_en for wish in PUBLIC_PLACES}
    english |= {wish.name: wish.name_en for village in VILLAGES for wish in VILLAGE_PLACES(village)}
    found = []
    for block in blocks():
        if not block.name:
            continue
        kind = {
            "park": "park",
            "playground": "park",
            "sports": "park",
            "castle": "park",
            "square": "square",
        }.get(block.use, "service")
        rank = 4 if kind != "service" else 5
        found.append(
            Poi(
                f"{block.place}-{block.number}",
                block.name,
                english.get(block.name, latin(block.name)),
                kind,
                block.use,
                rank,
                block.place,
                block.shape.representative_point(),
            )
        )
    return found


@functools.cache
def pois() -> tuple[Poi, ...]:
    """Every name that is a point."""
    hoods = [
        Poi(
            f"hood-{i}",
            name,
            name_en,
            "neighbourhood",
            "neighbourhood",
            4,
            "town",
            shape.representative_point(),
        )
        for i, ((name, name_en, _), shape) in enumerate(
            zip(NEIGHBOURHOODS, neighbourhoods(), strict=True), start=1
        )
    ]
    return (*_settlements(), *_nature(), *hoods, *_services())
