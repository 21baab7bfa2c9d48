"""What can be taken out of OpenStreetMap: each theme by its tags, as points, lines or areas."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Tags = Mapping[str, str]
Test = Callable[[Tags], bool]

# Tags that say nothing of the thing itself; a node with no others is only a corner of something.
INSIGNIFICANT = {
    "created_by",
    "converted_by",
    "source",
    "time",
    "ele",
    "attribution",
    "note",
    "fixme",
    "FIXME",
}
NOT_ON_THE_GROUND = {"proposed", "razed", "abandoned", "no"}
WATER_AREAS = {"reservoir", "basin"}
WATERCOURSES = {"river", "stream", "canal", "drain", "ditch", "tidal_channel"}
GREEN = {"wood", "scrub", "grassland", "heath", "beach", "sand", "bare_rock", "scree", "wetland", "shingle"}


def never(tags: Tags) -> bool:
    return False


@dataclass(frozen=True)
class Theme:
    """`keys`: at least one of these tags is there. The tests say which nodes are its points, which ways its lines,
    and which closed ways and multipolygons its areas; `as_points` puts a point into each area."""

    name: str
    keys: tuple[str, ...] = ()
    points: Test = never
    lines: Test = never
    areas: Test = never
    as_points: bool = False

    @property
    def only_points(self) -> bool:
        return self.lines is never and self.areas is never


def _is_road(tags: Tags) -> bool:
    return tags.get("highway", "no") not in NOT_ON_THE_GROUND and tags.get("area") != "yes"


def _is_building(tags: Tags) -> bool:
    return tags.get("building", "no") not in NOT_ON_THE_GROUND


def _is_water(tags: Tags) -> bool:
    return (
        tags.get("natural") == "water"
        or tags.get("landuse") in WATER_AREAS
        or tags.get("waterway") in {"riverbank", "dock"}
    )


def _is_land_use(tags: Tags) -> bool:
    if _is_water(tags):
        return False
    return "landuse" in tags or "leisure" in tags or tags.get("natural") in GREEN


def _has_number(tags: Tags) -> bool:
    return "addr:housenumber" in tags


THEMES = (
    Theme("roads", ("highway",), lines=_is_road),
    Theme("buildings", ("building",), areas=_is_building),
    Theme(
        "water",
        ("natural", "landuse", "waterway"),
        lines=lambda tags: tags.get("waterway") in WATERCOURSES,
        areas=_is_water,
    ),
    Theme("land_use", ("landuse", "leisure", "natural"), areas=_is_land_use),
    Theme("street_lamps", ("highway",), points=lambda tags: tags.get("highway") == "street_lamp"),
    Theme("addresses", ("addr:housenumber",), points=_has_number, areas=_has_number, as_points=True),
    Theme("places", ("place",), points=lambda tags: "place" in tags),
    Theme("points", points=lambda tags: not INSIGNIFICANT.issuperset(tags)),
)
