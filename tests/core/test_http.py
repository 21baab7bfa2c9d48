"""The edge: what no view should ever see is answered with a status and a sentence."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
REFUSED = "Το αίτημα δεν έγινε κατανοητό"


@pytest.mark.parametrize(
    "address", ["/issues/%00/", "/search/?q=%00", "/report/?asset=a%00:b", "/t/x%00y/", "/assets/lamp/%00/"]
)
def test_text_that_no_database_stores_is_refused(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert REFUSED in answer.content.decode()


def test_such_a_text_in_a_form_is_refused(client: Client) -> None:
    assert client.post("/report/", {"asset": "a\0:b", "go": "find"}).status_code == 400
    assert client.post("/report/", {"a\0b": "c"}).status_code == 400


def test_cookie_with_such_a_text_is_left_out(client: Client) -> None:
    cookie = r'sessionid="abcdefgh\000ijkl"; django_language=en'
    answer = client.get("/about/", headers={"cookie": cookie})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "en"


def test_refusal_is_json_for_who_asks_for_json(client: Client) -> None:
    answer = client.get("/search/?q=%00", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_text")


@pytest.mark.parametrize(
    ("method", "address", "allowed"), [("put", "/issues/", "GET"), ("get", "/language/", "POST")]
)
def test_wrong_method_is_told_in_a_sentence(client: Client, method: str, address: str, allowed: str) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert allowed in answer.headers["Allow"]
    assert REFUSED in answer.content.decode()


def test_too_many_fields_are_refused_in_a_sentence(client: Client) -> None:
    answer = client.post("/report/", {f"field{number}": "" for number in range(1200)})
    assert answer.status_code == 400
    assert REFUSED in answer.content.decode()


def test_upload_that_broke_off_is_refused_in_a_sentence(client: Client) -> None:
    answer = client.post("/report/", b"--x\r\nbroken", content_type="multipart/form-data; boundary=\xff")
    assert answer.status_code == 400
    assert REFUSED in answer.content.decode()
