"""The web copy of a feature is the feature in EPSG:3857, whoever writes it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.db import connection
from pyproj import Transformer

from importers import web_copy
from layers.actions import FeatureState, write_features
from layers.models import Layer
from tests.importers.files import bowtie, in_degrees, point, square, write
from tests.importers.layers import load

pytestmark = pytest.mark.django_db

FARTHEST = """
    SELECT count(*), max(ST_HausdorffDistance(geom_web, ST_Transform(geom, 3857))),
        bool_and(ST_NPoints(geom_web) = ST_NPoints(geom) AND GeometryType(geom_web) = GeometryType(geom))
    FROM layers_feature
"""
SHAPES: list[Any] = [
    square(0, 0),
    bowtie(200, 0),
    square(400, 0).difference(square(420, 20, 20)),
    shapely.MultiPolygon([square(600, 0)]),
    shapely.MultiPolygon([square(800, 0), square(1000, 0)]),
    shapely.multipolygons([square(1200, 0).difference(square(1220, 20, 20))]),
]


def to(crs: str) -> Callable[[Any], Any]:
    """Coordinates of the storage CRS in another one."""
    transformer = Transformer.from_crs(2100, crs, always_xy=True)
    return lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def farthest() -> float:
    """Metres between a stored web copy and what the database would make of the feature, at most."""
    with connection.cursor() as cursor:
        cursor.execute(FARTHEST)
        count, distance, alike = cursor.fetchone()
    assert count
    assert alike
    return float(distance)


@pytest.mark.parametrize("crs", ["EPSG:2100", "EPSG:4326", "EPSG:3857", "EPSG:32634"])
def test_an_import_brings_the_web_copies_along(tmp_path: Path, crs: str) -> None:
    shapes = [shapely.transform(shape, to(crs)) for shape in SHAPES]
    path = write(
        tmp_path / "a.gpkg", shapes, {"id": list(range(len(shapes)))}, crs=crs, geometry_type="Unknown"
    )
    report = load(path, key="id")
    assert report.counts["added"] == len(SHAPES)
    assert farthest() < 0.01


def test_points_and_lines_have_theirs(tmp_path: Path) -> None:
    line = shapely.LineString([point(0, 0), point(50, 50), point(90, 10)])
    shapes = [
        point(0, 0),
        line,
        shapely.MultiPoint([point(0, 0)]),
        shapely.MultiPoint([point(0, 0), point(9, 9)]),
        shapely.MultiLineString([line]),
        shapely.MultiLineString([line, shapely.LineString([point(0, 9), point(9, 9)])]),
        shapely.GeometryCollection([point(0, 0), line]),
    ]
    path = write(
        tmp_path / "a.gpkg",
        [in_degrees(shape) for shape in shapes],
        {"id": list(range(len(shapes)))},
        crs="EPSG:4326",
        geometry_type="Unknown",
    )
    assert load(path, key="id").counts["added"] == len(shapes)
    assert farthest() < 0.01


def test_where_the_projections_differ_the_database_makes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_copy, "RADIUS_M", 6_378_000.0)
    path = write(tmp_path / "a.gpkg", [in_degrees(square(0, 0))], {"id": [1]}, crs="EPSG:4326")
    load(path, key="id")
    assert farthest() < 1e-6


def test_other_writers_need_not_think_of_it(tmp_path: Path) -> None:
    load(write(tmp_path / "a.gpkg", [square(0, 0)], {"id": [1]}), key="id")
    layer = Layer.objects.get()
    shape = Layer.objects.get().features.get().geom
    write_features(layer=layer, states=[FeatureState("2", {}, shape)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE layers_feature SET geom = ST_Translate(geom, 100, 0) WHERE key = '2'")
    assert farthest() < 1e-6
