"""The official predicates of CQL2, asked over HTTP of a portal of the whole world, in text and in JSON.

Its storage CRS is Equal Earth, in which every straight side of the test data is bent; its clock is UTC.
"""

import csv
import json
from collections.abc import Iterator
from typing import Any

import cql2
import pytest

from tests.ogc.serving import ask, serving
from tests.real_data.portal import portal, shared

pytestmark = pytest.mark.real_data
EQUAL_EARTH = 8857
LAYERS = ("ne_110m_populated_places_simple", "ne_110m_admin_0_countries", "ne_110m_rivers_lake_centerlines")
LANGUAGES = ("cql2-text", "cql2-json")
Row = dict[str, str]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the portal of the world answers."""
    folder = shared("cql2")
    file = "data/ne110m4cql2.gpkg"
    with portal("cql2", EQUAL_EARTH) as world:
        commands = (f"import_layer {file} --source-layer {name} --layer {name}" for name in LAYERS)
        world.run(folder, "\n".join(commands))
        environment = {**world.environment(tmp_path_factory.mktemp("var")), "TIME_ZONE": "UTC"}
        with serving(environment) as there:
            yield there


@pytest.fixture(scope="module")
def predicates() -> list[Row]:
    with (shared("cql2") / "expected.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def matched(address: str, row: Row, language: str) -> Any:
    text = row["predicate"]
    if language == "cql2-json":
        text = json.dumps(cql2.parse_text(text).to_json())
    query = {"filter": text, "filter-lang": language, "limit": 1}
    return ask(f"{address}/ogc/collections/{row['layer']}/items", query)["numberMatched"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_predicate_finds_as_many_as_it_should(
    address: str, predicates: list[Row], language: str
) -> None:
    wrong = {
        row["predicate"]: (found, row["expected_count"])
        for row in predicates
        if str(found := matched(address, row, language)) != row["expected_count"]
    }
    assert (len(predicates), wrong) == (139, {})
