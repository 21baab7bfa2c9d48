"""A map as one file: everything inside, nothing from anywhere else, and only what the reader may see."""

import json
import re
from typing import Any

import pytest
from django.contrib.gis.geos import LineString
from django.test import Client

from accounts.models import User
from layers.models import Layer
from planning.printing.offline import build
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.planning.printing.test_sheet import place

HTML = "/plan/print/map.html"
EVIL = "</script><script>alert('x')</script><img src=x onerror=alert(1)>"
SCHEMA = {"properties": {"name": {"type": "string", "title": "Όνομα", "title_en": "Name"}}}


@pytest.fixture
def zones(town: Town) -> Layer:
    style = [{"type": "fill", "paint": {"fill-color": "#0054ba", "fill-opacity": 0.5}}]
    layer: Layer = LayerFactory.create(slug="zones", title="Ζώνες", style=style, field_schema=SCHEMA)
    FeatureFactory.create(layer=layer, geom=box(5000, 5000, 5100, 5100), properties={"name": "Κέντρο"})
    return layer


def file(client: Any = None, **words: Any) -> str:
    asked = {"layers": "zones", "map": place(), "scale": "2000", **words}
    response = (client or Client()).get(HTML, asked)
    assert response.status_code == 200, response.content[:400]
    return response.content.decode()


def layers_in(text: str) -> list[dict[str, Any]]:
    """The data of each layer."""
    return [json.loads(found) for found in re.findall(r"offlineLayer\((\{.*\})\);", text)]


def test_nothing_is_loaded_from_anywhere(zones: Layer) -> None:
    text = file()
    assert not re.search(r"<(script|link|img|iframe)[^>]*\s(src|href)=", text)
    assert not re.search(r"url\((?!data:)[^)]*\.(png|gif|svg|woff)", text)
    assert "cdn." not in text
    assert "sourceMappingURL" not in text


def test_features_lie_where_they_are_and_look_as_on_the_map(zones: Layer) -> None:
    [layer] = [one for one in layers_in(file()) if "shapes" in one]
    [[kind, [ring], popup]] = layer["shapes"]
    assert kind == "Polygon"
    latitude, longitude = ring[0]
    assert (35 < latitude < 40, 20 < longitude < 23) == (True, True)
    [[is_raised, members, looks]] = layer["parts"]
    assert (is_raised, members) == (False, [[0, 0]])
    assert {look["fillColor"] for look in looks[0] if look} == {"#0054ba"}
    assert {look["fillOpacity"] for look in looks[0] if look} == {0.5}
    assert "Κέντρο" in popup


def test_opacity_order_filter_and_dates_are_those_of_the_map(zones: Layer) -> None:
    lines = LayerFactory.create(slug="lines", geometry_kind="line", title="Γραμμές")
    FeatureFactory.create(
        layer=lines, geom=LineString(at(5000, 5000).coords, at(5100, 5100).coords, srid=2100)
    )
    text = file(layers="zones~0.5,lines")
    first, second = (one for one in layers_in(text) if "shapes" in one)
    assert first["parts"][0][2][0][-1]["fillOpacity"] == 0.25
    assert second["shapes"][0][0] == "LineString"
    assert text.index("Ζώνες") < text.index("Γραμμές") or "Γραμμές" in text
    assert layers_in(file(**{"filter.zones": "name = 'Άλλο'"}))[-1]["shapes"] == []
    assert layers_in(file(valid="1990-01-01"))[-1]["shapes"] == []


def test_looks_follow_the_zoom(town: Town) -> None:
    width = ["interpolate", ["linear"], ["zoom"], 12, 1, 18, 7]
    style = [{"type": "line", "minzoom": 15, "paint": {"line-color": "#c81e14", "line-width": width}}]
    layer = LayerFactory.create(slug="zones", geometry_kind="line", style=style)
    FeatureFactory.create(
        layer=layer, geom=LineString(at(5000, 5000).coords, at(5100, 5100).coords, srid=2100)
    )
    [[_raised, _members, [looks]]] = layers_in(file(scale="10000"))[-1]["parts"]
    widths = [look["weight"] for look in looks if look]
    assert looks[0] is None
    assert widths == sorted(widths)
    assert len(set(widths)) > 2


def test_hostile_words_are_words(town: Town) -> None:
    layer = LayerFactory.create(slug="zones", title=EVIL, title_en=EVIL, field_schema=SCHEMA, source=EVIL)
    FeatureFactory.create(layer=layer, geom=box(5000, 5000, 5100, 5100), properties={"name": EVIL})
    text = file(title=EVIL, note="{{ 7 * 7 }}{% raw %}")
    assert "alert('x')" not in text
    assert "<img src=x" not in text
    assert "{{ 7 * 7 }}" in text


def test_the_popup_and_the_names_speak_the_language_of_the_reader(zones: Layer) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    [shape] = layers_in(file(client))[-1]["shapes"]
    assert "Name" in shape[2]
    assert "Όνομα" in layers_in(file())[-1]["shapes"][0][2]


def test_hidden_fields_rows_and_layers_are_not_in_the_file(
    town: Town, sign_in: SignIn, planner: User
) -> None:
    fields = {"name": {"type": "string"}, "owner": {"type": "string", "visibility": "staff"}}
    layer = LayerFactory.create(
        slug="zones", field_schema={"properties": fields}, public_rows="name <> 'κρυφό'"
    )
    for name in ("φανερό", "κρυφό"):
        facts = {"name": name, "owner": "ΙΔΙΟΚΤΗΤΗΣ"}
        FeatureFactory.create(layer=layer, geom=box(5000, 5000, 5100, 5100), properties=facts)
    LayerFactory.create(slug="inside", title="Εσωτερικό", visibility="staff")
    text = file(layers="zones,inside")
    assert "φανερό" in text or "\\u03c6" in text
    words = [json.dumps(word)[1:-1] for word in ("κρυφό", "ΙΔΙΟΚΤΗΤΗΣ", "Εσωτερικό")]
    assert not [word for word in [*words, "κρυφό", "ΙΔΙΟΚΤΗΤΗΣ", "Εσωτερικό"] if word in text]
    own = file(sign_in(planner), layers="zones,inside")
    assert all(word in own or json.dumps(word)[1:-1] in own for word in ("κρυφό", "ΙΔΙΟΚΤΗΤΗΣ"))


def test_too_much_for_one_file_is_refused_with_a_sentence(
    zones: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    FeatureFactory.create(layer=zones, geom=box(5000, 5000, 5100, 5100))
    monkeypatch.setattr(build, "MOST_FEATURES", 1)
    asked = {"layers": "zones", "map": place(), "scale": "2000"}
    response = Client().get(HTML, asked, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["code"] == "too_much_for_one_file"
