"""Everything the desk shows about one case, read once, with what this person may see and do."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotAllowed, NotFound
from core.geo import LonLat, to_lonlat
from core.languages import in_reader_language
from issues.actions.desk import MOVABLE
from issues.facts import Fact, answers_of, asset_facts
from issues.models import Issue, Photo, Reporter, RoutingDecision
from issues.models.photo import PhotoKind
from issues.querysets import HANDLERS, IssueEventQuerySet, IssueQuerySet
from issues.routing_words import why
from issues.states import DESK, STEPS, State, Step
from municipality.models import Role
from municipality.roles import rights_of

NEIGHBOURS_SHOWN = 5


@dataclass(frozen=True)
class CaseFile:
    """A case as one staff member sees it; the rights are of that person in the case's department."""

    issue: Issue
    user: User

    @property
    def may_act(self) -> bool:
        """Dispatchers of the department, and operators."""
        return rights_of(self.user).reaches(self.issue.department_id, *DESK)

    @property
    def may_move(self) -> bool:
        """To another department or category: not while a crew works on it, nor after its end."""
        return self.may_act and self.issue.state in MOVABLE

    @property
    def steps(self) -> list[Step]:
        """The changes of state open to this person now; joining has its own form."""
        rights = rights_of(self.user)
        return [
            step
            for step in STEPS[State(self.issue.state)]
            if step.target != State.DUPLICATE and rights.reaches(self.issue.department_id, *step.roles)
        ]

    @property
    def may_join(self) -> bool:
        rights = rights_of(self.user)
        return any(
            step.target == State.DUPLICATE and rights.reaches(self.issue.department_id, *step.roles)
            for step in STEPS[State(self.issue.state)]
        )

    @property
    def sees_contact(self) -> bool:
        """Personal data: only who answers the citizen; neither executives nor crews."""
        return rights_of(self.user).reaches(self.issue.department_id, Role.DISPATCHER, Role.OPERATOR)

    @cached_property
    def contact(self) -> Reporter | None:
        return Reporter.objects.filter(issue=self.issue).first() if self.sees_contact else None

    @cached_property
    def events(self) -> IssueEventQuerySet:
        """The whole history, newest first, internal events included."""
        return self.issue.events.select_related("actor", "department").order_by("-at", "-pk")

    @cached_property
    def photos(self) -> list[Photo]:
        return list(self.issue.photos.all())

    @property
    def has_words_or_photos(self) -> bool:
        """There is something of the citizen's to show to all or to hide."""
        return bool(self.issue.description) or any(photo.kind == PhotoKind.REPORT for photo in self.photos)

    @property
    def answers(self) -> list[Fact]:
        return answers_of(self.issue)

    @property
    def asset_facts(self) -> list[Fact]:
        return asset_facts(self.issue.asset) if self.issue.asset else []

    @cached_property
    def decision(self) -> RoutingDecision | None:
        """The newest decision: a rule's, the help desk's, or a person's."""
        decisions = self.issue.routing_decisions.select_related("rule", "actor", "department")
        return decisions.order_by("-at", "-pk").first()

    @property
    def routing_line(self) -> str:
        """Why this department has it, in one line."""
        decision = self.decision
        if decision is None:
            return _("How it came to this department was not recorded.")
        if not decision.trace and decision.actor is not None:
            return _("%(person)s sent it to this department.") % {"person": decision.actor}
        if decision.rule is None:
            return _("No rule covered it, so the help desk has it.")
        return _("The rule “%(rule)s” sent it here.") % {"rule": in_reader_language(decision.rule, "name")}

    @property
    def why(self) -> list[str]:
        return why(self.decision.trace) if self.decision else []

    @cached_property
    def near_duplicates(self) -> list[Issue]:
        """Other open cases of the same kind close by, nearest first, with `.distance` in metres."""
        radius = self.issue.category.duplicate_radius_metres
        near = Issue.objects.handled_by(self.user).open().filter(category=self.issue.category_id)
        near = near.filter(duplicate_of=None).exclude(pk=self.issue.pk).select_related("department")
        return list(near.defer("location_web").near(self.issue.location, radius)[:NEIGHBOURS_SHOWN])

    @cached_property
    def place(self) -> LonLat:
        """In degrees, for the map and for navigation."""
        point = to_lonlat(self.issue.location)
        return LonLat(round(point.x, 6), round(point.y, 6))

    @property
    def position_words(self) -> str:
        """Latitude and longitude as other maps take them."""
        return f"{self.place.lat:.6f}, {self.place.lon:.6f}"


def open_case(user: User, number: str) -> CaseFile:
    """The case by its number. NotFound when this person may not even know of it; NotAllowed when only its
    public side is theirs to see."""
    issue = _with_parts(Issue.objects.visible_to(user)).filter(number=number).first()
    if issue is None:
        raise NotFound()
    if not rights_of(user).reaches(issue.department_id, *HANDLERS):
        raise NotAllowed()
    return CaseFile(issue, user)


def _with_parts(issues: IssueQuerySet) -> IssueQuerySet:
    related = issues.select_related("category", "department", "area", "asset__type", "duplicate_of")
    return related.defer(
        "area__boundary",
        "area__boundary_web",
        "location_web",
        "asset__location",
        "asset__location_web",
        "duplicate_of__location",
        "duplicate_of__location_web",
    )
