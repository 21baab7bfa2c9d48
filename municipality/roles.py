"""What a person may do: roles by department, read once per request and kept on the user object."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core.errors import NotAllowed
from municipality.models import Department, Membership, Role

AnyUser = User | AnonymousUser


@dataclass(frozen=True)
class Rights:
    """Department ids by role; `everywhere` holds the roles that reach every department."""

    departments: dict[str, frozenset[int]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()

    def has(self, *roles: Role) -> bool:
        return any(role in self.everywhere or self.departments.get(role) for role in roles)

    def reaches(self, department_id: int | None, *roles: Role) -> bool:
        """May act with one of `roles` for this department."""
        return any(
            role in self.everywhere or department_id in self.departments.get(role, frozenset())
            for role in roles
        )

    def departments_as(self, *roles: Role) -> frozenset[int] | None:
        """Ids of the departments reached with these roles; None means all of them."""
        if any(role in self.everywhere for role in roles):
            return None
        return frozenset().union(*(self.departments.get(role, frozenset()) for role in roles))

    @property
    def is_staff(self) -> bool:
        return bool(self.departments or self.everywhere)


NO_RIGHTS = Rights()


def rights_of(user: AnyUser) -> Rights:
    """The rights of a user; anonymous and inactive users have none."""
    if not isinstance(user, User) or not user.is_active:
        return NO_RIGHTS
    known: Rights | None = user.__dict__.get("_rights")
    if known is None:
        known = user.__dict__["_rights"] = _read_rights(user)
    return known


def require(user: AnyUser, *roles: Role, department_id: int | None = None) -> None:
    """Raise NotAllowed unless the user has one of the roles (in that department, when given)."""
    rights = rights_of(user)
    allowed = rights.has(*roles) if department_id is None else rights.reaches(department_id, *roles)
    if not allowed:
        raise NotAllowed()


def _read_rights(user: User) -> Rights:
    if user.is_superuser:
        return Rights(everywhere=frozenset(Role))
    rows = Membership.objects.of(user.pk).values_list("role", "department_id")
    direct: dict[str, set[int]] = {}
    for role, department_id in rows:
        direct.setdefault(role, set()).add(department_id)
    everywhere: set[str] = set()
    if Role.ADMINISTRATOR in direct:
        everywhere.update(Role)
    everywhere.update(role for role in (Role.OPERATOR, Role.EXECUTIVE, Role.PLANNER) if role in direct)
    reached = {
        role: frozenset(Department.objects.all().with_descendants(ids)) for role, ids in direct.items()
    }
    return Rights(departments=reached, everywhere=frozenset(everywhere))
