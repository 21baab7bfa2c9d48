"""Every real or odd file of these formats: as many rows, the same places and texts as GDAL finds, or refused."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources import ReadOptions, open_source, signatures
from tests.real_data.portal import shared

pytestmark = pytest.mark.real_data
READ_HERE = (
    signatures.SHAPEFILE,
    signatures.GEOPACKAGE,
    signatures.GEOJSON,
    signatures.FLATGEOBUF,
    signatures.KML,
    signatures.KMZ,
    signatures.GML,
    signatures.GPX,
    signatures.ZIP,
)
FOLDERS = ("dc", "france", "greece", "nasty", "nz", "osm", "patras", "tahoe", "thessaloniki")
REFUSED = {
    "greece/admin_tree/kallikratis.json": "not_what_it_says",  # JSON, but no GeoJSON
    "greece/crete/crete.shp": "wrong_encoding",  # its .cpg says UTF-8, its table is in cp1253
    "nasty/fiona/testopenfilegdb.gdb.zip": "choose_layer_inside",
    "nasty/gdal/geojson/stac_item.json": "not_what_it_says",  # a comma too many
    "nasty/gdal/kml/empty.kml": "nothing_inside",
    "nasty/gdal/kml/junk_content_after_valid_doc.kml": "not_what_it_says",
    "nasty/gdal/kml/style_of_point_with_external_style/style.kml": "nothing_inside",
    "nasty/gdal/kml/truncated.kml": "not_what_it_says",
    "nasty/kml/ground_overlay.kml": "nothing_inside",
    "nasty/kml/ground_overlay_quad.kml": "nothing_inside",
    "nasty/kml/networklink.kml": "links_elsewhere",
}
# Rows and places found here where GDAL finds others, and why ours are right.
OTHER_THAN_GDAL = {
    "nasty/fiona/multicurve.gml": (1, 1),  # the straight pieces of an arc meet at other vertices
    "nasty/fiona/test_tin.shp": (1, 1),  # faces, which become polygons
    "nasty/gdal/geojson/ogr_geojson_14.geojson": (
        27,
        1,
    ),  # GDAL mends some places by leaving half of them out
    "nasty/gdal/kml/geometries.kml": (25, 13),  # GDAL makes a point without coordinates one at 0, 0
    "nasty/gdal/kml/samples.kml": (20, 19),  # GDAL takes a picture on the ground for a feature
    "nasty/kml/addresses.kml": (15, 7),  # GDAL loses tracks without times
    "nasty/kml/bad.kml": (3, 0),  # GDAL stops at the first
    "nasty/kml/linear_ring.kml": (1, 1),
    "nasty/kml/non_gx_multitrack.kml": (3, 3),
    "nasty/kml/timespan.kml": (1, 1),
    "nasty/kml/twopoints.kml": (2, 2),
    "nasty/turf/turf-boolean-valid/false/GeometryCollection/malformed-geometry-in-collection.geojson": (1, 0),
    "nasty/turf/turf-boolean-valid/false/GeometryCollection/no-type-in-nested-geometry.geojson": (1, 0),
    "nasty/turf/turf-boolean-valid/false/GeometryCollection/non-geometry-in-collection.geojson": (1, 0),
}
ALTITUDE_MODES = {"clampToGround", "relativeToGround", "absolute"}
# Rows of files that GDAL does not read like us at all: a table with columns of degrees; a name with the mark that ends
# the name of an archive; a file of layers of which one is chosen.
NOT_COMPARED = {
    "osm/greece.sqlite.zip": 149_476,
    "nasty/fiona/!test.geojson": 1,
    "nasty/fiona/test_gpx.gpx": 1,
}


@dataclass
class Found:
    """What one reader finds in a file."""

    rows: int = 0
    shapes: list[Any] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)


def ours(path: Path, **options: Any) -> Found:
    found = Found()
    with open_source(path, ReadOptions(**options)) as source:
        for batch in source.batches():
            found.rows += len(batch)
            found.shapes += batch.geometries.tolist()
            values = (value for record in batch.records for value in record.values())
            found.texts |= {_squeezed(str(value)) for value in values}
    return found


def theirs(path: Path, encoding: str | None = None, layers: list[str] | None = None) -> Found:
    found = Found()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for layer in layers or [str(name) for name in pyogrio.list_layers(path)[:, 0]]:
            wkb, columns = _raw(path, layer, encoding)
            count = len(columns[0]) if columns else len(wkb)
            found.rows += count
            shapes = [None] * count if wkb is None else shapely.from_wkb(wkb, on_invalid="ignore").tolist()
            found.shapes += shapes
            texts = (value for column in columns if column.dtype == object for value in column)
            found.texts |= {_squeezed(value) for value in texts if isinstance(value, str)} - {""}
    return found


def _raw(path: Path, layer: str, encoding: str | None) -> tuple[Any, list[Any]]:
    """The geometries and columns; without columns where pyogrio stumbles over lists of different lengths."""
    try:
        _, _, wkb, columns = pyogrio.raw.read(path, layer=layer, encoding=encoding)
    except ValueError:
        _, _, wkb, columns = pyogrio.raw.read(path, layer=layer, encoding=encoding, columns=[])
    return wkb, columns


def files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and signatures.signature_of(path) in READ_HERE:
            yield path


@pytest.mark.parametrize("name", FOLDERS)
def test_every_file_is_read_as_gdal_reads_it_or_is_refused_in_a_sentence(name: str) -> None:
    folder = shared(name)
    seen = differing = 0
    told = []
    for path in files(folder):
        seen += 1
        relative = str(path.relative_to(folder.parent))
        difference = _difference(path, relative)
        if difference:
            differing += 1
            told.append(f"{relative}: {difference}")
    assert seen, "there are files"
    assert not told, f"{differing} of {seen} differ:\n" + "\n".join(told)


def _difference(path: Path, relative: str) -> str:
    try:
        found = ours(path)
    except ImportRefused as error:
        expected = REFUSED.get(relative, "to be read")
        return "" if error.code == expected else f"refused as {error.code}, expected {expected}: {error}"
    if relative in REFUSED:
        return f"read, expected {REFUSED[relative]}"
    if relative in OTHER_THAN_GDAL:
        numbers = found.rows, int(_measures(found.shapes)[0])
        return "" if numbers == OTHER_THAN_GDAL[relative] else f"rows and places are {numbers}"
    if relative in NOT_COMPARED:
        return "" if found.rows == NOT_COMPARED[relative] else f"{found.rows} rows"
    return _compared(found, theirs(path, encoding=_encoding(path)), path)


def _compared(found: Found, gdal: Found, path: Path) -> str:
    if found.rows != gdal.rows:
        return f"{found.rows} rows, GDAL finds {gdal.rows}"
    lost = gdal.texts - found.texts - ALTITUDE_MODES
    if lost and path.suffix not in (".json", ".geojson"):
        return f"texts lost: {sorted(lost)[:3]}"
    measures = _measures(found.shapes), _measures(gdal.shapes)
    if not np.allclose(measures[0], measures[1], rtol=1e-6, atol=1e-9, equal_nan=True):
        return f"places differ: {measures}"
    return ""


def _encoding(path: Path) -> str | None:
    if path.suffix != ".shp":
        return None
    with open_source(path, ReadOptions()) as source:
        return source.encoding.name


def _measures(shapes: list[Any]) -> list[float]:
    """How many there are, their extent, lengths and areas; each number of the whole file."""
    present = np.array([shape for shape in shapes if shape is not None and not shape.is_empty], dtype=object)
    if not len(present):
        return [0.0] * 7
    return [
        len(present),
        *shapely.total_bounds(present),
        shapely.length(present).sum(),
        shapely.area(present).sum(),
    ]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_shapefile_whose_cpg_is_wrong_is_read_once_its_encoding_is_given() -> None:
    path = shared("greece") / "crete" / "crete.shp"
    assert " Π. ΚΡΗΤΗΣ".strip() in ours(path, encoding="cp1253").texts


def test_every_layer_of_a_file_geodatabase_is_read_as_gdal_reads_it() -> None:
    path = shared("nasty") / "fiona" / "testopenfilegdb.gdb.zip"
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    assert len(layers) > 30
    for layer in layers:
        difference = _compared(ours(path, source_layer=layer), theirs(path, layers=[layer]), path)
        assert not difference or layer in ("multipatch",), f"{layer}: {difference}"


def test_the_layers_of_a_gpx_file_are_read_as_gdal_reads_them() -> None:
    path = shared("nasty") / "fiona" / "test_gpx.gpx"
    for layer in ("tracks", "track_points"):
        found, gdal = ours(path, source_layer=layer), theirs(path, layers=[layer])
        assert (found.rows, _measures(found.shapes)[1:5]) == (gdal.rows, _measures(gdal.shapes)[1:5])


def test_villages_keep_both_of_their_names() -> None:
    with open_source(shared("greece") / "villages_gr.kml", ReadOptions()) as source:
        first = next(source.batches())
        assert source.fields[:4] == ["name", "Name", "Όνομα", "folder"]
    assert first.records[1] == {
        "name": "Σκάλα Ωρωπού",
        "Name": "Skala Vrvpoy",
        "Όνομα": "Σκάλα Ωρωπού",
        "folder": "oikismoi",
    }
