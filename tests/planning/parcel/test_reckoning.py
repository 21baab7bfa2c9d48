"""What may be built on a plot of 20 × 30 m: shares, uncertainty, weighted and worst figures."""

import pytest

from planning.parcel.parts import Kind
from planning.parcel.reckoning import Verdict, area_uncertainty
from tests.factories import FeatureFactory, LayerFactory, Town
from tests.factories.places import box
from tests.planning.parcel.plots import RULES, answer, ground, schema, zone

pytestmark = pytest.mark.django_db


def test_a_plot_in_one_zone_has_its_figures(town: Town) -> None:
    zone(ground().zones, "A", 4000, 4000, 6000, 6000)
    told = answer()
    [only] = told.zones
    assert (only.area_m2, only.uncertain_m2, only.may_be_artefact) == (600.0, 0.0, False)
    reckoned = told.reckoning
    assert reckoned.floors is not None
    assert reckoned.ground is not None
    assert reckoned.least is not None
    assert (reckoned.floors.weighted, reckoned.floors.worst) == pytest.approx((480.0, 480.0))
    assert (reckoned.ground.weighted, reckoned.ground.worst) == pytest.approx((360.0, 360.0))
    assert (reckoned.highest_m, reckoned.least.verdict) == (11.0, Verdict.YES)
    assert reckoned.untold_m2 == pytest.approx(0, abs=1e-6)


def test_two_zones_share_the_plot_weighted_and_in_the_worst_case(town: Town) -> None:
    layer = ground(accuracy_metres=0.0).zones
    zone(layer, "west", 4000, 4000, 5015, 6000, sd=2.0, cover=70, height=20)
    zone(layer, "east", 5015, 4000, 6000, 6000, sd=0.4, least=700)
    told = answer()
    west, east = told.zones
    assert (west.name, west.area_m2, east.area_m2) == ("west", 450.0, 150.0)
    # The line between them runs 30 m through the plot and a metre, the datum, beyond it on either side.
    assert west.uncertain_m2 == pytest.approx(32.0)
    assert told.reckoning.floors is not None
    assert told.reckoning.floors.weighted == pytest.approx(450 * 2.0 + 150 * 0.4)
    assert told.reckoning.floors.worst == pytest.approx(600 * 0.4)
    assert told.reckoning.ground is not None
    assert told.reckoning.ground.weighted == pytest.approx(450 * 0.7 + 150 * 0.6)
    assert told.reckoning.highest_m == 11.0
    assert told.reckoning.least is not None
    assert (told.reckoning.least.needed, told.reckoning.least.verdict) == (700.0, Verdict.NO)


def test_a_share_smaller_than_its_uncertainty_is_possibly_an_artefact(town: Town) -> None:
    layer = ground(scale=5000).zones
    zone(layer, "inside", 5000.2, 4000, 6000, 6000, sd=0.8)
    zone(layer, "sliver", 4000, 4000, 5000.2, 6000, sd=0.1, least=9000)
    told = answer()
    inside, sliver = told.zones
    assert (inside.may_be_artefact, sliver.may_be_artefact) == (False, True)
    assert sliver.area_m2 == pytest.approx(6.0)
    assert told.reckoning.floors is not None
    assert told.reckoning.floors.lowest == 0.8
    assert told.reckoning.least is not None
    assert told.reckoning.least.needed == RULES["least"]


def test_the_scale_of_a_sheet_makes_half_a_millimetre_of_it(town: Town) -> None:
    layer = ground(scale=5000).zones
    zone(layer, "west", 4000, 4000, 5010, 6000)
    told = answer()
    [west] = told.zones
    off = (1.0 + 2.5**2) ** 0.5
    # The buffer around the plot is rounded at its corners, so the line leaves it after `off` metres on either side.
    assert west.uncertain_m2 == pytest.approx((30 + 2 * off) * off, rel=1e-6)


def test_ground_that_is_reserved_is_not_built_on_in_the_worst_case(town: Town) -> None:
    zone(ground().zones, "A", 4000, 4000, 6000, 6000, sd=1.0)
    kept = LayerFactory.create(
        slug="kept", theme="plan", accuracy_metres=0, field_schema=schema({}, "reservation")
    )
    FeatureFactory.create(layer=kept, key="street", geom=box(4000, 4000, 6000, 5005))
    told = answer()
    assert told.reckoning.reserved_m2 == pytest.approx(100.0)
    assert told.reckoning.floors is not None
    assert (told.reckoning.floors.weighted, told.reckoning.floors.worst) == pytest.approx((600.0, 500.0))
    assert [piece.key for piece in told.overlaps.of(Kind.RESERVATION)] == ["street"]


def test_what_no_zone_tells_and_what_several_claim_is_said(town: Town) -> None:
    layer = ground().zones
    zone(layer, "low", 4000, 4000, 6000, 5012)
    zone(layer, "again", 4000, 5006, 6000, 5018)
    told = answer()
    assert told.reckoning.untold_m2 == pytest.approx(20 * 12.0)
    assert told.reckoning.doubled_m2 == pytest.approx(20 * 6.0)


def test_the_least_plot_is_not_certain_within_the_uncertainty_of_the_area(town: Town) -> None:
    made = ground()
    zone(made.zones, "A", 4000, 4000, 6000, 6000, least=605)
    made.parcels.accuracy_metres = 0.5
    made.parcels.save(update_fields=["accuracy_metres"])
    told = answer()
    # ½ · 0.5 · √(4 · (20² + 30²)): each corner lies across the diagonal of its neighbours.
    assert told.reckoning.area_uncertain_m2 == pytest.approx(0.25 * (4 * 1300) ** 0.5)
    assert told.reckoning.least is not None
    assert told.reckoning.least.verdict == Verdict.UNSURE


def test_a_ring_within_the_plot_adds_to_its_uncertainty() -> None:
    plain = box(0, 0, 20, 20)
    holed = plain.difference(box(5, 5, 15, 15))
    assert area_uncertainty(holed, 1.0) ** 2 == pytest.approx(
        area_uncertainty(plain, 1.0) ** 2 + area_uncertainty(box(5, 5, 15, 15), 1.0) ** 2
    )


def test_a_zone_that_is_wrong_in_itself_is_mended(town: Town) -> None:
    layer = ground().zones
    bow = box(4000, 4000, 6000, 6000)
    west, south, east, north = bow.extent
    crossed = f"SRID={bow.srid};POLYGON(({west} {south},{east} {north},{east} {south},{west} {north},{west} {south}))"
    FeatureFactory.create(layer=layer, key="bow", properties={"label": "bow", **RULES}, geom=crossed)
    [only] = answer().zones
    assert 0 < only.area_m2 < 600
