"""People find a place as they type it: any case, any alphabet, with slips, numbers and codes."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from core.geo import to_lonlat
from layers.actions import FeatureState, write_features
from layers.models import PlaceKind
from tests.conftest import SignIn
from tests.factories import FeatureFactory, IssueFactory, LayerFactory, PlaceFactory, Town, at, box

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def found(text: str, client: Client | None = None, **more: Any) -> list[dict[str, Any]]:
    response = (client or Client()).get("/search/", {"q": text, **more}, headers=JSON)
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def titles(text: str, client: Client | None = None, **more: Any) -> list[str]:
    return [hit["title"] for hit in found(text, client, **more)]


@pytest.mark.parametrize(
    "typed",
    [
        "Ασκληπιού 12",
        "ασκληπιου 12",
        "ΑΣΚΛΗΠΙΟΥ 12",
        "asklipiou 12",
        "Asklhpioy 12",
        "12 Ασκληπιού",
        "οδός Ασκληπιού 12",
        "  Ασκληπιού   12 ",
    ],
)
def test_address_is_first_however_it_is_typed(town: Town, typed: str) -> None:
    for number in (1, 2, 112, 120, 121):
        PlaceFactory.create(kind=PlaceKind.ADDRESS, name=f"Ασκληπιού {number}", name_en=f"Asklipiou {number}")
    assert titles(typed)[0] == "Ασκληπιού 12"


@pytest.mark.parametrize("typed", ["Ασκληπιού", "ΑΣΚΛΗΠΙΟΥ", "asklipiou", "Ασκληπ", "ασκλιπιου", "Ασκλπιού"])
def test_street_comes_before_its_numbers(town: Town, typed: str) -> None:
    for number in range(1, 12):
        PlaceFactory.create(
            kind=PlaceKind.ADDRESS, name=f"Ασκληπιού {number}", name_en=f"Asklipiou {number}", weight=10
        )
    assert titles(typed)[0] == "Ασκληπιού"


def test_number_that_does_not_exist_finds_the_street(town: Town) -> None:
    assert "Ασκληπιού" in titles("Ασκληπιού 999")


@pytest.mark.parametrize("typed", ["Άγιος", "ΑΓΙΟΣ", "αγιοσ", "agios", "Αγίος"])
def test_final_sigma_and_accents_do_not_matter(typed: str) -> None:
    PlaceFactory.create(name="Άγιος Ανδρέας", name_en="")
    PlaceFactory.create(name="Πλατεία Γεωργίου", name_en="")
    assert titles(typed) == ["Άγιος Ανδρέας"]


def test_english_name_finds_the_place_and_is_shown_to_english_readers() -> None:
    PlaceFactory.create(name="Δημαρχείο", name_en="Town Hall")
    assert titles("town hall") == ["Δημαρχείο"]
    assert titles("town hall", Client(headers={"Cookie": "django_language=en"})) == ["Town Hall"]


def test_what_follows_a_comma_tells_which() -> None:
    for area in ("Βόρεια", "Νότια"):
        PlaceFactory.create(kind=PlaceKind.STREET, name="Αθηνάς", context=area)
    assert [hit["context"] for hit in found("Αθηνάς, νοτια")] == ["Νότια", "Βόρεια"]


def test_nearer_of_two_namesakes_comes_first() -> None:
    PlaceFactory.create(kind=PlaceKind.STREET, name="Αθηνάς", context="Δύση", location=at(1000, 5000))
    PlaceFactory.create(kind=PlaceKind.STREET, name="Αθηνάς", context="Ανατολή", location=at(9000, 5000))
    east, west = to_lonlat(at(9100, 5000)), to_lonlat(at(900, 5000))
    assert [hit["context"] for hit in found("Αθηνάς", lon=east.x, lat=east.y)] == ["Ανατολή", "Δύση"]
    assert [hit["context"] for hit in found("Αθηνάς", lon=west.x, lat=west.y)] == ["Δύση", "Ανατολή"]


def test_hit_tells_where_it_is() -> None:
    place = to_lonlat(at(5010, 7505))
    PlaceFactory.create(
        kind=PlaceKind.ADDRESS, name="Ασκληπιού 12", location=at(5010, 7505), context="Κέντρο"
    )
    [hit] = found("Ασκληπιού 12")
    assert (hit["lon"], hit["lat"]) == (pytest.approx(place.x, abs=1e-6), pytest.approx(place.y, abs=1e-6))
    assert (hit["kind"], hit["context"], hit["zoom"], hit["bbox"]) == ("διεύθυνση", "Κέντρο", 19, None)


class TestCoordinates:
    @pytest.mark.parametrize(
        "typed", ["38.2461, 21.7351", "38.2461 21.7351", "38,2461 21,7351", "38,2461; 21,7351"]
    )
    def test_latitude_and_longitude(self, typed: str) -> None:
        [hit] = found(typed)
        assert (hit["lat"], hit["lon"]) == (38.2461, 21.7351)

    def test_metres_of_the_storage_crs(self, town: Town) -> None:
        place = to_lonlat(at(5000, 7500))
        hit = found("305000 4237500")[0]
        assert (hit["lon"], hit["lat"]) == (
            pytest.approx(place.x, abs=1e-6),
            pytest.approx(place.y, abs=1e-6),
        )

    @pytest.mark.parametrize("typed", ["99.5, 200.1", "38 21", "1e999 1e999", "305000 99999999999"])
    def test_what_is_no_place_is_no_hit(self, typed: str) -> None:
        assert found(typed) == []


class TestCodes:
    def test_parcel_by_its_code(self) -> None:
        layer = LayerFactory.create(slug="parcels", theme="cadastre")
        write_features(layer=layer, states=[FeatureState("050190440123", {}, box(5000, 5000, 5020, 5030))])
        [hit] = found("050190440123")
        assert hit["url"] == f"/layers/parcels/{layer.features.get().pk}/"
        assert len(hit["bbox"]) == 4
        assert found("050190440123/0/0") == [hit]

    def test_parcel_of_a_layer_for_staff_is_for_staff(self, bea: User, sign_in: SignIn) -> None:
        layer = LayerFactory.create(slug="parcels", theme="cadastre", visibility="staff")
        FeatureFactory.create(layer=layer, key="050190440123")
        assert found("050190440123") == []
        assert len(found("050190440123", sign_in(bea))) == 1

    @pytest.mark.parametrize("typed", ["ΦΩ-01234", "φω-01234", "fo-01234", "ΦΩ-012"])
    def test_asset_by_its_code(self, town: Town, typed: str) -> None:
        hit = found(typed)[0]
        assert (hit["title"], hit["context"]) == ("ΦΩ-01234", "Φωτιστικό")
        assert Client().get(hit["url"]).status_code == 200

    def test_asset_kept_to_staff_is_for_staff(self, town: Town, bea: User, sign_in: SignIn) -> None:
        town.streetlight.visibility = "staff"
        town.streetlight.save()
        assert titles("ΦΩ-01234") == []
        assert titles("ΦΩ-01234", sign_in(bea)) == ["ΦΩ-01234"]

    def test_public_issue_by_its_number(self, dora: User, sign_in: SignIn) -> None:
        public, private = IssueFactory.create(), IssueFactory.create(is_public=False)
        [hit] = found(public.number)
        assert hit["url"] == f"/issues/{public.number}/"
        assert found(private.number) == found(private.number, sign_in(dora)) == []


def test_nonsense_that_sounds_like_one_letter_finds_nothing() -> None:
    PlaceFactory.create(name="Ζαΐμη", name_en="Zaimi")
    assert titles("zzzzz") == []
    assert titles("z") == ["Ζαΐμη"]


def test_nothing_typed_finds_nothing() -> None:
    assert found("") == found("   ") == []


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP", "\\", "%%%", "((((", "٣٤", "12", "α", "x" * 5000])
def test_odd_texts_are_answered(town: Town, typed: str) -> None:
    assert Client().get("/search/", {"q": typed}, headers=JSON).status_code == 200


def test_page_works_without_a_script(town: Town) -> None:
    page = Client().get("/search/", {"q": "asklipiou 12"}).content.decode()
    assert "Ασκληπιού 12" in page
    assert "/#map=19/" in page
    assert "&lt;script" in Client().get("/search/", {"q": "<script>"}).content.decode()


def test_bad_position_is_refused() -> None:
    response = Client().get("/search/", {"q": "a", "lon": "x", "lat": "y"}, headers=JSON)
    assert (response.status_code, response.json()["code"]) == (400, "bad_coordinates")


def test_queries_are_few(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    PlaceFactory.create_batch(20, name="Αθηνάς")
    with django_assert_num_queries(4):  # savepoint, threshold, places, release
        found("Αθηνάς")
