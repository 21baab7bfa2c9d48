"""Issues and all that hangs on them."""

from issues.models.category import Category
from issues.models.issue import Issue, IssueEvent, ProtocolCounter
from issues.models.notification import Notification
from issues.models.people import Feedback, Follower, Reporter
from issues.models.photo import Photo
from issues.models.routing import RoutingDecision, RoutingRule

__all__ = [
    "Category",
    "Feedback",
    "Follower",
    "Issue",
    "IssueEvent",
    "Notification",
    "Photo",
    "ProtocolCounter",
    "Reporter",
    "RoutingDecision",
    "RoutingRule",
]
