"""The town in which the tests happen: a square of 10 km with everything that the main line needs."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from assets.models import Asset, AssetType
from issues.models import Category
from layers.models import PlaceKind
from municipality.models import Area, AreaLevel, Department, DepartmentKind, OfficeHours
from tests.factories.issues import CategoryFactory, RoutingRuleFactory
from tests.factories.layers import AssetFactory, AssetTypeFactory
from tests.factories.places import AreaFactory, DepartmentFactory, PlaceFactory, at, multi_box

SIZES = [
    {"value": "small", "label": "Μικρή", "label_en": "Small"},
    {"value": "large", "label": "Μεγάλη", "label_en": "Large"},
]
SIZE_QUESTION = {
    "code": "size",
    "label": "Πόσο μεγάλη είναι;",
    "label_en": "How large is it?",
    "kind": "choice",
    "required": False,
    "options": SIZES,
}


@dataclass(frozen=True)
class Town:
    """North is y ≥ 5000, south below; the neighbour begins at x = 10000 (see `at`).

    Rules: lighting in the north goes to `lighting_north`, anything about roads to `roads`; the rest, such as
    lighting in the south, matches nothing and goes to the help desk.
    """

    home: Area
    neighbour: Area
    north: Area
    south: Area
    technical: Department
    lighting_north: Department
    roads: Department
    planning: Department
    help_desk: Department
    region: Department
    lighting: Category
    dark_lamp: Category
    road: Category
    pothole: Category
    complaint: Category
    streetlight: AssetType
    lamp: Asset


def build_town() -> Town:
    _open_the_offices()
    home, neighbour, north, south = _areas()
    departments: dict[str, Any] = _departments(north)
    streetlight = AssetTypeFactory.create(
        slug="streetlight", title="Φωτιστικό", title_en="Street lamp", icon="lamp", code_format=r"ΦΩ-\d{5}"
    )
    categories: dict[str, Any] = _categories(streetlight)
    RoutingRuleFactory.create(
        position=10,
        name="Φωτισμός στον Βορρά",
        name_en="Lighting in the North",
        category=categories["lighting"],
        area=north,
        department=departments["lighting_north"],
    )
    RoutingRuleFactory.create(
        position=20,
        name="Οδοί",
        name_en="Roads",
        category=categories["road"],
        department=departments["roads"],
    )
    _places()
    lamp = AssetFactory.create(type=streetlight, code="ΦΩ-01234", location=at(5020, 7500))
    return Town(
        home=home,
        neighbour=neighbour,
        north=north,
        south=south,
        streetlight=streetlight,
        lamp=lamp,
        **departments,
        **categories,
    )


def _areas() -> tuple[Area, Area, Area, Area]:
    home = AreaFactory.create(
        level=AreaLevel.MUNICIPALITY,
        code="home",
        name="Δήμος Δοκιμής",
        name_en="Municipality of Trial",
        is_home=True,
        boundary=multi_box(0, 0, 10_000, 10_000),
    )
    neighbour = AreaFactory.create(
        level=AreaLevel.MUNICIPALITY,
        code="east",
        name="Δήμος Ανατολής",
        name_en="Municipality of the East",
        boundary=multi_box(10_000, 0, 20_000, 10_000),
    )
    unit = {"level": AreaLevel.UNIT, "parent": home}
    north = AreaFactory.create(
        **unit, code="north", name="Βορράς", name_en="North", boundary=multi_box(0, 5000, 10_000, 10_000)
    )
    south = AreaFactory.create(
        **unit, code="south", name="Νότος", name_en="South", boundary=multi_box(0, 0, 10_000, 5000)
    )
    return home, neighbour, north, south


def _departments(north: Area) -> dict[str, Department]:
    technical = DepartmentFactory.create(
        slug="technical",
        kind=DepartmentKind.DIRECTORATE,
        name="Τεχνικές Υπηρεσίες",
        name_en="Technical Services",
    )
    lighting_north = DepartmentFactory.create(
        slug="lighting-north",
        name="Φωτισμός Βορρά",
        name_en="Lighting North",
        parent=technical,
        email="lighting@example.gr",
    )
    lighting_north.serves.add(north)
    return {
        "technical": technical,
        "lighting_north": lighting_north,
        "roads": DepartmentFactory.create(
            slug="roads", name="Οδοποιία", name_en="Road Works", parent=technical
        ),
        "planning": DepartmentFactory.create(slug="planning", name="Πολεοδομία", name_en="Planning"),
        "help_desk": DepartmentFactory.create(
            slug="help-desk",
            kind=DepartmentKind.OFFICE,
            name="Εξυπηρέτηση Πολιτών",
            name_en="Citizen Help Desk",
            is_help_desk=True,
        ),
        "region": DepartmentFactory.create(
            slug="region", kind=DepartmentKind.EXTERNAL_BODY, name="Περιφέρεια", name_en="The Region"
        ),
    }


def _categories(streetlight: AssetType) -> dict[str, Category]:
    lighting = CategoryFactory.create(slug="lighting", title="Φωτισμός", title_en="Lighting", icon="bulb")
    road = CategoryFactory.create(slug="road", title="Οδόστρωμα", title_en="Road surface", icon="road")
    return {
        "lighting": lighting,
        "dark_lamp": CategoryFactory.create(
            slug="dark-lamp",
            parent=lighting,
            title="Σβηστό φωτιστικό",
            title_en="Dark street lamp",
            icon="bulb-off",
            asset_type=streetlight,
            sla_working_days=3,
        ),
        "road": road,
        "pothole": CategoryFactory.create(
            slug="pothole",
            parent=road,
            title="Λακκούβα",
            title_en="Pothole",
            icon="road",
            keywords="τρύπα hole",
            questions=[SIZE_QUESTION],
        ),
        "complaint": CategoryFactory.create(
            slug="complaint", title="Παράπονο", title_en="Complaint", icon="message", is_public=False
        ),
    }


def _places() -> None:
    PlaceFactory.create(
        kind=PlaceKind.STREET, key="asklipiou", name="Ασκληπιού", name_en="Asklipiou", location=at(5000, 7500)
    )
    PlaceFactory.create(
        kind=PlaceKind.ADDRESS,
        key="asklipiou-12",
        name="Ασκληπιού 12",
        name_en="Asklipiou 12",
        location=at(5010, 7505),
    )


def _open_the_offices() -> None:
    for weekday in range(5):
        OfficeHours.objects.create(weekday=weekday, opens=time(7), closes=time(15))
