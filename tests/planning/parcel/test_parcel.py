"""The page of a plot: what it tells in plain and in mixed cases, through the real PostGIS."""

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon
from django.test import Client

from assets.models import AssetState
from layers.measures import area_m2
from tests.conftest import SignIn
from tests.factories import (
    AssetFactory,
    AssetTypeFactory,
    FeatureFactory,
    IssueFactory,
    LayerFactory,
    Town,
    at,
)
from tests.factories.places import box
from tests.planning.parcel.plots import KAEK, answer, between, day, ground, long_known, page, schema, zone


def test_the_page_tells_the_plot_its_zone_and_the_gazette(town: Town) -> None:
    zone(ground().zones, "Zone A", 4000, 4000, 6000, 6000)
    text = page()
    for told in (
        KAEK,
        "600.00 m²",
        "610.00 m²",
        "-10.00 m²",
        "480.0 m²",
        "Zone A",
        "ΦΕΚ 1/Δ/2019",
        "Ασκληπιού 12",
    ):
        assert told in text
    assert "This is information, not a certificate." in text


def test_the_area_is_the_same_on_every_screen(town: Town) -> None:
    shape = ground().plot.geom
    assert shape is not None
    response = Client().get(f"/plan/parcel/parcels/{KAEK}/", {"f": "json"})
    assert response.json()["plot"]["area_m2"] == area_m2(shape) == 600.0


def test_a_plot_in_many_pieces_is_one_plot(town: Town) -> None:
    made = ground()
    pieces = MultiPolygon(
        box(5000, 5000, 5020, 5030), box(5040, 5000, 5060, 5030), srid=settings.STORAGE_SRID
    )
    FeatureFactory.create(layer=made.parcels, key="many", geom=pieces)
    zone(made.zones, "A", 4000, 4000, 6000, 6000)
    told = answer(key="many")
    assert (told.plot.pieces, told.plot.area_m2, told.zones[0].area_m2) == (2, 1200.0, 1200.0)
    assert "in 2 pieces" in page(key="many")


def test_outside_the_plan_is_said_with_what_it_means(town: Town) -> None:
    made = ground()
    limit = LayerFactory.create(slug="limit", theme="plan", field_schema=schema({}, "plan-limit"))
    FeatureFactory.create(layer=limit, key="town", geom=box(100, 100, 4000, 4000))
    zone(made.zones, "Fields", 4000, 4000, 6000, 6000, least=4000)
    text = page()
    assert "outside the limit of the plan" in text
    assert "no" in text[text.index("Large enough to build on?") :][:200]


def test_a_plot_on_the_limit_is_partly_inside(town: Town) -> None:
    ground()
    limit = LayerFactory.create(slug="limit", theme="plan", field_schema=schema({}, "plan-limit"))
    FeatureFactory.create(layer=limit, key="town", geom=box(100, 100, 5010, 6000))
    assert answer().inside == "both"


def test_without_a_layer_of_zones_the_page_says_so(town: Town) -> None:
    made = ground(visibility="staff")
    zone(made.zones, "zq-secret", 4000, 4000, 6000, 6000)
    text = page()
    assert "No layer of zones can be seen here" in text
    assert "zq-secret" not in text
    assert "Floor area that may be built" not in text


def test_without_a_zone_the_page_says_that_this_allows_nothing(town: Town) -> None:
    ground()
    assert "This does not mean that everything is allowed" in page()


def test_a_plot_that_nobody_has_drawn_is_refused_with_a_sentence(town: Town) -> None:
    made = ground()
    FeatureFactory.create(layer=made.parcels, key="blank", geom=None)
    response = Client().get("/plan/parcel/parcels/blank/", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (404, "no_shape")


def test_unknown_plots_and_layers_are_not_found(town: Town) -> None:
    ground()
    client = Client(headers={"Accept": "application/json"})
    assert client.get("/plan/parcel/parcels/999999999999/").json()["code"] == "no_plot"
    assert client.get("/plan/parcel/nothing/999999999999/").status_code == 404
    assert client.get(f"/plan/parcel/zones/{KAEK}/").status_code == 404


def test_a_date_before_history_is_refused_with_a_sentence(town: Town) -> None:
    ground()
    response = Client().get(f"/plan/parcel/parcels/{KAEK}/", {"known": "1999-01-01", "f": "json"})
    assert (response.status_code, response.json()["code"]) == (404, "before_history")
    assert "Γεωτεμάχια" in response.json()["message"]


def test_nonsense_for_a_date_is_refused(town: Town) -> None:
    ground()
    assert Client().get(f"/plan/parcel/parcels/{KAEK}/", {"valid": "yesterday"}).status_code == 400


def test_the_zone_of_the_asked_date_is_told_and_the_others_beside_it(town: Town) -> None:
    made = ground()
    made.parcels.features.update(valid=long_known(), recorded=long_known())
    common = {"recorded": long_known()}
    zone(made.zones, "Z", 4000, 4000, 6000, 6000, sd=2.4, valid=between(day(2001), day(2019)), **common)
    FeatureFactory.create(
        layer=made.zones, key="Z", properties={"label": "Z", "sd": 1.6}, geom=box(4000, 4000, 6000, 6000),
        valid=between(day(2019), None), recorded=long_known(),
    )  # fmt: skip
    now, then = answer(), answer(valid="2010-06-01")
    assert [piece.number("floor_area_ratio") for piece in now.zones] == [1.6]
    assert [piece.number("floor_area_ratio") for piece in then.zones] == [2.4]
    assert [piece.number("floor_area_ratio") for piece in now.zones_before] == [2.4]
    assert then.near == []
    assert "What held on" in page(valid="2010-06-01")


def test_who_changed_the_plot_is_for_staff(town: Town, planner: object, sign_in: SignIn) -> None:
    from layers.actions import FeatureState, write_features
    from layers.actions.layers import Cause

    made = ground()
    state = FeatureState(KAEK, {"kaek": KAEK}, box(5000, 5000, 5020, 5025))
    write_features(layer=made.parcels, states=[state], cause=Cause(planner, "διόρθωση ορίων"))  # type: ignore[arg-type]
    text = page(planner)  # type: ignore[arg-type]
    assert "Petra Planner" in text
    assert "500.00 m²" in text
    assert "redrawn" in text
    assert "Petra Planner" not in page()


def test_assets_and_public_problems_on_the_plot_are_told(town: Town) -> None:
    ground()
    kind = AssetTypeFactory.create(slug="bench", title_en="Bench")
    AssetFactory.create(type=kind, code="ΠΑΓ-1", location=at(5010, 5010))
    AssetFactory.create(type=kind, code="ΠΑΓ-2", location=at(5030, 5010), state=AssetState.PLANNED)
    open_issue = IssueFactory.accepted(location=at(5005, 5005), category=town.pothole)
    hidden = IssueFactory.accepted(location=at(5005, 5006), category=town.complaint, is_public=False)
    text = page()
    assert "ΠΑΓ-1" in text
    assert "ΠΑΓ-2" not in text
    assert open_issue.number in text
    assert hidden.number not in text


def test_neighbours_that_only_touch_are_not_on_the_plot(town: Town) -> None:
    layer = ground().zones
    zone(layer, "A", 4000, 4000, 5020, 6000)
    zone(layer, "beside", 5020, 4000, 6000, 6000)
    assert [piece.name for piece in answer().zones] == ["A"]


def test_many_assets_are_counted_by_their_kind(town: Town) -> None:
    ground()
    trees = AssetTypeFactory.create(slug="tree", title_en="Tree")
    for number in range(13):
        AssetFactory.create(type=trees, code=f"ΔΕ-{number}", location=at(5001 + number, 5010))
    text = page()
    assert (
        "ΔΕ-7"
        not in text.replace("How far it is to", "")[: text.index("Through time")].split("On the plot")[1]
    )
    assert '<span class="rows__name">Tree</span> <span class="rows__what">13</span>' in text


def test_distances_are_to_the_nearest_of_each_kind(town: Town) -> None:
    ground()
    pipes = LayerFactory.create(slug="pipes", theme="networks", geometry_kind="point", title_en="Pipes")
    FeatureFactory.create(layer=pipes, key="near", geom=at(5020 + 7.5, 5010))
    FeatureFactory.create(layer=pipes, key="nearer-to-the-middle-of-another", geom=at(5200, 5010))
    far = LayerFactory.create(slug="mains", theme="networks", geometry_kind="point", title_en="Mains")
    FeatureFactory.create(layer=far, key="far", geom=at(5020 + 400, 5010))
    none = LayerFactory.create(slug="gas", theme="networks", geometry_kind="point", title_en="Gas")
    FeatureFactory.create(layer=none, key="elsewhere", geom=at(8000, 8000))
    near = {one.part.source.slug: (one.key, one.metres) for one in answer().near}
    assert near["pipes"] == ("near", 7.5)
    assert near["mains"] == ("far", 400.0)
    assert near["gas"] == ("", None)
