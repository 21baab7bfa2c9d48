"""Overlay figures on real plots and land uses are those of geopandas, to a millionth.

The shapes are brought to a metric system of their country and written into a layer by their numbers: plane areas do not
ask which system these are of.
"""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import GEOSGeometry

from layers.actions import FeatureState, write_features
from layers.models import GeometryKind, Layer
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.overlay.results import Overlay
from tests.factories import LayerFactory, Town
from tests.real_data.portal import shared

pytestmark = pytest.mark.real_data
gpd = pytest.importorskip("geopandas")
SCHEMA = {"type": "object", "properties": {"class": {"type": "string"}}}
REL, ABS = 1e-6, 1e-3
KINDS = {"Polygon": GeometryKind.POLYGON, "LineString": GeometryKind.LINE, "Point": GeometryKind.POINT}


def read(path: Path, srid: int, named: str) -> Any:
    """A frame of `class` and shapes in metres; rows without a shape are left out."""
    frame = gpd.read_file(path).to_crs(srid)
    frame = frame[~frame.geometry.isna() & ~frame.geometry.is_empty]
    return gpd.GeoDataFrame({"class": frame[named].astype(str)}, geometry=frame.geometry).reset_index(
        drop=True
    )


def layer_of(slug: str, frame: Any) -> Layer:
    kind = KINDS[frame.geometry.iloc[0].geom_type.removeprefix("Multi")]
    made = LayerFactory.create(slug=slug, field_schema=SCHEMA, geometry_kind=kind)
    shapes = (GEOSGeometry(memoryview(one.wkb), srid=settings.STORAGE_SRID) for one in frame.geometry)
    states = (
        FeatureState(str(number), {"class": name}, shape)
        for number, (name, shape) in enumerate(zip(frame["class"], shapes, strict=True))
    )
    write_features(layer=made, states=states)
    return made


def ours(what: Any, by: Any) -> Overlay:
    layer_of("what", what)
    layer_of("by", by)
    order = Order(what="what", by="by", what_field="class", by_field="class")
    return overlay(*sides_of(order, AnonymousUser()))


def theirs(what: Any, by: Any, amount: str) -> dict[tuple[str, str], tuple[int, float]]:
    """Of geopandas: rows and amount by both classes, what only touches left aside."""
    numbered = what.assign(number=range(len(what)))
    met = gpd.overlay(numbered, by.rename(columns={"class": "by"}), how="intersection", keep_geom_type=True)
    met["amount"] = getattr(met.geometry, amount) if amount else 1.0
    met = met[met["amount"] > 0]
    found = met.groupby(["by", "class"]).agg(rows=("number", "nunique"), amount=("amount", "sum"))
    return {names: (int(row["rows"]), float(row["amount"])) for names, row in found.iterrows()}


def same(found: Overlay, expected: dict[tuple[str, str], tuple[int, float]]) -> None:
    """Cells of less than a hundredth of a m² are what is left of two borders that should be one."""
    cells = {names: cell for names, cell in found.cells.items() if cell.amount >= 0.01}
    known = {names: told for names, told in expected.items() if told[1] >= 0.01}
    assert cells.keys() == known.keys()
    assert {names: cell.amount for names, cell in cells.items()} == {
        names: pytest.approx(amount, rel=REL, abs=ABS) for names, (_rows, amount) in known.items()
    }


def test_land_use_by_neighbourhood_of_a_city(town: Town) -> None:
    """Shapes that are wrong in themselves are among them; both mend these."""
    folder = shared("dc")
    use = read(folder / "land" / "future-land-use.geojson", 26985, "ALLCODES")
    areas = read(folder / "assets" / "advisory-neighborhood-commission-2013.geojson", 26985, "ANC_ID")
    found, expected = ours(use, areas), theirs(use, areas, "area")
    assert found.mended > 0
    assert len(expected) > 100
    same(found, expected)
    whole = use.make_valid().area.sum()
    assert found.all.amount == pytest.approx(whole, rel=REL)
    covered = use.make_valid().intersection(areas.make_valid().union_all()).area.sum()
    assert found.covered == pytest.approx(covered, rel=REL)


def test_points_by_neighbourhood_of_a_city(town: Town) -> None:
    folder = shared("dc")
    cans = read(folder / "assets" / "litter-cans.geojson", 26985, "OBJECTID").assign(**{"class": "can"})
    areas = read(folder / "assets" / "advisory-neighborhood-commission-2013.geojson", 26985, "ANC_ID")
    found, expected = ours(cans, areas), theirs(cans, areas, "")
    assert {names: cell.rows for names, cell in found.cells.items()} == {
        names: rows for names, (rows, _) in expected.items()
    }


@pytest.mark.parametrize("commune", ["75118", "91216"])
def test_plots_by_sections_that_cut_them(commune: str, town: Town) -> None:
    """The sections of the cadastre, moved so that their borders cut plots."""
    plots = read(shared("france") / f"cadastre-{commune}-parcelles.json", 2154, "section")
    sections = plots.dissolve("class").reset_index()
    sections["geometry"] = sections.geometry.translate(11.3, -7.7)
    found, expected = ours(plots, sections), theirs(plots, sections, "area")
    same(found, expected)
    rows = sum(cell.rows for cell in found.cells.values() if cell.amount >= 0.01)
    assert rows > len(plots), "some plots lie in two sections"
    assert found.outside == pytest.approx(plots.area.sum() - found.covered, rel=REL, abs=ABS)
