"""A small sound file of every kind that can be imported, made anew for each run."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ezdxf.filemanagement
import geopandas
import numpy as np
import openpyxl
import pyogrio
import shapely

SRID = 2100
NAMES = ("Άγιος Ανδρέας", "Ζαρουχλέικα", "Ρίο", "Μεσσάτιδα", "Παραλία", "Βραχναίικα")
Writer = Callable[[Path], None]


def frame() -> geopandas.GeoDataFrame:
    """Six parcels in the storage CRS, one of them with a hole and one in two parts."""
    squares: list[shapely.Geometry] = [
        shapely.box(300_000 + 50 * n, 4_230_000, 300_040 + 50 * n, 4_230_040) for n in range(6)
    ]
    squares[1] = shapely.difference(squares[1], shapely.box(300_060, 4_230_010, 300_070, 4_230_020))
    squares[2] = shapely.union(squares[2], shapely.box(300_100, 4_230_100, 300_120, 4_230_120))
    return geopandas.GeoDataFrame(
        {
            "id": [f"0601234{n:05d}" for n in range(6)],
            "name": NAMES,
            "area_m2": np.linspace(10.5, 99.5, 6),
            "floors": np.arange(6),
            "day": ["2024-03-01", "2023-12-31", None, "2020-02-29", "1987-02-23", "2018-06-29"],
        },
        geometry=squares,
        crs=SRID,
    )


def in_degrees() -> geopandas.GeoDataFrame:
    return frame().to_crs(4326)


def by_gdal(driver: str, *, degrees: bool = False, **options: Any) -> Writer:
    def write(path: Path) -> None:
        pyogrio.write_dataframe(in_degrees() if degrees else frame(), path, driver=driver, **options)

    return write


def points_by_gdal(driver: str, layer: str) -> Writer:
    def write(path: Path) -> None:
        points = in_degrees()[["name", "geometry"]]
        points.geometry = shapely.point_on_surface(np.asarray(points.geometry))
        pyogrio.write_dataframe(points, path, driver=driver, layer=layer)

    return write


def zipped(writer: Writer, name: str) -> Writer:
    def write(path: Path) -> None:
        folder = path.parent / f"{path.name}-inside"
        folder.mkdir()
        writer(folder / name)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(folder.rglob("*")):
                archive.write(part, part.relative_to(folder))

    return write


def delimited(separator: str, encoding: str) -> Writer:
    def write(path: Path) -> None:
        rows = in_degrees()
        points = shapely.point_on_surface(np.asarray(rows.geometry))
        lines = [separator.join(("id", "name", "lon", "lat"))]
        for key, name, point in zip(rows["id"], rows["name"], points, strict=True):
            lines.append(separator.join((key, name, f"{point.x:.7f}", f"{point.y:.7f}")))
        path.write_text("\r\n".join(lines), encoding=encoding)

    return write


def sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["id", "name", "lon", "lat"])
    rows = in_degrees()
    for key, name, shape in zip(rows["id"], rows["name"], rows.geometry, strict=True):
        page.append([key, name, shape.centroid.x, shape.centroid.y])
    book.save(path)


def drawing(path: Path) -> None:
    document = ezdxf.filemanagement.new("R2010")
    space = document.modelspace()
    for number in range(6):
        x, y = 300_000 + 50 * number, 4_230_000
        space.add_lwpolyline([(x, y), (x + 40, y, 0.3), (x + 40, y + 40), (x, y + 40)], close=True)
        space.add_text(NAMES[number], dxfattribs={"insert": (x, y), "layer": "ΟΝΟΜΑΤΑ"})
    block = document.blocks.new("ΦΡΕΑΤΙΟ")
    block.add_circle((0, 0), 1)
    space.add_blockref("ΦΡΕΑΤΙΟ", (300_020, 4_230_020))
    document.saveas(path)


def lines_of_json(path: Path) -> None:
    features = json.loads(in_degrees().to_json())["features"]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in features), encoding="utf-8")


def parquet(path: Path) -> None:
    frame().to_parquet(path)


# Name of the file → how it is written.
SEEDS: dict[str, Writer] = {
    "parcels.gpkg": by_gdal("GPKG"),
    "parcels.geojson": by_gdal("GeoJSON", degrees=True),
    "parcels.ndjson": lines_of_json,
    "parcels.fgb": by_gdal("FlatGeobuf"),
    "parcels.kml": by_gdal("KML", degrees=True),
    "parcels.kmz": zipped(by_gdal("KML", degrees=True), "doc.kml"),
    "parcels.gml": by_gdal("GML"),
    "places.gpx": points_by_gdal("GPX", "waypoints"),
    "places.csv": delimited(";", "cp1253"),
    "places.tsv": delimited("\t", "utf-8-sig"),
    "places.xlsx": sheet,
    "parcels.dxf": drawing,
    "parcels.parquet": parquet,
    "parcels.zip": zipped(by_gdal("ESRI Shapefile", encoding="UTF-8"), "parcels.shp"),
    "table.zip": zipped(by_gdal("OpenFileGDB", promote_to_multi=True), "parcels.gdb"),
}


def seeds(folder: Path) -> dict[str, bytes]:
    """Name and bytes of every sound file."""
    made = {}
    for name, write in SEEDS.items():
        write(folder / name)
        made[name] = (folder / name).read_bytes()
    return made


def shapefile_with(broken: str, data: bytes, sound: bytes) -> bytes:
    """The Shapefile in the zip `sound`, its part with the suffix `broken` replaced by `data`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as held, zipfile.ZipFile(out, "w") as archive:
        for name in held.namelist():
            archive.writestr(name, data if name.endswith(broken) else held.read(name))
    return out.getvalue()


def part_of_zip(sound: bytes, suffix: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sound)) as held:
        return held.read(next(name for name in held.namelist() if name.endswith(suffix)))
