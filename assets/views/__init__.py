"""The pages of the asset register."""

from assets.views.asset import asset

__all__ = ["asset"]
