"""What every page knows: the municipality's name, what the reader may open, and the theme they chose."""

from typing import Any

from django.http import HttpRequest

from municipality.models import Area, Role
from municipality.roles import rights_of

# Under which media the dark tokens hold: see gisportal/static/css/tokens_dark.css.
DARK_MEDIA = {"light": "not all", "dark": "all"}
AS_THE_SYSTEM = "(prefers-color-scheme: dark)"


def portal(request: HttpRequest) -> dict[str, Any]:
    rights = rights_of(request.user)
    return {
        "municipality": Area.objects.only("name", "name_en").home(),
        "rights": rights,
        "opens": {
            "desk": rights.has(Role.OPERATOR, Role.DISPATCHER, Role.EXECUTIVE),
            "crew": rights.has(Role.CREW),
            "imports": rights.has(Role.PLANNER, Role.KEEPER, Role.ADMINISTRATOR),
        },
        "dark_media": DARK_MEDIA.get(request.COOKIES.get("theme", ""), AS_THE_SYSTEM),
    }
