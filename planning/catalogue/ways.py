"""What people do from here: the ways in to the other pages of the room, those that this reader may open."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from municipality.models import Role
from municipality.roles import AnyUser, rights_of


@dataclass(frozen=True)
class Way:
    icon: str
    title: str
    words: str
    path: str


def ways_for(user: AnyUser) -> list[Way]:
    rights = rights_of(user)
    ways = list(_for_everybody())
    if rights.is_staff:
        text = _("What the portal is working out for you, and what it worked out.")
        ways.append(Way("progress", _("Long work"), text, reverse("planning:jobs")))
    if rights.has(Role.PLANNER, Role.KEEPER, Role.ADMINISTRATOR):
        text = _("Bring in a layer from a file, or refresh one.")
        ways.append(Way("file-import", _("Imports"), text, reverse("importers:runs")))
    return ways


def _for_everybody() -> Iterator[Way]:
    text = _("What applies: zone, building rules, setbacks, protection, with the gazette of every figure.")
    yield Way("home-search", _("What applies to a plot?"), text, reverse("planning:find-parcel"))
    text = _("How much of one layer lies in each surface of another.")
    yield Way("layers-intersect", _("Overlay"), text, reverse("planning:overlay"))
    text = _("Heights and measurements by neighbourhood, zone or plot.")
    yield Way("chart-bar", _("Zonal statistics"), text, reverse("planning:zonal"))
    text = _("What would change if a draft came into force.")
    yield Way("arrows-diff", _("Draft plans"), text, reverse("planning:versions"))
    text = _("PDF at a true scale, picture, or one file that opens offline.")
    yield Way("printer", _("Print a map"), text, reverse("planning:print"))
    text = _("What the short forms of land uses mean, and what came in whose place.")
    yield Way("list-letters", _("Code lists"), text, reverse("planning:code-lists"))
    text = _("Every layer as a file, with its fields explained.")
    yield Way("download", _("Open data"), text, reverse("layers:downloads"))
