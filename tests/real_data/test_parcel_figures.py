"""Shares of real plots in real zones, to the millionth of what geopandas says: Washington, DC, and two French communes.

The storage CRS of the tests is another one, so the plane coordinates of the city's own metric CRS are stored as they
are: areas and lengths do not ask what a plane is called.
"""

from collections.abc import Iterator
from typing import Any

import geopandas
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import GEOSGeometry
from django.utils import timezone

from core.time import from_now_on
from layers.models import Feature, Layer
from layers.moments import AsOf
from planning.parcel.answer import Answer, answer_for
from tests.factories import LayerFactory
from tests.real_data.portal import shared

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]
RELATIVE = 1e-6
SEEN_M2 = 0.005  # Less is not told.
SAMPLE = 120
Shares = dict[tuple[str, str], float]


def store(slug: str, theme: str, shapes: Any) -> Layer:
    """A layer of these shapes, keyed by their place in the table."""
    layer = LayerFactory.create(slug=slug, theme=theme)
    moments = from_now_on(timezone.now())
    Feature.objects.bulk_create(
        Feature(
            layer=layer,
            key=str(key),
            geom=GEOSGeometry(memoryview(shape.wkb), srid=settings.STORAGE_SRID),
            valid=moments,
            recorded=moments,
        )
        for key, shape in shapes.items()
    )
    return layer


def framed(shapes: Any) -> Any:
    return geopandas.GeoDataFrame(geometry=shapes).rename_axis(None)


def expected(plots: Any, zones: Any) -> Shares:
    """Area of each plot in each zone, as geopandas cuts them."""
    mended = zones.make_valid()
    pairs = geopandas.sjoin(framed(plots), framed(mended), predicate="intersects")
    found = {}
    for plot, zone in zip(pairs.index, pairs["index_right"], strict=True):
        area = plots.make_valid().loc[plot].intersection(mended.loc[zone]).area
        if area > SEEN_M2:
            found[str(plot), str(zone)] = area
    return found


def told(answers: Iterator[Answer]) -> Shares:
    return {(one.plot.key, zone.key): zone.area_m2 for one in answers for zone in one.zones}


def answers(plots: Any) -> Iterator[Answer]:
    for key in plots.index:
        yield answer_for(AnonymousUser(), "plots", str(key), AsOf.parse("", ""))


def check(plots: Any, zones: Any) -> Shares:
    store("plots", "cadastre", plots)
    store("zones", "land_use", zones)
    ours, theirs = told(answers(plots)), expected(plots, zones)
    assert ours.keys() == theirs.keys()
    assert ours == pytest.approx(theirs, rel=RELATIVE)
    areas = {str(key): area for key, area in plots.area.items()}
    for one in answers(plots.iloc[:10]):
        assert one.plot.area_m2 == pytest.approx(areas[one.plot.key], rel=RELATIVE)
        for zone in one.zones:
            share = theirs[one.plot.key, zone.key] / areas[one.plot.key]
            assert zone.share_of(one.plot) == pytest.approx(share, rel=RELATIVE)
    return ours


def test_lots_of_washington_in_its_future_land_use() -> None:
    land = shared("dc") / "land"
    lots = geopandas.read_file(land / "parcel-lots.geojson").to_crs(26985).geometry
    zones = geopandas.read_file(land / "future-land-use.geojson").to_crs(26985).geometry
    broken = zones[~zones.is_valid]
    assert len(broken) == 7
    # Those on zones that are wrong in themselves, and those in the most zones.
    zoned = geopandas.sjoin(framed(lots), framed(zones.make_valid()))
    most = zoned.index.value_counts().index[: SAMPLE - 40]
    on_broken = zoned.index[zoned["index_right"].isin(broken.index)].unique()[:40]
    chosen = lots.loc[most.union(on_broken)]
    shares = check(chosen, zones)
    assert len(shares) > 2 * len(chosen)
    assert {zone for _plot, zone in shares} & {str(key) for key in broken.index}


@pytest.mark.parametrize("commune", ["75118", "91216"])
def test_french_plots_in_sections_that_lie_beside_them(commune: str) -> None:
    """The sections of the cadastre, moved by some metres, cut the plots along every border."""
    path = shared("france") / f"cadastre-{commune}-parcelles.json"
    parcels = geopandas.read_file(path).to_crs(2154)
    sections = parcels.dissolve("section").geometry.translate(7.25, -11.5)
    chosen = parcels.geometry.iloc[:: max(1, len(parcels) // SAMPLE)]
    shares = check(chosen, sections)
    plots_in_two = [plot for plot, _zone in shares]
    assert len(plots_in_two) > len(set(plots_in_two))
