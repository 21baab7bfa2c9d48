"""Routing: ordered rules, and the decision with the trace that explains it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from assets.models import AssetType
from issues.models.category import Category
from issues.models.issue import Issue
from issues.querysets import RoutingRuleQuerySet
from layers.models import Layer
from municipality.models import Area, Department


class RoutingRule(models.Model):
    """The first active rule (by position) all of whose stated conditions hold decides; empty conditions hold.

    `layer_where` is a list of {"field", "op": "=" | "in", "value"} on the layer's properties; the pin must lie
    inside, or within `layer_distance_metres` of, a current feature that satisfies all of them.
    """

    position = models.PositiveIntegerField(default=100)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT)
    asset_type = models.ForeignKey(AssetType, null=True, blank=True, on_delete=models.PROTECT)
    asset_owner = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="owner_rules"
    )
    layer = models.ForeignKey(Layer, null=True, blank=True, on_delete=models.PROTECT)
    layer_where = models.JSONField(default=list, blank=True)
    layer_distance_metres = models.FloatField(default=0)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="routing_rules")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[RoutingRuleQuerySet] = RoutingRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class RoutingDecision(models.Model):
    """Who was chosen and why. `rule` is empty when no rule matched (help desk) or a person decided.

    `trace` is a list of {"rule", "name", "matched", "checks": [{"what", "held", ...facts}]} in rule order,
    ending with the rule that decided.
    """

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="routing_decisions")
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    rule = models.ForeignKey(RoutingRule, null=True, blank=True, on_delete=models.SET_NULL)
    trace = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.issue_id} → {self.department_id}"
