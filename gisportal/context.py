"""What every page knows: the municipality's name and what the reader may open."""

from typing import Any

from django.http import HttpRequest

from municipality.models import Area
from municipality.roles import rights_of


def portal(request: HttpRequest) -> dict[str, Any]:
    return {"municipality": Area.objects.home(), "rights": rights_of(request.user)}
