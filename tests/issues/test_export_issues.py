"""`/issues/export/`: the list as it is filtered, and nothing of anybody who reported."""

import csv
import io
import json
import zipfile
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client

from accounts.models import User
from issues.actions.report import Contact, report_issue
from tests.conftest import SignIn
from tests.factories import IssueFactory, Town, at

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE, TEXT = "Ξανθίππη Μυστικοπούλου", "x.secret@private.example", "6900112233", "Ο γείτονας"


def rows(client: Client, **asked: str) -> list[dict[str, str]]:
    response = client.get("/issues/export/", {"format": "csv", **asked})
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))


@pytest.fixture
def reported(town: Town) -> Any:
    contact = Contact(NAME, EMAIL, PHONE, "el")
    return report_issue(category=town.dark_lamp, location=at(5010, 7500), description=TEXT, contact=contact)


def test_the_filters_of_the_page_hold(town: Town) -> None:
    lamp = IssueFactory.accepted(category=town.dark_lamp, department=town.lighting_north)
    hole = IssueFactory.accepted(category=town.pothole, department=town.roads)
    fixed = IssueFactory.resolved(category=town.dark_lamp, department=town.lighting_north)
    assert {row["number"] for row in rows(Client())} == {lamp.number, hole.number, fixed.number}
    assert [row["number"] for row in rows(Client(), category=town.pothole.slug)] == [hole.number]
    assert [row["number"] for row in rows(Client(), look="fixed")] == [fixed.number]
    assert [row["number"] for row in rows(Client(), q=lamp.number)] == [lamp.number]
    assert rows(Client(), category="no-such-kind") == []


def test_all_pages_of_the_list_are_in_it(town: Town) -> None:
    for _ in range(30):
        IssueFactory.accepted(category=town.dark_lamp, department=town.lighting_north)
    assert len(rows(Client(), page="1")) == 30


@pytest.mark.parametrize("name", ["csv", "geojson", "kml", "gpkg", "xlsx", "parquet", "dxf"])
def test_no_format_tells_of_a_reporter_or_of_words_nobody_read(
    town: Town, reported: Any, dora: User, sign_in: SignIn, name: str
) -> None:
    for client in (Client(), sign_in(dora)):
        response = client.get("/issues/export/", {"format": name, "archive": "1"})
        with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
            parts = {member: archive.read(member) for member in archive.namelist()}
        if name == "xlsx":
            with zipfile.ZipFile(io.BytesIO(parts["issues.xlsx"])) as book:
                parts |= {member: book.read(member) for member in book.namelist()}
        if name == "parquet":
            table = pq.read_table(io.BytesIO(parts["issues.parquet"]))
            parts["rows"] = str(table.to_pylist()).encode()
        assert any(reported.number.encode() in part for part in parts.values())
        for secret in (NAME, EMAIL, PHONE, TEXT):
            assert not any(secret.encode() in part for part in parts.values()), (secret, name)


def test_words_that_staff_have_shown_are_in_it(town: Town, reported: Any) -> None:
    assert [row["description"] for row in rows(Client())] == [""]
    type(reported).objects.filter(pk=reported.pk).update(is_text_public=True)
    assert [row["description"] for row in rows(Client())] == [TEXT]


def test_a_private_report_is_for_those_who_handle_it(
    town: Town, bea: User, carl: User, sign_in: SignIn
) -> None:
    private = IssueFactory.accepted(category=town.complaint, department=town.lighting_north, is_public=False)
    assert [row["number"] for row in rows(sign_in(bea))] == [private.number]
    assert rows(sign_in(carl)) == rows(Client()) == []


def test_places_are_degrees_and_the_list_offers_the_file_with_its_filters(town: Town, reported: Any) -> None:
    response = Client().get("/issues/export/", {"format": "geojson"})
    [feature] = json.loads(b"".join(response))["features"]
    longitude, latitude = feature["geometry"]["coordinates"]
    assert 21 < longitude < 23
    assert 37 < latitude < 39
    page = Client().get("/issues/", {"look": "open"}).content.decode()
    assert 'action="/issues/export/"' in page
    assert '<input type="hidden" name="look" value="open">' in page
