"""Part 4: who may not write, and what is not taken; nothing of it changes a row."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from layers.models import Feature, Layer, Visibility
from tests.conftest import SignIn
from tests.factories import Town, box
from tests.ogc.writing import (
    FIRST,
    GEOJSON,
    ITEMS,
    PATCH,
    SECOND,
    Program,
    basic,
    code,
    feature,
    new,
    planner_of,
    plots,
    ring,
)

pytestmark = pytest.mark.django_db
ODD: list[Any] = [1, [], {}, {"type": "Circle"}, {"type": ["Point"]}, {"type": "Point"}]


@pytest.fixture
def layer(town: Town) -> Layer:
    planner_of(town)
    return plots()


@pytest.fixture
def program(layer: Layer) -> Iterator[Program]:
    """Nothing that it asks in these tests changes a row."""
    rows = Feature.objects.of_layer(layer.pk).order_by("pk").values_list("pk", "recorded", "properties")
    before = list(rows)
    yield Program(basic())
    assert list(rows.all()) == before


def test_nobody_writes_without_a_name(program: Program) -> None:
    response = Program().post(new())
    assert code(response, 401) == "sign_in_needed"
    assert response.headers["WWW-Authenticate"].startswith("Basic ")
    assert code(Program().delete(FIRST), 401) == "sign_in_needed"


def test_a_wrong_password_is_refused_for_reading_too(program: Program) -> None:
    for authorization in (
        basic(password="guess"),
        basic("nobody@example.gr"),
        "Basic ???",
        "Basic",
        "Basic YQ==",
    ):
        response = Program(authorization).get(ITEMS)
        assert code(response, 401) == "wrong_password"
        assert response.headers["WWW-Authenticate"].startswith("Basic ")


def test_passwords_cannot_be_guessed_here_either(program: Program) -> None:
    for number in range(15):
        assert Program(basic(password=f"guess {number}")).get(ITEMS).status_code == 401
    assert code(Program(basic()).get(ITEMS), 429) == "too_many_requests"


def test_a_changed_password_or_a_closed_account_ends_it_at_once(program: Program) -> None:
    assert program.get(ITEMS).status_code == 200
    user = User.objects.get(email="petra@example.gr")
    user.is_active = False
    user.save()
    assert program.get(ITEMS).status_code == 401
    user.is_active = True
    user.set_password("another long password")
    user.save()
    assert program.get(ITEMS).status_code == 401


def test_a_password_opens_nothing_else(program: Program) -> None:
    response = Program(basic()).get("/desk/")
    assert response.status_code == 302
    assert "/login/" in response.headers["Location"]


def test_other_roles_do_not_write(
    program: Program, sign_in: SignIn, bea: User, alice: User, executive: User
) -> None:
    for person in (bea, alice, executive):
        response = sign_in(person).post(ITEMS, new(), GEOJSON, headers={"Accept": "application/json"})
        assert code(response, 403) == "not_allowed"


def test_a_session_needs_the_token_of_our_pages(program: Program) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email="petra@example.gr"))
    response = client.post(ITEMS, new(), GEOJSON, headers={"Accept": "application/json"})
    assert code(response, 403) == "from_elsewhere"


def test_a_page_of_another_site_cannot_use_a_password_that_the_browser_kept(program: Program) -> None:
    assert code(program.post(new(), **{"Sec-Fetch-Site": "cross-site"}), 403) == "from_elsewhere"
    assert code(program.delete(FIRST, **{"Sec-Fetch-Site": "same-site"}), 403) == "from_elsewhere"


def test_what_is_not_open_for_editing_is_not_written(program: Program, town: Town) -> None:
    plots(slug="closed", is_editable=False)
    for name in ("closed", "issues", "areas-municipality"):
        response = program.ask("POST", f"/ogc/collections/{name}/items", new())
        assert code(response, 405) == "method_not_allowed"
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert code(program.ask("PUT", ITEMS, new()), 405) == "method_not_allowed"


def test_what_one_may_not_see_is_not_there(program: Program) -> None:
    plots(slug="secret", visibility=Visibility.DEPARTMENTS)
    for who in (program, Program()):
        assert code(who.ask("POST", "/ogc/collections/secret/items", new()), 404) == "no_collection"
        assert who.ask("OPTIONS", "/ogc/collections/secret/items").status_code == 404


def test_media_types(program: Program) -> None:
    assert code(program.post(new(), kind=""), 400) == "no_media_type"
    assert code(program.post(new(), kind="text/plain"), 415) == "unsupported_body"
    assert code(program.post(new(), kind="application/x-www-form-urlencoded"), 415) == "unsupported_body"
    assert code(program.ask("PATCH", f"{ITEMS}/{FIRST}", {}, GEOJSON), 415) == "unsupported_body"
    assert code(program.ask("PUT", f"{ITEMS}/{FIRST}", new(), PATCH), 415) == "unsupported_body"


@pytest.mark.parametrize(
    "body",
    [
        *(b" ", b"{", b"[]", b"null", b'"a"', b"\xff\xfe", b"{}", b'{"type":"Feature"}', b"[" * 100_000),
        b'{"type":"FeatureCollection","features":[]}',
        b'{"type":"Feature","geometry":null,"properties":[]}',
        b'{"type":"Feature","geometry":null,"properties":{"use":NaN}}',
        b'{"type":"Feature","geometry":null,"properties":{"floors":1e999}}',
        b'{"type":"Feature","geometry":null,"properties":{"floors":' + b"9" * 5_000 + b"}}",
        b'{"type":"Feature","geometry":null,"properties":{"use":"a\\u0000b"}}',
        b'{"type":"Feature","geometry":null,"properties":{"use":"\\ud800"}}',
        b'{"type":"Feature","geometry":null,"properties":{},"id":true}',
        b'{"type":"Feature","geometry":null,"properties":{},"crs":{"type":"name"}}',
    ],
)
def test_bodies_that_are_no_feature(program: Program, body: bytes) -> None:
    assert code(program.post(body), 400) == "bad_body"
    assert program.put(FIRST, body).status_code == 400


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        *((one, "bad_shape") for one in ODD),
        ({"type": "GeometryCollection", "geometries": []}, "bad_shape"),
        ({"type": "Polygon", "coordinates": []}, "bad_shape"),
        ({"type": "Polygon", "coordinates": [[[23, 38], [23, 38]]]}, "bad_shape"),
        ({"type": "Polygon", "coordinates": [[[23, 38], [23.1, 38], [23.1, 38.1], [23, 38.1]]]}, "bad_shape"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "bad_shape"),
        ({"type": "Polygon", "coordinates": [[[True, 38], [1, 2], [3, 4], [True, 38]]]}, "bad_shape"),
        ({"type": "Polygon", "coordinates": {"0": 1}}, "bad_shape"),
        ({"type": "Point", "coordinates": [23, 38]}, "other_kind"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, "outside_municipality"),
        ({"type": "Polygon", "coordinates": [[[500, 95], [501, 95], [501, 96], [500, 95]]]}, "bad_shape"),
        (None, "needs_shape"),
    ],
)
def test_shapes_that_are_none(program: Program, geometry: Any, expected: str) -> None:
    sent = {**new(), "geometry": geometry}
    assert code(program.post(sent), 400) == expected
    assert code(program.patch(FIRST, {"geometry": geometry}), 400) == expected


def test_a_flat_outline_is_refused(program: Program) -> None:
    corners = ring(5300, 5000, 5400, 5100)["coordinates"][0]
    for flat in ([corners[0], corners[1], corners[0]], [corners[0]] * 4):
        sent = {**new(), "geometry": {"type": "Polygon", "coordinates": [flat]}}
        assert code(program.post(sent), 400) == "shape_not_valid"


def test_an_outline_that_crosses_itself_is_refused_with_the_place(program: Program) -> None:
    corners = ring(5300, 5000, 5400, 5100)["coordinates"][0]
    bow = {"type": "Polygon", "coordinates": [[corners[0], corners[2], corners[1], corners[3], corners[0]]]}
    response = program.post({**new(), "geometry": bow})
    assert code(response, 400) == "shape_not_valid"
    assert "305350" in response.json()["detail"]
    assert "4235050" in response.json()["detail"]


def test_huge_polygons(program: Program) -> None:
    west, south = ring(5300, 5000, 5400, 5100)["coordinates"][0][0]
    many = [[west + n * 1e-9, south] for n in range(20_001)]
    shape = {"type": "Polygon", "coordinates": [[*many, many[0]]]}
    assert code(program.post({**new(), "geometry": shape}), 400) == "too_many_corners"
    larger = b'{"type":"Feature","properties":{"use":"' + b"a" * 3_000_000 + b'"},"geometry":null}'
    assert code(program.post(larger), 413) == "body_too_large"


def test_foreign_systems(program: Program) -> None:
    for uri in ("<http://www.opengis.net/def/crs/EPSG/0/32634>", "<urn:nonsense>", "nonsense", "<>"):
        assert code(program.post(new(), **{"Content-Crs": uri}), 400) == "bad_value"
    grid = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/2100>"}
    assert code(program.post(new(), **grid), 400) == "outside_municipality"
    there = {"type": "Polygon", "coordinates": box(5300, 5000, 5400, 5100).coords}
    assert code(program.post({**new(), "geometry": there}), 400) == "bad_shape"


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ({"floors": "three"}, ("Όροφοι", "three")),
        ({"floors": True}, ("Όροφοι", "True")),
        ({"floors": 3.5}, ("Όροφοι", "3.5")),
        ({"floors": 12}, ("Όροφοι", "9", "12")),
        ({"floors": -1}, ("Όροφοι", "0", "-1")),
        ({"use": ["a"]}, ("Χρήση",)),
        ({"use": "a" * 21}, ("Χρήση", "20")),
        ({"use": None}, ("Χρήση",)),
        ({"since": "1.3.2024"}, ("Από", "1.3.2024")),
        ({"since": "2024-02-31"}, ("Από", "2024-02-31")),
        ({"colour": "red"}, ("colour", "kaek")),
    ],
)
def test_values_that_do_not_fit_are_named_as_the_reader_calls_them(
    program: Program, properties: dict[str, Any], told: tuple[str, ...]
) -> None:
    response = program.post(new(**properties))
    assert code(response, 400) == "invalid_properties"
    assert all(word in response.json()["detail"] for word in told), response.json()["detail"]
    if properties != {"use": None}:
        assert code(program.patch(FIRST, {"properties": properties}), 400) == "invalid_properties"


def test_keys(program: Program) -> None:
    assert code(program.post(feature()), 400) == "key_needed"
    assert code(program.post(feature(kaek="05/1")), 400) == "invalid_properties"
    assert code(program.post({**feature(), "id": "05/1"}), 400) == "invalid_properties"
    assert code(program.post(feature(kaek=FIRST)), 409) == "key_taken"
    assert code(program.post(feature(kaek="1" * 201)), 400) == "bad_body"
    assert code(program.put(FIRST, feature(kaek=SECOND)), 400) == "invalid_properties"
    assert code(program.patch(FIRST, {"properties": {"kaek": None}}), 400) == "invalid_properties"
    for key in ("none", "'; DROP TABLE layers_feature; --"):
        assert code(program.put(key, feature()), 404) == "no_item"
        assert code(program.delete(key, **{"If-Match": '"x"'}), 404) == "no_item"


def test_unknown_parameters(program: Program) -> None:
    assert code(program.ask("POST", f"{ITEMS}?nonsense=1", new()), 400) == "unknown_parameter"
    assert code(program.ask("POST", f"{ITEMS}?reason={'a' * 301}", new()), 400) == "bad_reason"
