"""What a raster holds inside each surface: figures, areas by value, refusals, files, and who may ask."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from django.conf import settings as portal
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings
from rasterio.transform import from_origin
from rasterio.warp import transform_bounds

from accounts.models import User
from core.errors import NotFound
from layers.models import Layer, Raster, Visibility
from planning.models import PlanJob
from planning.overlay.errors import NoSurfaces
from planning.zonal.errors import NoValues, RasterOfColours
from planning.zonal.order import ZonalOrder
from planning.zonal.reckon import question_of, zonal
from planning.zonal.results import Zonal, Zone
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at
from tests.factories.places import SOUTH, WEST, box

Make = Callable[..., Raster]


@pytest.fixture
def make(town: Town, settings: Settings) -> Make:
    def made(values: Any, slug: str = "heights", **profile: Any) -> Raster:
        """Cells of 10 m, the first one north-west at (1000, 1100) of the town."""
        data = np.asarray(values)
        folder = Path(settings.MEDIA_ROOT) / "rasters"
        folder.mkdir(parents=True, exist_ok=True)
        options = {
            "transform": from_origin(WEST + 1000, SOUTH + 1100, 10, 10),
            "crs": portal.STORAGE_SRID,
            **profile,
        }
        bands = data if data.ndim == 3 else data[np.newaxis]
        count, height, width = bands.shape
        with rasterio.open(
            folder / f"{slug}.tif", "w", driver="GTiff", height=height, width=width, count=count,
            dtype=bands.dtype, **options,
        ) as file:  # fmt: skip
            file.write(bands)
        place = box(1000, 1000, 1100, 1100)
        return Raster.objects.create(
            slug=slug, title="Ύψη", unit="m", file=f"rasters/{slug}.tif", extent=place
        )

    return made


@pytest.fixture
def quarters(town: Town) -> Layer:
    schema = {"type": "object", "properties": {"use": {"type": "string"}}}
    made = LayerFactory.create(slug="quarters", title="Quarters", field_schema=schema)
    for key, use, geom in (
        ("west", "old", box(1000, 1000, 1050, 1100)),
        ("half", "old", box(1095, 1000, 1100, 1010)),
        ("far", "new", box(5000, 5000, 5010, 5010)),
    ):
        FeatureFactory.create(layer=made, key=key, properties={"use": use}, geom=geom)
    return made


def asked(user: Any = None, **order: str) -> Zonal:
    return zonal(question_of(ZonalOrder(**order), user or AnonymousUser()))


def zones(found: Zonal) -> dict[str | None, Zone]:
    return {zone.name: zone for zone in found.zones}


#: The column of a cell, 0 to 9, in each of ten rows.
COLUMNS = np.tile(np.arange(10, dtype="float32"), (10, 1))


def test_figures_of_each_surface(make: Make, quarters: Layer) -> None:
    make(COLUMNS)
    found = zones(asked(raster="heights", by="quarters"))
    west = found["west"]
    assert (west.lowest, west.mean, west.median, west.highest) == (0, 2, 2, 4)
    assert (west.cells, west.sum) == (50, 100)
    assert west.area_m2 == pytest.approx(5000)
    assert west.covered_m2 == pytest.approx(5000)


def test_a_cell_on_the_border_counts_by_its_share(make: Make, quarters: Layer) -> None:
    make(COLUMNS)
    half = zones(asked(raster="heights", by="quarters"))["half"]
    assert half.cells == pytest.approx(0.5)
    assert half.sum == pytest.approx(4.5)
    assert half.mean == 9


def test_outside_and_without_a_value_is_said(make: Make, quarters: Layer) -> None:
    values = COLUMNS.copy()
    values[:5] = -1
    make(values, nodata=-1)
    found = zones(asked(raster="heights", by="quarters"))
    assert found["far"].cells == 0
    assert found["far"].mean is None
    assert found["west"].covered_m2 == pytest.approx(2500)


def test_surfaces_of_one_class_are_one(make: Make, quarters: Layer) -> None:
    make(COLUMNS)
    old = zones(asked(raster="heights", by="quarters", by_field="use"))["old"]
    assert old.cells == pytest.approx(50.5)
    assert old.mean == pytest.approx(104.5 / 50.5)


def test_areas_by_value(make: Make, quarters: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    make(COLUMNS.astype("uint8"))
    found = asked(raster="heights", by="quarters", values="on")
    assert zones(found)["west"].values == {str(value): pytest.approx(1000) for value in range(5)}
    monkeypatch.setattr("planning.zonal.reckon.MOST_VALUES", 4)
    with pytest.raises(NoValues):
        asked(raster="heights", by="quarters", values="on")


def test_scaled_cells_mean_what_the_band_says(make: Make, quarters: Layer, settings: Settings) -> None:
    make(COLUMNS.astype("int16"))
    with rasterio.open(Path(settings.MEDIA_ROOT) / "rasters" / "heights.tif", "r+") as file:
        file.scales, file.offsets = (0.5,), (100.0,)
    west = zones(asked(raster="heights", by="quarters"))["west"]
    assert (west.mean, west.sum, west.cells) == (101, 5050, 50)


def test_large_surfaces_have_no_median(make: Make, quarters: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    make(COLUMNS)
    monkeypatch.setattr("planning.zonal.reckon.MOST_FOR_MEDIAN", 10)
    west = zones(asked(raster="heights", by="quarters"))["west"]
    assert (west.median, west.mean) == (None, 2)


def test_a_raster_of_another_system_gives_the_same(make: Make, quarters: Layer) -> None:
    """In degrees, cells small enough that their edges do not matter."""
    west, south, east, north = transform_bounds(
        portal.STORAGE_SRID, 4326, WEST + 900, SOUTH + 900, WEST + 1200, SOUTH + 1200
    )
    size = 600
    degrees = from_origin(west, north, (east - west) / size, (north - south) / size)
    make(np.full((size, size), 7, "float32"), "degrees", crs=4326, transform=degrees)
    found = zones(asked(raster="degrees", by="quarters"))["west"]
    assert found.mean == pytest.approx(7)
    assert found.covered_m2 == pytest.approx(5000, rel=1e-3)


def test_what_cannot_be_asked_is_refused(make: Make, quarters: Layer, bea: User) -> None:
    make(np.zeros((3, 10, 10), "uint8"), "picture")
    with pytest.raises(RasterOfColours):
        asked(raster="picture", by="quarters")
    hidden = make(COLUMNS, "hidden")
    LayerFactory.create(slug="dots", geometry_kind="point")
    with pytest.raises(NoSurfaces):
        asked(raster="hidden", by="dots")
    Raster.objects.filter(pk=hidden.pk).update(visibility=Visibility.STAFF)
    with pytest.raises(NotFound):
        asked(raster="hidden", by="quarters")
    assert asked(bea, raster="hidden", by="quarters").zones
    assert 'value="hidden"' not in Client().get("/plan/zonal/").content.decode()


def test_page_file_and_layer(make: Make, quarters: Layer, planner: User, bea: User, sign_in: SignIn) -> None:
    make(COLUMNS)
    query = "raster=heights&by=quarters&by_field=use"
    page = Client().get(f"/plan/zonal/?go=1&{query}")
    assert page.status_code == 200
    assert "old" in page.content.decode()
    rows = list(
        csv.DictReader(io.StringIO(Client().get(f"/plan/zonal/file/?{query}").content.decode("utf-8-sig")))
    )
    assert {row["use"]: row["cells"] for row in rows} == {"old": "50.5", "new": "0.0"}
    order = {"raster": "heights", "by": "quarters", "by_field": "use", "title": "Ύψη ανά χρήση"}
    assert sign_in(bea).post("/plan/zonal/keep/", order).status_code == 403
    assert sign_in(planner).post("/plan/zonal/keep/", order).status_code == 302
    kept = Layer.objects.get(title="Ύψη ανά χρήση").features.get(key="old")
    assert kept.properties["highest"] == 9


def test_large_questions_are_done_in_the_background(
    make: Make,
    quarters: Layer,
    planner: User,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    settings.PLAN_MEMORY_MB = 0
    make(COLUMNS)
    monkeypatch.setattr("planning.zonal.views.CELLS_AT_ONCE", 10)
    go = "/plan/zonal/?go=1&raster=heights&by=quarters"
    assert Client().get(go).status_code == 400
    client = sign_in(planner)
    assert "/plan/zonal/ask/" in client.get(go).content.decode()
    asked_for = client.post("/plan/zonal/ask/", {"raster": "heights", "by": "quarters"})
    job = PlanJob.objects.get(pk=asked_for.headers["Location"].split("/")[-2])
    call_command("plan_job", job.pk)
    assert "west" in client.get(f"/plan/zonal/results/{job.pk}/").content.decode()
    assert client.get(f"/plan/zonal/results/{job.pk}/file/?format=xlsx").status_code == 200


def test_it_survives_being_kept_as_json(make: Make, quarters: Layer) -> None:
    make(COLUMNS.astype("uint8"))
    found = asked(raster="heights", by="quarters", values="on")
    assert Zonal.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_a_point_is_no_place_of_the_raster(make: Make, town: Town) -> None:
    make(COLUMNS)
    mixed = LayerFactory.create(slug="mixed", geometry_kind="mixed")
    FeatureFactory.create(layer=mixed, key="dot", geom=at(1010, 1010))
    assert asked(raster="heights", by="mixed").zones == ()
