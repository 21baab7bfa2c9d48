"""Areas, departments, people and places to search; positions are metres from the town's corner."""

from typing import Any

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from layers.models import Place, PlaceKind
from municipality.models import Area, AreaLevel, Department, DepartmentKind, Membership, Role

WEST, SOUTH = 300_000, 4_230_000
TOWN_METRES = 10_000


def at(x: float, y: float) -> Point:
    """The place `x` metres east and `y` metres north of the town's corner, in the storage CRS."""
    return Point(WEST + x, SOUTH + y, srid=settings.STORAGE_SRID)


def box(x0: float, y0: float, x1: float, y1: float) -> Polygon:
    """A rectangle between two places given as in `at`, in the storage CRS."""
    polygon = Polygon.from_bbox((WEST + x0, SOUTH + y0, WEST + x1, SOUTH + y1))
    polygon.srid = settings.STORAGE_SRID
    return polygon


def multi_box(x0: float, y0: float, x1: float, y1: float) -> MultiPolygon:
    return MultiPolygon(box(x0, y0, x1, y1), srid=settings.STORAGE_SRID)


class AreaFactory(DjangoModelFactory[Area]):
    """A neighbourhood of 1 km² in the middle of the town."""

    class Meta:
        model = Area

    level = AreaLevel.NEIGHBOURHOOD
    code = Sequence(lambda n: f"area-{n}")
    name = Sequence(lambda n: f"Γειτονιά {n}")
    name_en = Sequence(lambda n: f"Neighbourhood {n}")
    boundary = LazyFunction(lambda: multi_box(4500, 4500, 5500, 5500))


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department

    slug = Sequence(lambda n: f"department-{n}")
    kind = DepartmentKind.DEPARTMENT
    name = Sequence(lambda n: f"Τμήμα {n}")
    name_en = Sequence(lambda n: f"Department {n}")


class UserFactory(DjangoModelFactory[User]):
    """A person without a usable password; pass `password="…"` to log in through the form."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@example.gr")
    name = Sequence(lambda n: f"Άτομο {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return User.objects.create_user(*args, **fields)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    department = SubFactory(DepartmentFactory)
    role = Role.DISPATCHER


class PlaceFactory(DjangoModelFactory[Place]):
    class Meta:
        model = Place

    kind = PlaceKind.POI
    key = Sequence(lambda n: f"place-{n}")
    name = Sequence(lambda n: f"Σχολείο {n}")
    name_en = Sequence(lambda n: f"School {n}")
    location = LazyFunction(lambda: at(5000, 5000))
