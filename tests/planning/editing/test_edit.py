"""The editor's doors: several changes are one revision or none, and what they break is told before."""

import pytest
import shapely
from django.test import Client
from shapely.geometry.base import BaseGeometry

from accounts.models import User
from layers.actions import FeatureState, write_features
from layers.models import Feature, Layer, Revision, Theme, Visibility
from tests.conftest import SignIn
from tests.factories import Town, box
from tests.ogc.writing import FIRST, SECOND, plots
from tests.planning.editing.posting import ROOT, delete, features, insert, line, post, ring, update

pytestmark = pytest.mark.django_db
THIRD = "061870000003"


@pytest.fixture
def layer(town: Town) -> Layer:
    return plots(theme=Theme.CADASTRE)


@pytest.fixture
def petra(layer: Layer, planner: User, sign_in: SignIn) -> Client:
    return sign_in(planner)


def shape_of(key: str) -> BaseGeometry:
    geom = Feature.objects.current().get(key=key).geom
    assert geom is not None
    found: BaseGeometry = shapely.from_wkb(bytes(geom.wkb))
    return found


def test_the_page_opens_on_a_feature(petra: Client) -> None:
    page = petra.get(ROOT, {"key": FIRST})
    assert page.status_code == 200
    start = page.context["start"]
    assert (start["kind"], start["key_field"], start["checks"]) == ("polygon", "kaek", True)
    assert start["fields"][0]["name"] == "kaek"
    hidden = "owner"
    assert {one["name"] for one in start["fields"]} == {"kaek", "use", "floors", "since", "notes", hidden} - {
        hidden
    }
    assert start["first"]["id"] == FIRST
    assert petra.get(ROOT, {"key": "none"}).context["start"]["first"] is None


def test_who_may_not_edit_is_not_let_in(petra: Client, bea: User, sign_in: SignIn) -> None:
    assert Client().get(ROOT).status_code == 302
    assert sign_in(bea).get(ROOT).status_code == 403
    plots(slug="closed", is_editable=False)
    assert petra.get("/plan/layers/closed/edit/").status_code == 409
    plots(slug="secret", visibility=Visibility.DEPARTMENTS)
    assert petra.get("/plan/layers/secret/edit/").status_code == 404


def test_the_page_of_the_layer_leads_to_the_editor(petra: Client, bea: User, sign_in: SignIn) -> None:
    assert f'href="{ROOT}"' in petra.get("/layers/plots/").content.decode()
    assert ROOT not in sign_in(bea).get("/layers/plots/").content.decode()
    plots(slug="closed", is_editable=False)
    assert "/plan/layers/closed/edit/" not in petra.get("/layers/closed/").content.decode()


def test_several_changes_are_one_revision(petra: Client, planner: User) -> None:
    held = features(petra)
    changes = [
        update(held[FIRST], properties={"floors": 7}),
        delete(held[SECOND]),
        insert(ring(5100, 5000, 5200, 5100), kaek=THIRD),
    ]
    told = post(petra, "save", {"changes": changes, "reason": "ΦΕΚ 114"})
    assert told["keys"] == [FIRST, SECOND, THIRD]
    revision = Revision.objects.get()
    assert (revision.number, revision.actor, revision.reason) == (told["revision"], planner, "ΦΕΚ 114")
    assert revision.counts == {"added": 1, "changed": 1, "removed": 1}
    assert set(features(petra)) == {FIRST, THIRD}
    assert shape_of(THIRD).equals_exact(shapely.from_wkt(box(5100, 5000, 5200, 5100).wkt), 1e-9), (
        "its border is the old one"
    )


def test_one_wrong_change_stops_all_and_says_which_field(petra: Client) -> None:
    held = features(petra)
    changes = [
        update(held[FIRST], properties={"floors": 7}),
        insert(ring(5300, 5000, 5400, 5100), kaek="12", floors="many"),
    ]
    told = post(petra, "save", {"changes": changes, "reason": "x"}, 400)
    assert (told["code"], told["name"], set(told["fields"])) == (
        "invalid_properties",
        "+1",
        {"kaek", "floors"},
    )
    assert not Revision.objects.exists()


def test_a_conflict_tells_what_is_there_now_and_nothing_is_lost(petra: Client, layer: Layer) -> None:
    held = features(petra)
    state = FeatureState(FIRST, {"kaek": FIRST, "use": "park"}, box(5000, 5000, 5100, 5100))
    write_features(layer=layer, states=[state], removed=[SECOND])
    changes = [update(held[FIRST], properties={"floors": 7}), update(held[SECOND], properties={"floors": 8})]
    told = post(petra, "save", {"changes": changes, "reason": "x"}, 412)
    assert told["code"] == "changed_meanwhile"
    assert set(told["now"]) == {FIRST, SECOND}
    assert told["now"][SECOND] is None
    now = told["now"][FIRST]
    assert now["properties"]["use"] == "park"
    post(petra, "save", {"changes": [update(now, properties={"floors": 7})], "reason": "x"})
    assert features(petra)[FIRST]["properties"] == {"kaek": FIRST, "use": "park", "floors": 7}


def test_a_change_holds_from_the_day_that_is_given_or_for_all_time(petra: Client) -> None:
    first = features(petra)[FIRST]
    post(
        petra,
        "save",
        {"changes": [update(first, properties={"use": "park"})], "reason": "x", "valid_from": "2020-05-01"},
    )
    state = Feature.objects.current().get(key=FIRST)
    assert state.valid.lower is not None
    assert state.valid.lower.isoformat() == "2020-04-30T21:00:00+00:00"
    first = features(petra)[FIRST]
    post(
        petra,
        "save",
        {"changes": [update(first, properties={"use": "shops"})], "reason": "x", "correction": True},
    )
    assert (
        Feature.objects.filter(key=FIRST).as_known().get(valid__contains=state.valid.lower).properties["use"]
        == "shops"
    )
    for day in ("1.5.2020", "0001-01-01", "9999-12-31"):
        body = {
            "changes": [update(features(petra)[FIRST], properties={"use": "x"})],
            "reason": "x",
            "valid_from": day,
        }
        assert post(petra, "save", body, 400)["code"] == "bad_day"


def test_overlaps_of_parcels_are_confirmed_or_not_saved(petra: Client) -> None:
    changes = [insert(ring(5190, 5000, 5300, 5100), kaek=THIRD)]
    told = post(petra, "save", {"changes": changes, "reason": "x"}, 409)
    assert told["code"] == "overlaps"
    (finding,) = told["findings"]
    assert (finding["kind"], finding["keys"]) == ("overlap", ["+1", SECOND])
    assert finding["area_m2"] == pytest.approx(1_000, abs=0.5)
    assert not Revision.objects.exists()
    post(petra, "save", {"changes": changes, "reason": "x", "confirmed": True})
    assert set(features(petra)) == {FIRST, SECOND, THIRD}


def test_the_check_finds_gaps_that_an_edit_makes(petra: Client) -> None:
    """The new plot begins 30 cm beside the second; farther away is a lane, and no gap."""
    near = post(petra, "check", {"changes": [insert(ring(5200.3, 5000, 5300, 5100))]})["findings"]
    assert [(one["kind"], round(one["area_m2"])) for one in near] == [("gap", 30)]
    assert post(petra, "check", {"changes": [insert(ring(5204, 5000, 5300, 5100))]})["findings"] == []
    assert post(petra, "check", {"changes": [insert(ring(5200, 5000, 5300, 5100))]})["findings"] == []
    first = features(petra)[FIRST]
    moved = update(first, geometry=ring(5000, 5000, 5099.5, 5100))
    assert [one["kind"] for one in post(petra, "check", {"changes": [moved]})["findings"]] == ["gap"]


def test_a_cut_plot_keeps_its_borders_and_its_area(petra: Client) -> None:
    first = features(petra)[FIRST]
    across = line((4990, 5037), (5110, 5061))
    pieces = post(petra, "shapes", {"act": "split", "geometries": [first["geometry"]], "line": across})[
        "geometries"
    ]
    assert len(pieces) == 2
    changes = [update(first, geometry=pieces[0]), insert(pieces[1], kaek=THIRD)]
    post(petra, "save", {"changes": changes, "reason": "κατάτμηση"})
    one, other = shape_of(FIRST), shape_of(THIRD)
    assert one.area > other.area
    assert one.area + other.area == pytest.approx(10_000, abs=1e-3)
    assert one.intersection(other).area == pytest.approx(0, abs=1e-6)
    shared = set(map(tuple, shapely.get_coordinates(one))) & set(map(tuple, shapely.get_coordinates(other)))
    assert len(shared) == 2
    assert one.union(other).equals_exact(one.union(other).normalize(), 1e-6) or one.touches(other)


def test_a_line_that_does_not_cross_cuts_nothing(petra: Client) -> None:
    first = features(petra)[FIRST]
    body = {"act": "split", "geometries": [first["geometry"]], "line": line((4990, 5050), (5050, 5050))}
    assert post(petra, "shapes", body, 400)["code"] == "not_cut"


def test_neighbours_are_joined_and_strangers_are_not(petra: Client) -> None:
    held = features(petra)
    shapes = [held[FIRST]["geometry"], held[SECOND]["geometry"]]
    (whole,) = post(petra, "shapes", {"act": "merge", "geometries": shapes})["geometries"]
    changes = [update(held[FIRST], geometry=whole), delete(held[SECOND])]
    post(petra, "save", {"changes": changes, "reason": "συνένωση"})
    assert shape_of(FIRST).area == pytest.approx(20_000, abs=1e-6)
    far = ring(5400, 5000, 5500, 5100)
    assert post(petra, "shapes", {"act": "merge", "geometries": [whole, far]}, 400)["code"] == "do_not_touch"


def test_a_side_follows_the_border_that_both_its_ends_stand_on(petra: Client, layer: Layer) -> None:
    """The second plot gets a bay of ten metres in its east side; the new plot is drawn straight along it."""
    west = [(5200, 5100), (5100, 5100), (5100, 5000), (5200, 5000)]
    bay = [*west, (5200, 5040), (5190, 5040), (5190, 5060), (5200, 5060), (5200, 5100)]
    geometry = {"type": "Polygon", "coordinates": [line(*bay)["coordinates"]]}
    post(petra, "save", {"changes": [update(features(petra)[SECOND], geometry=geometry)], "reason": "x"})
    drawn = ring(5200, 5000, 5300, 5100)
    (followed,) = post(petra, "shapes", {"act": "trace", "geometries": [drawn], "without": []})["geometries"]
    post(petra, "save", {"changes": [insert(followed, kaek=THIRD)], "reason": "x"})
    assert shape_of(THIRD).area == pytest.approx(10_200, abs=0.5)
    assert shape_of(THIRD).intersection(shape_of(SECOND)).area == 0


@pytest.mark.parametrize(
    "body",
    [
        *([], {}, {"changes": 1}, {"changes": [1]}, {"changes": [{"act": "steal"}]}, {"changes": []}),
        {"changes": [{"act": "update", "key": FIRST}]},
        {"changes": [{"act": "insert", "geometry": {"type": "Point"}}]},
        {"changes": [{"act": "insert", "properties": [1]}]},
    ],
)
def test_nonsense_is_refused(petra: Client, body: object) -> None:
    for door in ("save", "check", "shapes"):
        post(petra, door, body, 400)


def test_too_many_changes_at_once_are_refused(petra: Client) -> None:
    body = {"changes": [{"act": "insert"}] * 501, "reason": "x"}
    assert post(petra, "save", body, 400)["code"] == "too_many_edits"
