"""People around an issue: personal data kept apart from it, with an end date."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from core.tokens import new_token
from issues.models.issue import Issue
from issues.querysets import FollowerQuerySet, ReporterQuerySet


class Reporter(models.Model):
    """Who reported, if they told us. Removed after `retain_until`."""

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="reporter")
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, default="el")
    retain_until = models.DateField()

    objects: ClassVar[ReporterQuerySet] = ReporterQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"reporter of {self.issue_id}"


class Follower(models.Model):
    """Somebody else who wants the news; mail goes out only after they confirmed the address."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="followers")
    email = models.EmailField()
    language = models.CharField(max_length=5, default="el")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[FollowerQuerySet] = FollowerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint("issue", Lower("email"), name="follower_once_per_issue"),
        ]

    def __str__(self) -> str:
        return f"follower of {self.issue_id}"


class Feedback(models.Model):
    """The citizen's word after a fix: was it fixed, how well (1 to 5), and why."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="feedback")
    is_fixed = models.BooleanField()
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="feedback_score_is_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"feedback on {self.issue_id}"
