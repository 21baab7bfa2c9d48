"""One issue as anybody may see it: what staff have not read stays hidden, and the page says so."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from assets.models import Asset
from core.errors import NotFound
from issues.facts import Fact, answers_of
from issues.models import Issue, IssueEvent, Photo
from issues.querysets import IssueQuerySet
from issues.states import State
from issues.timeline import Stop, journey, tell
from layers.models import Visibility
from municipality.roles import AnyUser

SHOWN_WITH = ("category", "area", "department", "asset__type")
# Boundaries and second geometries are long, and no page shows them.
NOT_SHOWN = (
    "area__boundary",
    "area__boundary_web",
    "asset__location",
    "asset__location_web",
    "location_web",
)
READ_BY_STAFF = {"choice", "yes_no", "number"}


@dataclass(frozen=True)
class Told:
    """A public event with its sentence."""

    event: IssueEvent
    sentence: str


@dataclass(frozen=True)
class IssueShown:
    """The public side of an issue. `is_own` shows the reporter's own words and photos to the reporter."""

    issue: Issue
    is_own: bool = False

    @property
    def shows_text(self) -> bool:
        return bool(self.issue.description) and (self.is_own or self.issue.is_text_public)

    @property
    def asset(self) -> Asset | None:
        """Unless its type is for staff."""
        asset = self.issue.asset
        return asset if asset is not None and asset.type.visibility == Visibility.PUBLIC else None

    @cached_property
    def earlier(self) -> Issue | None:
        """The case it was joined to, when everybody may see that."""
        if self.issue.duplicate_of_id is None:
            return None
        return Issue.objects.public().only("number").filter(pk=self.issue.duplicate_of_id).first()

    @property
    def has_public_page(self) -> bool:
        issue = self.issue
        return issue.is_public and issue.category.is_public and issue.state != State.WITHDRAWN

    @property
    def waits_for_staff(self) -> bool:
        """There is a text or a photo that staff have not shown to all yet."""
        hidden_text = bool(self.issue.description) and not self.issue.is_text_public
        return hidden_text or any(not photo.is_public for photo in self._all_photos)

    @cached_property
    def _all_photos(self) -> list[Photo]:
        return list(self.issue.photos.all())

    @property
    def photos(self) -> list[Photo]:
        return [photo for photo in self._all_photos if self.is_own or photo.is_public]

    @property
    def answers(self) -> list[Fact]:
        """Answers that were chosen; those in free words only with the text."""
        if self.is_own or self.issue.is_text_public:
            return answers_of(self.issue)
        questions = self.issue.category.questions
        safe = {question["code"] for question in questions if question["kind"] in READ_BY_STAFF}
        kept = {code: value for code, value in self.issue.answers.items() if code in safe}
        return answers_of(Issue(category=self.issue.category, answers=kept))

    @cached_property
    def _events(self) -> list[IssueEvent]:
        return list(self.issue.events.public().select_related("department"))

    @property
    def history(self) -> list[Told]:
        """Public events, newest first."""
        return [Told(event, tell(event)) for event in reversed(self._events)]

    @property
    def journey(self) -> list[Stop]:
        return journey(self.issue, self._events)


def shown_issues(user: AnyUser) -> IssueQuerySet:
    """Issues as lists and pages load them."""
    return Issue.objects.visible_to(user).select_related(*SHOWN_WITH).defer(*NOT_SHOWN)


def issue_or_404(user: AnyUser, number: str) -> Issue:
    issue = shown_issues(user).filter(number=number).first()
    if issue is None:
        raise NotFound()
    return issue


def same_here_said(cookies: dict[str, Any], issue: Issue) -> bool:
    """Whether this browser pressed “same here” for the issue before."""
    return issue.number in str(cookies.get("same_here", "")).split(".")
