"""`datetime` and `known` read the past of a layer."""

from datetime import UTC, datetime

import pytest

from layers.actions import FeatureState, write_features
from layers.models import Layer
from tests.factories import LayerFactory, Town, box
from tests.ogc.asking import COLLECTIONS, get, ids, items, refusal

pytestmark = pytest.mark.django_db
ITEMS = f"{COLLECTIONS}/zones/items"


def day(year: int, month: int = 1) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC)


def zone(ratio: float, key: str = "Z1") -> FeatureState:
    return FeatureState(key, {"ratio": ratio}, box(0, 0, 100, 100))


@pytest.fixture
def zones(town: Town) -> Layer:
    """Z1 had 1.2 from 2021 and has 0.8 from 2024, recorded in 2021 and 2025."""
    schema = {"type": "object", "properties": {"ratio": {"type": "number"}}}
    layer: Layer = LayerFactory.create(slug="zones", field_schema=schema)
    write_features(layer=layer, states=[zone(1.2)], valid_from=day(2021), recorded_at=day(2021))
    write_features(layer=layer, states=[zone(0.8)], valid_from=day(2024), recorded_at=day(2025))
    return layer


def ratios(**query: str) -> list[float]:
    return [feature["properties"]["ratio"] for feature in items("zones", **query)["features"]]


def test_an_instant_tells_what_held_then(zones: Layer) -> None:
    assert ratios() == [0.8]
    assert ratios(datetime="2022-06-01T00:00:00Z") == [1.2]
    assert ratios(datetime="2024-06-01T00:00:00+02:00") == [0.8]
    assert ratios(datetime="2020-06-01T00:00:00Z") == []


def test_an_interval_is_closed_at_both_ends(zones: Layer) -> None:
    assert ratios(datetime="2022-01-01T00:00:00Z/2022-12-31T00:00:00Z") == [1.2]
    assert ratios(datetime="2020-01-01T00:00:00Z/2021-01-01T00:00:00Z") == [1.2]
    assert ratios(datetime="2020-01-01T00:00:00Z/2020-12-31T23:59:59Z") == []
    assert sorted(ratios(datetime="2023-12-01T00:00:00Z/2024-01-01T00:00:00Z")) == [0.8, 1.2]
    assert sorted(ratios(datetime="../..")) == [0.8, 1.2]
    assert ratios(datetime="../2021-06-01T00:00:00Z") == ratios(datetime="/2021-06-01T00:00:00Z") == [1.2]
    assert ratios(datetime="2024-06-01T00:00:00Z/..") == ratios(datetime="2024-06-01T00:00:00Z/") == [0.8]


def test_what_was_known_then_is_told(zones: Layer) -> None:
    assert ratios(datetime="2024-06-01T00:00:00Z", known="2024-06-01T00:00:00Z") == [1.2]
    assert ratios(datetime="2024-06-01T00:00:00Z", known="2025-06-01T00:00:00Z") == [0.8]
    assert ratios(known="2024-06-01") == [1.2]
    assert ratios(datetime="../..", known="2024-06-01") == [1.2]
    assert refusal(ITEMS, status=404, known="2020-01-01") == "before_history"


def test_an_item_has_a_past(zones: Layer) -> None:
    then = get(f"{ITEMS}/Z1", datetime="2022-06-01T00:00:00Z")
    assert then["properties"]["ratio"] == 1.2
    assert refusal(f"{ITEMS}/Z1", status=404, datetime="2020-06-01T00:00:00Z") == "no_item"


NO_TIMES = (
    *("", "/", "yesterday", "a/b/c", "2024-02-30", "2024-13-01T00:00:00Z", "2024-01-01T00:00:00"),
    *("2024-06-01/2024-01-01", "../2024-01-01T00:00:00Z/.."),
)


@pytest.mark.parametrize("time", NO_TIMES)
def test_what_is_no_time_is_refused(time: str, zones: Layer) -> None:
    assert refusal(ITEMS, datetime=time) == "bad_value"


def test_what_has_no_past_holds_always(town: Town) -> None:
    lamps = f"assets-{town.lamp.type.slug}"
    assert ids(lamps, datetime="1990-01-01T00:00:00Z") == ids(lamps) != []
    assert refusal(f"{COLLECTIONS}/{lamps}/items", known="2024-01-01") == "unknown_parameter"
    assert refusal(f"{COLLECTIONS}/{lamps}/items", datetime="never") == "bad_value"
