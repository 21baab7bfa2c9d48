"""Areas, departments, the working calendar, people and crews."""

from dataclasses import dataclass
from datetime import date, time

import holidays
from django.contrib.auth.hashers import make_password
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.utils import timezone

from accounts.models import User
from crews.models import Crew
from municipality.models import Area, Department, Holiday, Membership, OfficeHours

from .areas import areas
from .departments import DEPARTMENTS, OFFICE_HOURS
from .geometry import stored
from .people import CREWS, PASSWORD, PEOPLE


@dataclass(frozen=True)
class People:
    """Users by login, the dispatchers and crew members of each department slug, and the crews of their members."""

    users: dict[str, User]
    by_role: dict[tuple[str, str], list[User]]
    crew_of: dict[int, Crew]
    parents: dict[str, str]

    def of(self, role: str, department: str) -> list[User]:
        """Those with the role in the department or, when it has none, in the nearest one above."""
        slug = department
        while slug:
            found = self.by_role.get((role, slug))
            if found:
                return found
            slug = self.parents[slug]
        return []


def load_areas() -> dict[str, Area]:
    """Areas by code; a settlement's neighbourhoods hang on it, the neighbours on nothing."""
    found: dict[str, Area] = {}
    for shape in areas():
        boundary = _multi(stored(shape.shape))
        parent = found.get(shape.parent)
        row = Area(
            level=shape.level,
            code=shape.code,
            name=shape.name,
            name_en=shape.name_en,
            parent=parent,
            is_home=shape.home,
            boundary=boundary,
        )
        row.save(force_insert=True)
        found[shape.code] = row
    return found


def _multi(geometry: GEOSGeometry) -> MultiPolygon:
    if isinstance(geometry, MultiPolygon):
        return geometry
    raise TypeError(f"an area needs a MultiPolygon, not {geometry.geom_type}")


def load_departments(area_of: dict[str, Area]) -> dict[str, Department]:
    """Departments by slug, with office hours and the holidays around the demo's years."""
    found: dict[str, Department] = {}
    for row in DEPARTMENTS:
        department = Department(
            slug=row.slug,
            kind=row.kind,
            name=row.name,
            name_en=row.name_en,
            parent=found.get(row.parent),
            email=row.email,
            phone=row.phone,
            is_help_desk=row.help_desk,
        )
        department.save(force_insert=True)
        department.serves.set([area_of[code] for code in row.serves])
        found[row.slug] = department
    _load_calendar()
    return found


def _load_calendar() -> None:
    OfficeHours.objects.bulk_create(
        [
            OfficeHours(
                weekday=day.weekday,
                opens=time.fromisoformat(day.opens),
                closes=time.fromisoformat(day.closes),
            )
            for day in OFFICE_HOURS
        ]
    )
    year = timezone.localdate().year
    days: dict[date, str] = dict(
        holidays.country_holidays("GR", years=range(year - 3, year + 3), language="el")
    )
    Holiday.objects.bulk_create([Holiday(date=day, name=name[:100]) for day, name in sorted(days.items())])


def load_people(department_of: dict[str, Department]) -> People:
    """One user for each of the people, with memberships and crews. All have the password that `--logins` prints."""
    password = make_password(PASSWORD)
    users = {
        person.login: User(email=person.email, name=person.name, password=password, language="el")
        for person in PEOPLE
    }
    User.objects.bulk_create(users.values())
    by_role: dict[tuple[str, str], list[User]] = {}
    for person in PEOPLE:
        for role, slug in person.roles:
            by_role.setdefault((role, slug), []).append(users[person.login])
    Membership.objects.bulk_create(
        [
            Membership(user=user, department=department_of[slug], role=role)
            for (role, slug), members in by_role.items()
            for user in members
        ]
    )
    return People(
        users, by_role, _load_crews(users, department_of), {row.slug: row.parent for row in DEPARTMENTS}
    )


def _load_crews(users: dict[str, User], department_of: dict[str, Department]) -> dict[int, Crew]:
    crew_of: dict[int, Crew] = {}
    for row in CREWS:
        crew = Crew(name=row.name, department=department_of[row.department])
        crew.save(force_insert=True)
        members = [users[person.login] for person in PEOPLE if person.crew == row.slug]
        crew.members.set(members)
        crew_of |= {user.pk: crew for user in members}
    return crew_of
