"""Sources drawn on paper: where things lie, in which look, in which order, and when it is refused."""

import math
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString, Polygon

from layers.drawing.canvas import Canvas
from layers.drawing.documents import page_of
from layers.drawing.errors import TooMuchToDraw
from layers.drawing.frames import Frame
from layers.drawing.maps import Order, draw_map
from layers.drawing.reading import DrawnLayer
from layers.drawing.sketches import Sketch
from layers.models import Layer
from layers.sources import source_for
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.layers.drawing.pdf import Path, paths_of, text_of

WIDTH, HEIGHT = 200.0, 150.0
INK, FILL = "#123456", "#abcdef"


def frame(scale: float = 1000) -> Frame:
    middle = at(5050, 5050)
    return Frame.around(middle.x, middle.y, scale=scale, width=WIDTH, height=HEIGHT)


def drawn(*layers: Layer, **more: Any) -> bytes:
    order_frame = more.pop("frame", frame())
    sources = [DrawnLayer.of(source_for(AnonymousUser(), layer.slug)) for layer in layers]
    canvas = Canvas(WIDTH, HEIGHT)
    draw_map(canvas, Order(order_frame, sources, **more))
    return page_of(canvas)


def lines_in(content: bytes, color: str = INK) -> list[Path]:
    return [path for path in paths_of(content) if path.is_stroked and path.stroke == color]


def fills_in(content: bytes, color: str = FILL) -> list[Path]:
    return [path for path in paths_of(content) if path.is_filled and path.fill == color]


def _ink(path: Path) -> set[str]:
    return {color for color, seen in ((path.stroke, path.is_stroked), (path.fill, path.is_filled)) if seen}


def line_layer(**more: Any) -> Layer:
    style = [{"type": "line", "paint": {"line-color": INK, "line-width": 2}, **more}]
    return LayerFactory.create(geometry_kind="line", style=style)


def a_line(layer: Layer, *places: tuple[float, float], **properties: Any) -> None:
    points = [at(*place) for place in places]
    geom = LineString([(point.x, point.y) for point in points], srid=points[0].srid)
    FeatureFactory.create(layer=layer, geom=geom, properties=properties)


@pytest.mark.parametrize("scale", [500, 1000, 5000])
def test_a_line_is_as_long_as_the_scale_says(town: Town, scale: float) -> None:
    layer = line_layer()
    a_line(layer, (5020, 5030), (5070, 5060))
    [path] = lines_in(drawn(layer, frame=frame(scale)))
    assert math.dist(*path.points) == pytest.approx(math.hypot(50, 30) * 1000 / scale, abs=0.02)


def test_what_lies_in_the_middle_of_the_ground_is_drawn_in_the_middle_of_the_paper(town: Town) -> None:
    layer = line_layer()
    a_line(layer, (5050, 5050), (5060, 5050))
    [path] = lines_in(drawn(layer))
    assert path.points[0] == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.01)


def test_what_lies_beyond_the_frame_is_not_drawn(town: Town) -> None:
    layer = line_layer()
    a_line(layer, (7000, 7000), (7050, 7000))
    assert not lines_in(drawn(layer))


def test_a_line_that_leaves_the_frame_is_cut(town: Town) -> None:
    layer = line_layer()
    a_line(layer, (3000, 5050), (7000, 5050))
    [path] = lines_in(drawn(layer))
    assert [round(x) for x, _y in path.points] == [-12, 212]


def test_layers_lie_in_their_order_and_the_lines_of_one_above_its_surfaces(town: Town) -> None:
    surfaces = LayerFactory.create(
        style=[
            {"type": "fill", "paint": {"fill-color": FILL}},
            {"type": "line", "paint": {"line-color": "#00ff00"}},
        ]
    )
    FeatureFactory.create(layer=surfaces)
    lines = line_layer()
    a_line(lines, (5000, 5050), (5090, 5050))
    paths = paths_of(drawn(lines, surfaces))
    colors = [path.stroke if path.is_stroked else path.fill for path in paths]
    assert [color for color in colors if color in (INK, FILL, "#00ff00")] == [INK, FILL, "#00ff00"]


def test_the_opacity_of_a_layer_is_that_of_its_marks(town: Town) -> None:
    layer = LayerFactory.create(style=[{"type": "fill", "paint": {"fill-color": FILL, "fill-opacity": 0.8}}])
    FeatureFactory.create(layer=layer)
    source = source_for(AnonymousUser(), layer.slug)
    canvas = Canvas(WIDTH, HEIGHT)
    draw_map(canvas, Order(frame(), [DrawnLayer(source, source.rows, source.style, opacity=0.5)]))
    [path] = fills_in(page_of(canvas))
    assert path.opacity == pytest.approx(0.4, abs=0.01)


def test_a_hole_stays_open(town: Town) -> None:
    layer = LayerFactory.create(style=[{"type": "fill", "paint": {"fill-color": FILL}}])
    around, hole = box(5000, 5000, 5100, 5100), box(5040, 5040, 5060, 5060)
    geom = Polygon(around.exterior_ring, hole.exterior_ring, srid=around.srid)
    FeatureFactory.create(layer=layer, geom=geom)
    [path] = fills_in(drawn(layer))
    assert len(path.points) >= 8


def test_a_fragment_is_drawn_at_its_zooms_only(town: Town) -> None:
    layer = line_layer(minzoom=16)
    a_line(layer, (5020, 5030), (5070, 5060))
    assert lines_in(drawn(layer, frame=frame(1000)))
    assert not lines_in(drawn(layer, frame=frame(20_000)))


def test_a_hatch_is_lines_as_far_apart_as_it_says(town: Town) -> None:
    style = [{"type": "fill", "paint": {"fill-pattern": f"hatch:vertical:{INK}:10"}}]
    layer = LayerFactory.create(style=style)
    FeatureFactory.create(layer=layer)
    [path] = lines_in(drawn(layer))
    across = sorted({round(x, 2) for x, _y in path.points})
    steps = [b - a for a, b in pairwise(across)]
    assert steps == pytest.approx([10 * 25.4 / 96] * len(steps), abs=0.011)
    assert len(steps) > 70


def test_names_are_written_in_greek_and_do_not_lie_on_each_other(town: Town) -> None:
    style = [{"type": "symbol", "layout": {"text-field": ["get", "name"]}, "paint": {"text-color": INK}}]
    layer = LayerFactory.create(geometry_kind="point", style=style)
    for name, place in (("Ασκληπιού", (5050, 5050)), ("Ποσειδώνος", (5051, 5050)), ("Ερμού", (5050, 5090))):
        FeatureFactory.create(layer=layer, geom=at(*place), properties={"name": name})
    said = text_of(drawn(layer))
    assert "Ερμού" in said
    assert ("Ασκληπιού" in said) != ("Ποσειδώνος" in said)


def test_names_keep_off_large_signs_and_not_off_what_nobody_sees(town: Town) -> None:
    name = {"type": "symbol", "layout": {"text-field": ["get", "name"]}}
    for opacity, is_written in ((1, False), (0, True)):
        circle = {"type": "circle", "paint": {"circle-radius": 12, "circle-opacity": opacity}}
        layer = LayerFactory.create(geometry_kind="point", style=[circle, name])
        FeatureFactory.create(layer=layer, geom=at(5050, 5050), properties={"name": "Ερμού"})
        assert ("Ερμού" in text_of(drawn(layer))) == is_written


def test_a_hostile_name_is_letters_and_nothing_else(town: Town) -> None:
    style = [{"type": "symbol", "layout": {"text-field": ["get", "name"]}}]
    layer = LayerFactory.create(geometry_kind="point", style=style)
    name = ") Tj /Evil Do ("
    FeatureFactory.create(layer=layer, geom=at(5050, 5050), properties={"name": name})
    content = drawn(layer)
    assert name in text_of(content)
    assert b"/Evil" not in content


def test_sketches_lie_on_top_with_their_words(town: Town) -> None:
    from core.geo import to_lonlat

    lon, lat = to_lonlat(at(5050, 5050)).coords
    note = Sketch({"type": "Point", "coordinates": [lon, lat]}, INK, "Νέα πλατεία")
    layer = line_layer()
    a_line(layer, (5020, 5030), (5070, 5060))
    content = drawn(layer, sketches=[note])
    assert "Νέα πλατεία" in text_of(content)
    *_others, line, point = [path for path in paths_of(content) if INK in _ink(path)]
    assert (line.is_stroked, point.is_filled) == (True, True)
    assert point.points[0] == pytest.approx((WIDTH / 2 + 1.3, HEIGHT / 2), abs=0.05)


def test_too_many_features_are_refused_with_the_name_of_the_layer(town: Town) -> None:
    layer = line_layer()
    for _ in range(3):
        a_line(layer, (5020, 5030), (5070, 5060))
    with pytest.raises(TooMuchToDraw, match=layer.title):
        drawn(layer, most=2)


def test_a_frame_larger_than_the_projection_shows_what_lies_in_it(town: Town) -> None:
    layer = LayerFactory.create(style=[{"type": "fill", "paint": {"fill-color": FILL}}])
    FeatureFactory.create(layer=layer, geom=box(0, 0, 10_000, 10_000))
    assert fills_in(drawn(layer, frame=Frame(4326, (-180.0, -90.0, 180.0, 90.0), 20_000, 10_000)))
