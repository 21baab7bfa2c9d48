"""Targets: what each takes, whom it lets in, and the order it makes of a run."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Polygon

from accounts.models import User
from importers.errors import NoSuchTarget
from importers.models import ImportRun
from importers.targets import TARGETS, target_named
from layers.actions import change_layer
from layers.models import Layer, Raster
from tests.factories import Town
from tests.importers.files import square, write
from tests.importers.layers import current, load

pytestmark = pytest.mark.django_db


def parcels(path: Path) -> Path:
    return write(path, [square(0, 0)], {"ΚΑΕΚ": ["010010010001"], "m2": [100]})


def run_of(target: str, slug: str, **facts: object) -> ImportRun:
    mapping = facts.pop("mapping", {})
    return ImportRun(target=target, target_slug=slug, order=facts, mapping=mapping, state="uploaded")


def test_a_layer_is_filled_through_its_target(dora: User, tmp_path: Path) -> None:
    path = parcels(tmp_path / "a.gpkg")
    run = run_of("layer", "parcels", key="ΚΑΕΚ", title="Οικόπεδα", theme="cadastre", valid_from="2024-06-01")
    kind = target_named("layer")
    assert kind.carry_out(kind.order(run, path, dry_run=True, user=dora)).counts["added"] == 1
    assert not Layer.objects.filter(slug="parcels").exists()
    kind.carry_out(kind.order(run, path, dry_run=False, user=dora))
    layer = Layer.objects.get(slug="parcels")
    assert (layer.title, layer.theme, layer.key_field) == ("Οικόπεδα", "cadastre", "ΚΑΕΚ")
    [feature] = current().values()
    assert feature.valid.lower is not None
    assert feature.valid.lower.date().isoformat() == "2024-05-31"  # midnight in Athens
    run.refresh_from_db()
    assert (run.state, run.revision and run.revision.layer) == ("done", layer)


def test_an_order_reads_the_file_as_the_run_says(dora: User, tmp_path: Path) -> None:
    run = run_of(
        "layer", "x", options={"source_crs": "EPSG:2100", "unheard": 1}, swap_axes=True, set_aside=True
    )
    order = target_named("layer").order(run, tmp_path / "x", dry_run=False, user=dora)
    assert (order.options.source_crs, order.swap_axes, order.set_aside) == ("EPSG:2100", True, True)
    assert (order.run, order.user, order.path) == (run, dora, tmp_path / "x")


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(NoSuchTarget):
        target_named("whales")


def test_the_fields_of_a_layer_are_those_of_its_schema(town: Town, tmp_path: Path) -> None:
    load(parcels(tmp_path / "a.gpkg"), key="ΚΑΕΚ")
    fields = {field.name: field for field in target_named("layer").fields("parcels")}
    assert (fields["ΚΑΕΚ"].kind, fields["ΚΑΕΚ"].required) == ("text", True)
    assert (fields["m2"].kind, fields["m2"].required) == ("integer", False)
    assert target_named("layer").fields("not-there") == []


def test_citizens_and_dispatchers_import_nothing(alice: User, bea: User) -> None:
    for kind in TARGETS.values():
        for person in (alice, bea):
            assert kind.choices(person) == []
            assert not kind.may(person, "streetlight")


def test_administrators_import_everything(town: Town, dora: User) -> None:
    assert all(kind.may(dora, "new") for kind in TARGETS.values())
    assert ("streetlight", str(town.streetlight)) in target_named("assets").choices(dora)


def test_a_layer_that_a_planner_cannot_see_is_not_theirs_to_fill(planner: User, tmp_path: Path) -> None:
    load(parcels(tmp_path / "a.gpkg"), key="ΚΑΕΚ")
    change_layer(layer=Layer.objects.get(slug="parcels"), visibility="departments")
    kind = target_named("layer")
    assert kind.may(planner, "new")
    assert not kind.may(planner, "parcels")
    assert kind.choices(planner) == []


def test_a_raster_is_filled_through_its_target(dora: User, tmp_path: Path) -> None:
    import numpy as np
    import rasterio
    from rasterio.transform import from_origin

    path = tmp_path / "heights.tif"
    profile = {"driver": "GTiff", "width": 8, "height": 8, "count": 1, "dtype": "float32", "crs": "EPSG:2100"}
    with rasterio.open(path, "w", transform=from_origin(300_000, 4_230_800, 100, 100), **profile) as target:
        target.write(np.arange(64, dtype="float32").reshape(1, 8, 8))
    kind = target_named("raster")
    kind.carry_out(
        kind.order(run_of("raster", "heights", title="Υψόμετρα", unit="m"), path, dry_run=False, user=dora)
    )
    raster = Raster.objects.get(slug="heights")
    assert (raster.title, raster.unit) == ("Υψόμετρα", "m")
    assert kind.choices(dora) == [("heights", "Υψόμετρα")]


def test_a_raster_that_is_hidden_from_a_planner_is_neither_listed_nor_replaced(
    town: Town, planner: User, dora: User
) -> None:
    for slug in ("public", "staff", "departments"):
        Raster.objects.create(
            slug=slug, title=slug, extent=Polygon.from_bbox(town.home.boundary.extent), visibility=slug
        )
    kind = target_named("raster")
    assert [slug for slug, _ in kind.choices(planner)] == ["public", "staff"]
    assert [slug for slug, _ in kind.choices(dora)] == ["departments", "public", "staff"]
    may = [slug for slug in ("public", "departments", "new-one") if kind.may(planner, slug)]
    assert may == ["public", "new-one"]
    assert list(Raster.objects.visible_to(AnonymousUser()).values_list("slug", flat=True)) == ["public"]
