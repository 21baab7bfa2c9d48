"""The address at which the home map shows an issue."""

from django.urls import reverse

from core.geo import to_lonlat
from issues.models import Issue

CLOSE = 18


def on_map(issue: Issue) -> str:
    place = to_lonlat(issue.location)
    page = reverse("issues:issue", args=[issue.number])
    return f"{reverse('home')}#map={CLOSE}/{place.y:.5f}/{place.x:.5f}&show={page}"
