"""The look of the base map: warm grey land, white roads with quiet casings, soft green and blue."""
# ruff: noqa: E501 - tables read better with a row a line

from typing import Any

from .style import Fragment, by_zoom, fill, label, line, pick

COVERS = {"arable": "#f3edd9", "orchard": "#e3eccb", "vineyard": "#ebe9c8", "olives": "#dde6c6", "scrub": "#dfe0c4",
          "forest": "#c3d8b0", "pasture": "#e8eed6", "rock": "#e3dfd8"}  # fmt: skip
COVERS_NIGHT = {"arable": "#20241f", "orchard": "#1f271f", "vineyard": "#22261d", "olives": "#1e251c", "scrub": "#1f241c",
                "forest": "#1a2419", "pasture": "#20271f", "rock": "#25262a"}  # fmt: skip
GROUNDS = {"park": "#cbe3b6", "riverside": "#cbe3b6", "promenade": "#d0e5bd", "playground": "#d7ebc2", "sports": "#bfe0ae",
           "cemetery": "#c0d3b8", "castle": "#d3deb9", "beach": "#f6ebc9", "square": "#f7f0e2", "school": "#f5e6c8", "hospital": "#f7dcd8",
           "church": "#ece2d5", "port": "#e2e3e8", "parking": "#e9e9ee", "townhall": "#e9e3f1", "civic": "#ebe6f0", "market": "#efe3df",
           "depot": "#e6e3e0", "vacant": "#ecefdc"}  # fmt: skip
GROUNDS_NIGHT = {"park": "#1d2b1e", "riverside": "#1d2b1e", "promenade": "#1f2c21", "playground": "#212f22", "sports": "#1f3222",
                 "cemetery": "#202a22", "castle": "#252b1f", "beach": "#2e2b22", "square": "#2b2a2a", "school": "#2e2a22", "hospital": "#322526",
                 "church": "#2b2825", "port": "#25282d", "parking": "#26272b"}  # fmt: skip
NAME = ["coalesce", ["get", "name"], ""]


def water() -> list[Fragment]:
    return [
        fill({"fill-color": "#bfdaea"}, {"fill-color": "#10202d"}),
        line({"line-color": "#a3c8de", "line-width": 0.8}, {"line-color": "#1b3344"}, minzoom=12),
        label(NAME, 12, along=True, ink="#4a7f9e", minzoom=12, filter=["in", ["get", "kind"], ["literal", ["river", "stream"]]],
              layout={"text-letter-spacing": 0.12}),
    ]  # fmt: skip


def land_cover() -> list[Fragment]:
    return [
        fill(
            {"fill-color": pick("kind", COVERS, "#f0ede4")},
            {"fill-color": pick("kind", COVERS_NIGHT, "#1d2125")},
        )
    ]


def built_up() -> list[Fragment]:
    return [fill({"fill-color": "#f0ebe2"}, {"fill-color": "#24272c"})]


def blocks() -> list[Fragment]:
    return [
        fill(
            {"fill-color": "#ece5d9", "fill-opacity": by_zoom(12, 0.3, 15, 1)},
            {"fill-color": "#2a2e34"},
            minzoom=12,
        )
    ]


def grounds() -> list[Fragment]:
    return [
        fill(
            {"fill-color": pick("kind", GROUNDS, "#e9e6e0")},
            {"fill-color": pick("kind", GROUNDS_NIGHT, "#2a2b30")},
            minzoom=11,
        )
    ]


def railway() -> list[Fragment]:
    return [
        line({"line-color": "#8f8a84", "line-width": by_zoom(9, 0.6, 16, 3)}, {"line-color": "#5c5f65"}, minzoom=9, layout={}),
        line({"line-color": "#ffffff", "line-width": by_zoom(13, 0.8, 16, 1.8), "line-dasharray": [5, 5]}, {"line-color": "#24272c"},
             minzoom=13, layout={}),
    ]  # fmt: skip


#: Class → (smallest zoom, width at z12, width at z18, colour, night colour).
ROADS: dict[str, tuple[int, float, float, str, str]] = {
    "track": (13, 0.3, 5, "#efe6d2", "#34322e"),
    "lane": (13, 0.4, 14, "#ffffff", "#3b3f46"),
    "pedestrian": (14, 0.4, 17, "#f8f4ec", "#3b3f46"),
    "local": (13, 0.4, 21, "#ffffff", "#3f434a"),
    "collector": (12, 0.9, 29, "#ffffff", "#474c54"),
    "provincial": (9, 1.6, 27, "#fbe6b5", "#5b5340"),
    "avenue": (11, 1.6, 42, "#fdf0cf", "#565044"),
    "national": (7, 2.6, 40, "#f7cf8b", "#70603f"),
}


def roads() -> list[Fragment]:
    """Casings first, then the roads, then their names along them."""
    drawn: list[Fragment] = []
    for casing in (True, False):
        drawn += [_road(kind, casing) for kind in ROADS]
    major = ["in", ["get", "kind"], ["literal", ["national", "provincial", "avenue", "collector"]]]
    drawn.append(
        label(NAME, by_zoom(13, 10, 18, 14), along=True, minzoom=13, filter=["all", major, ["!=", NAME, ""]])
    )
    drawn.append(
        label(
            NAME,
            by_zoom(15, 9.5, 18, 13),
            along=True,
            minzoom=15,
            filter=["all", ["!", major], ["!=", NAME, ""]],
        )
    )
    return drawn


def _road(kind: str, casing: bool) -> Fragment:
    least, thin, wide, day, night = ROADS[kind]
    extra = 1.4 if casing else 0.0
    width = by_zoom(7, thin * 0.45 + extra / 2, 12, thin + extra, 18, wide + extra)
    paint: dict[str, Any] = {"line-color": "#d9cfbf" if casing else day, "line-width": width}
    return line(
        paint,
        {"line-color": "#15181c" if casing else night},
        filter=["==", ["get", "kind"], kind],
        minzoom=least + (1 if casing else 0),
    )


def buildings() -> list[Fragment]:
    return [
        fill({"fill-color": "#dacfbf", "fill-outline-color": "#c2b5a1", "fill-opacity": by_zoom(14, 0.35, 16, 1)},
             {"fill-color": "#383d45", "fill-outline-color": "#4a505a"}, minzoom=14),
    ]  # fmt: skip


def house_numbers() -> list[Fragment]:
    return [label(["get", "number"], 10, ink="#857a6a", minzoom=17)]


def block_numbers() -> list[Fragment]:
    return [label(["concat", "Ο.Τ. ", ["get", "number"]], 10.5, ink="#9a6b86", minzoom=17)]


#: Kind of place → (smallest zoom, largest zoom, size, colour).
LABELS: dict[str, tuple[int, int, Any, str]] = {
    "town": (7, 15, by_zoom(8, 14, 13, 22), "#3d382f"),
    "village": (9, 16, by_zoom(10, 11, 14, 16), "#4a443a"),
    "hamlet": (11, 16, by_zoom(11, 10, 14, 14), "#5a5348"),
    "neighbourhood": (13, 17, by_zoom(13, 11, 16, 15), "#7a6f8c"),
    "sea": (8, 14, by_zoom(8, 13, 13, 18), "#4a7f9e"),
    "mountain": (10, 16, 12, "#6b7a58"),
    "park": (15, 22, 11, "#4d7a3a"),
    "square": (15, 22, 11, "#6d6350"),
    "service": (15, 22, 11, "#6b5a7c"),
}


def labels() -> list[Fragment]:
    drawn = []
    for kind, (least, most, size, ink) in LABELS.items():
        layout = {"text-max-width": 8, "symbol-sort-key": ["get", "rank"]}
        if kind == "neighbourhood":
            layout["text-letter-spacing"] = 0.14
        drawn.append(
            label(
                NAME,
                size,
                ink=ink,
                minzoom=least,
                maxzoom=most,
                filter=["==", ["get", "kind"], kind],
                layout=layout,
            )
        )
    return drawn
