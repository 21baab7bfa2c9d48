"""An organisation from a file: made once, changed by the same file, refused with the place of the mistake."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from importers.actions.organisation import seed_organisation
from issues.models import Category, RoutingRule
from municipality.models import Department
from tests.factories import LayerFactory, Town
from tests.importers.expectations import contents, counts, refused

pytestmark = pytest.mark.django_db

DOCUMENT: dict[str, Any] = {
    "departments": [
        {
            "slug": "works",
            "name": "Τεχνικές υπηρεσίες",
            "kind": "directorate",
            "children": [{"slug": "light", "name": "Φωτισμός", "email": "light@example.gr"}],
        },
    ],
    "asset_types": [{"slug": "bench", "title": "Παγκάκια", "icon": "armchair"}],
    "categories": [
        {
            "slug": "furniture",
            "title": "Εξοπλισμός",
            "icon": "armchair",
            "children": [{"slug": "bench", "title": "Παγκάκι", "icon": "armchair", "asset_type": "bench"}],
        },
    ],
    "rules": [{"name": "Παγκάκια", "category": "furniture", "asset_type": "bench", "department": "works"}],
}


def sow(tmp_path: Path, document: dict[str, Any], **options: Any) -> dict[str, int]:
    path = tmp_path / "organisation.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return counts(seed_organisation(path=path, **options))


def test_an_organisation_is_made(tmp_path: Path) -> None:
    assert sow(tmp_path, DOCUMENT) == {"read": 6, "added": 6}
    light = Department.objects.get(slug="light")
    assert (light.kind, light.email, light.parent) == (
        "department",
        "light@example.gr",
        Department.objects.get(slug="works"),
    )
    assert Category.objects.get(slug="bench").parent == Category.objects.get(slug="furniture")
    rule = RoutingRule.objects.get()
    assert (rule.position, rule.department.slug, rule.asset_type) == (
        10,
        "works",
        Category.objects.get(slug="bench").asset_type,
    )


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    sow(tmp_path, DOCUMENT)
    before = contents()
    assert sow(tmp_path, DOCUMENT) == {"read": 6, "unchanged": 6}
    assert contents() == before


def test_rules_know_areas_layers_and_owners(town: Town, tmp_path: Path) -> None:
    layer = LayerFactory.create()
    rule = {
        "name": "Εθνικές οδοί",
        "department": "region",
        "area": f"{town.north.level}:{town.north.code}",
        "layer": layer.slug,
        "layer_where": [{"field": "class", "op": "=", "value": "national"}],
        "layer_distance_metres": 15,
        "asset_owner": town.roads.slug,
    }
    sow(tmp_path, {"rules": [rule | {"department": town.region.slug}]})
    made = RoutingRule.objects.get(name="Εθνικές οδοί")
    assert (made.area, made.layer, made.asset_owner, made.department) == (
        town.north,
        layer,
        town.roads,
        town.region,
    )
    assert sow(tmp_path, {"rules": [{"name": "Εθνικές οδοί", "department": town.roads.slug}]}) == {
        "read": 1,
        "changed": 1,
    }
    made.refresh_from_db()
    assert (made.area, made.department) == (None, town.roads)


def test_a_department_serves_areas(town: Town, tmp_path: Path) -> None:
    serves = [f"{town.north.level}:{town.north.code}"]
    sow(tmp_path, {"departments": [{"slug": "office", "name": "Γραφείο", "serves": serves}]})
    assert list(Department.objects.get(slug="office").serves.all()) == [town.north]


@pytest.mark.parametrize(
    "document",
    [
        {"department": []},
        {"departments": {}},
        {"departments": [{"slug": "a", "name": "Α", "colour": "red"}]},
        {"departments": [{"slug": "a", "name": "Α", "kind": "guild"}]},
        {"departments": [{"slug": "a b", "name": "Α"}]},
        {"departments": [{"name": "Α"}]},
        {"departments": [{"slug": "a", "name": "Α"}, {"slug": "a", "name": "Β"}]},
        {"departments": [{"slug": "a", "name": "Α", "serves": ["unit:none"]}]},
        {"categories": [{"slug": "a", "title": "Α", "icon": "road", "asset_type": "none"}]},
        {"rules": [{"name": "Α", "department": "none"}]},
        {"rules": [{"name": "Α"}]},
    ],
)
def test_a_mistake_is_named_and_nothing_is_made(tmp_path: Path, document: dict[str, Any]) -> None:
    good = {"departments": [{"slug": "good", "name": "Καλό"}]}
    with refused("bad_organisation", file="organisation.yaml"):
        sow(tmp_path, good | document)
    assert not Department.objects.exists()


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    before = contents()
    assert sow(tmp_path, DOCUMENT, dry_run=True) == {"read": 6, "added": 6}
    assert contents() == before
