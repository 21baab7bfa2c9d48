"""`/data/catalogue.jsonld` and `.ttl`: what data portals read of the public layers, and nothing of the others."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from accounts.models import User
from layers.actions import FeatureState, write_features
from layers.models import Layer
from tests.conftest import SignIn
from tests.factories import LayerFactory, box

pytestmark = pytest.mark.django_db
HOSTILE = 'Χρήσεις "γης" \\ του\nΔήμου\t> . <x'


@pytest.fixture
def uses(db: None) -> Layer:
    layer: Layer = LayerFactory.create(
        slug="uses",
        title=HOSTILE,
        title_en="Land use",
        description="Το σχέδιο",
        description_en="The plan",
        theme="environment",
        source='ΦΕΚ "214"',
        licence="CC BY 4.0",
    )
    state = FeatureState("A", {}, box(0, 0, 100, 50))
    moment = datetime(2020, 5, 1, 9, tzinfo=UTC)
    write_features(layer=layer, states=[state], valid_from=moment, recorded_at=moment)
    return layer


def graph(kind: str, client: Client | None = None) -> Graph:
    answer = (client or Client()).get(f"/data/catalogue.{kind}")
    assert answer.status_code == 200
    read = Graph()
    read.parse(data=answer.content, format={"jsonld": "json-ld", "ttl": "turtle"}[kind])
    return read


def dataset(read: Graph, slug: str) -> URIRef:
    found = read.value(predicate=DCTERMS.identifier, object=Literal(slug))
    assert isinstance(found, URIRef)
    return found


@pytest.mark.parametrize("kind", ["jsonld", "ttl"])
def test_a_layer_is_told_in_both_languages_with_its_box_days_and_files(uses: Layer, kind: str) -> None:
    read = graph(kind)
    one = dataset(read, "uses")
    assert (one, RDF.type, DCAT.Dataset) in read
    assert {(str(title), getattr(title, "language", "")) for title in read.objects(one, DCTERMS.title)} == {
        (HOSTILE, "el"),
        ("Land use", "en"),
    }
    assert set(read.objects(one, DCTERMS.description)) == {
        Literal("Το σχέδιο", "el"),
        Literal("The plan", "en"),
    }
    assert str(read.value(one, DCAT.theme)).endswith("/data-theme/ENVI")
    assert str(read.value(one, DCTERMS.issued)).startswith("2020-05-01T09:00:00")
    place = read.value(one, DCTERMS.spatial)
    assert str(read.value(place, DCAT.bbox)).startswith("POLYGON((")
    files = list(read.objects(one, DCAT.distribution))
    addresses = {str(read.value(each, DCAT.accessURL)) for each in files}
    assert addresses == {
        "http://testserver/export/uses/?format=gpkg",
        "http://testserver/export/uses/?format=geojson",
        "http://testserver/ogc/collections/uses",
    }
    licences = {str(read.value(each, DCTERMS.license)) for each in files}
    assert licences == {"https://creativecommons.org/licenses/by/4.0/"}


def test_both_forms_say_the_same(uses: Layer) -> None:
    assert isomorphic(graph("jsonld"), graph("ttl"))


def test_every_address_opens(uses: Layer) -> None:
    read = graph("ttl")
    for each in read.objects(dataset(read, "uses"), DCAT.distribution):
        path = str(read.value(each, DCAT.accessURL)).removeprefix("http://testserver")
        assert Client().get(path).status_code == 200


@pytest.mark.parametrize("kind", ["jsonld", "ttl"])
def test_hidden_layers_are_told_to_nobody(uses: Layer, dora: User, sign_in: SignIn, kind: str) -> None:
    LayerFactory.create(slug="debts", title="Οφειλές", title_en="Debts", visibility="staff")
    told = sign_in(dora).get(f"/data/catalogue.{kind}")
    assert told["Cache-Control"].startswith("public")
    text = told.content.decode()
    assert "uses" in text
    assert "debts" not in text
    assert "Οφειλές" not in text


def test_a_portal_without_layers_tells_of_issues_alone(db: None) -> None:
    read = graph("ttl")
    told = {str(read.value(one, DCTERMS.identifier)) for one in read.subjects(RDF.type, DCAT.Dataset)}
    assert told == {"issues", "issues-fixed"}
    assert isomorphic(read, graph("jsonld"))
