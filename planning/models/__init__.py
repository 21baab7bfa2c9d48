"""Saved maps, draft plans, and long work that was asked for."""

from planning.models.jobs import JobState, PlanJob
from planning.models.maps import PlanningMap, Sharing
from planning.models.versions import PlanVersion, VersionState

__all__ = ["JobState", "PlanJob", "PlanVersion", "PlanningMap", "Sharing", "VersionState"]
