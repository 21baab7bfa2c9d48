"""The same parcels from every kind of file become the same layer."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from tests.factories import Town
from tests.importers.expectations import counts
from tests.importers.files import in_degrees, square, write
from tests.importers.layers import current, load

pytestmark = pytest.mark.django_db
KEYS = ("060010101001", "060010101002")
USES = ("κατοικία", "χωράφι")
DRIVERS = {
    ".fgb": "FlatGeobuf",
    ".gml": "GML",
    ".gdb": "OpenFileGDB",
    ".geojsonl": "GeoJSONSeq",
    ".sqlite": "SQLite",
    ".shp": "ESRI Shapefile",
}


@pytest.mark.parametrize("extension", [*DRIVERS, ".kml"])
def test_parcels_from_any_kind_of_file_are_the_same(town: Town, tmp_path: Path, extension: str) -> None:
    shapes = [square(0, 0), square(100, 0)]
    load(write(tmp_path / "first.gpkg", shapes, {"kaek": list(KEYS), "use": list(USES)}), theme="cadastre")
    report = load(_write(tmp_path / f"parcels{extension}", shapes))
    assert counts(report)["read"] == 2
    assert counts(report).get("removed", 0) == counts(report).get("added", 0) == 0
    held = current()
    assert sorted(held) == list(KEYS)
    for key, use, shape in zip(KEYS, USES, shapes, strict=True):
        stored = held[key].geom
        assert stored is not None
        assert held[key].properties["use"] == use
        assert stored.area == pytest.approx(10_000, rel=1e-3)
        assert stored.centroid.coords == pytest.approx(shape.centroid.coords[0], abs=0.05)


def _write(path: Path, shapes: list[shapely.Polygon]) -> Path:
    if path.suffix == ".kml":
        return _write_kml(path, shapes)
    in_grid = path.suffix != ".geojsonl"
    wkb = shapely.to_wkb([shape if in_grid else in_degrees(shape) for shape in shapes])
    columns = [np.array(values, dtype=object) for values in (KEYS, USES)]
    pyogrio.raw.write(
        path,
        wkb,
        columns,
        ["kaek", "use"],
        driver=DRIVERS[path.suffix],
        crs="EPSG:2100" if in_grid else "EPSG:4326",
        geometry_type="Polygon",
    )
    return path


def _write_kml(path: Path, shapes: list[shapely.Polygon]) -> Path:
    places = [
        " ".join(f"{lon:.9f},{lat:.9f}" for lon, lat in in_degrees(shape).exterior.coords) for shape in shapes
    ]
    placemarks = [
        f"<Placemark><ExtendedData><Data name='kaek'><value>{key}</value></Data><Data name='use'><value>{use}</value>"
        f"</Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark>"
        for key, use, ring in zip(KEYS, USES, places, strict=True)
    ]
    path.write_text(f"<kml><Document>{''.join(placemarks)}</Document></kml>", encoding="utf-8")
    return path
