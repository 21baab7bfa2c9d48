"""The places people live in besides the town: villages and hamlets with a core, a road and a square."""

import functools
import math
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon

from .frame import Coord, at, chance, largest
from .landscape import coast_line, mainland, river, streams


@dataclass(frozen=True)
class Village:
    """A settlement; `centre` local metres, `radius` metres, `stretch` along `degrees`."""

    slug: str
    name: str
    genitive: str
    community: str
    centre: Coord
    radius: float
    stretch: float = 1.3
    degrees: float = 0
    people: int = 300


VILLAGES = (
    Village("akrogiali", "Ακρογιάλι", "Ακρογιαλίου", "akrogiali", (-6080, 2690), 350, 1.9, -22, 1240),
    Village("skala", "Σκάλα", "Σκάλας", "akrogiali", (-8050, 2790), 170, 1.8, -12, 210),
    Village("elaionas", "Ελαιώνας", "Ελαιώνα", "elaionas", (-4060, 300), 300, 1.3, 20, 890),
    Village("livadi", "Λιβάδι", "Λιβαδίου", "elaionas", (-6280, -380), 190, 1.5, 15, 260),
    Village("agia-marina", "Αγία Μαρίνα", "Αγίας Μαρίνας", "agia-marina", (5220, -130), 330, 1.7, -15, 1050),
    Village(
        "agios-ioannis", "Άγιος Ιωάννης", "Αγίου Ιωάννη", "agia-marina", (3620, -2560), 190, 1.3, -35, 240
    ),
    Village("kefalovryso", "Κεφαλόβρυσο", "Κεφαλόβρυσου", "kefalovryso", (1290, -5160), 400, 1.35, 80, 1620),
    Village("petroto", "Πετρωτό", "Πετρωτού", "petroto", (-4270, -4600), 240, 1.4, -55, 430),
    Village("kato-petroto", "Κάτω Πετρωτό", "Κάτω Πετρωτού", "petroto", (-3730, -3170), 150, 1.4, 70, 120),
    Village("kastania", "Καστανιά", "Καστανιάς", "kastania", (-1560, -8260), 250, 1.3, 30, 380),
    Village("milia", "Μηλιά", "Μηλιάς", "milia", (5300, -5270), 280, 1.3, -10, 540),
    Village("paliochori", "Παλιοχώρι", "Παλιοχωρίου", "milia", (6860, -7260), 160, 1.3, 40, 95),
)


def _outline(village: Village) -> Polygon:
    rng = chance(f"village/{village.slug}")
    phases = [rng.uniform(0, 2 * math.pi) for _ in range(4)]
    turn = math.radians(village.degrees)
    points = []
    for i in range(64):
        angle = 2 * math.pi * i / 64
        lumps = 1 + sum(0.12 / (k + 1) ** 0.5 * math.sin((k + 2) * angle + phases[k]) for k in range(4))
        u, v = (
            village.radius * village.stretch**0.5 * lumps * math.cos(angle),
            village.radius / village.stretch**0.5 * lumps * math.sin(angle),
        )
        points.append(
            (
                village.centre[0] + u * math.cos(turn) - v * math.sin(turn),
                village.centre[1] + u * math.sin(turn) + v * math.cos(turn),
            )
        )
    return Polygon([(at(*point).x, at(*point).y) for point in points])


@functools.cache
def village_limit(village: Village) -> Polygon:
    """The settlement limit: a lumpy oval, off the beach and the water."""
    wet = shapely.union_all(
        [river().buffer(18), *(stream.buffer(10) for stream in streams()), coast_line().buffer(16)]
    )
    return largest(
        _outline(village).intersection(mainland()).difference(wet).buffer(-6).buffer(6).simplify(2)
    )
