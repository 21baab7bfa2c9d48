"""What a person says when a file is uploaded: where it is to go."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assets.models import AssetType
from importers.slugs import slug_of
from importers.targets import TARGETS, TargetKind
from layers.models import Layer, Raster, Theme
from municipality.roles import AnyUser

NEW = "new"
#: Targets of which a person may make a new one by importing.
MAKES_NEW = {"layer": _("a new layer"), "assets": _("a new asset type"), "raster": _("a new raster")}
#: Where a new one must not take the slug of another.
SLUGGED: dict[str, Any] = {"layer": Layer, "assets": AssetType, "raster": Raster}
PROBE = "a-new-one"


def offered(user: AnyUser) -> list[tuple[str, list[tuple[str, Any]]]]:
    """The targets of this person, grouped by kind, as values “kind:slug”; “kind:new” makes a new one."""
    groups = []
    for kind in TARGETS.values():
        choices = _choices(kind, user)
        if choices:
            groups.append((capfirst(str(kind.title)), choices))
    return groups


def _choices(kind: TargetKind, user: AnyUser) -> list[tuple[str, Any]]:
    new = [(f"{kind.name}:{NEW}", capfirst(str(MAKES_NEW[kind.name])))] if _makes_new(kind, user) else []
    return [*new, *((f"{kind.name}:{slug}", capfirst(str(title))) for slug, title in kind.choices(user))]


def _makes_new(kind: TargetKind, user: AnyUser) -> bool:
    return kind.name in MAKES_NEW and kind.may(user, PROBE)


class UploadForm(forms.Form):
    """The files themselves come beside it: see importers.actions.uploads."""

    into = forms.ChoiceField(
        label=_("Where does it go?"), error_messages={"required": _("Choose where the file is to go.")}
    )
    title = forms.CharField(
        label=_("Name of the new one"),
        required=False,
        max_length=100,
        help_text=_("As people will read it on the map, for example “Parks and squares”."),
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=Theme.choices, initial=Theme.LAND_USE.value
    )

    def __init__(self, user: AnyUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        field.choices = [("", _("Choose …")), *offered(user)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self._is_new(cleaned) and not cleaned.get("title"):
            self.add_error("title", _("Give the new one a name."))
        return cleaned

    def _is_new(self, cleaned: dict[str, Any]) -> bool:
        kind, _, slug = str(cleaned.get("into") or "").partition(":")
        return slug == NEW and kind in MAKES_NEW

    def target(self) -> tuple[str, str]:
        """Name and slug of the target; a new one gets a slug after its title."""
        kind, _, slug = self.cleaned_data["into"].partition(":")
        if self._is_new(self.cleaned_data):
            taken = SLUGGED[kind].objects.values_list("slug", flat=True)
            return kind, slug_of(self.cleaned_data["title"], set(taken))
        return kind, slug

    def order(self) -> dict[str, Any]:
        if not self._is_new(self.cleaned_data):
            return {}
        title, theme = self.cleaned_data["title"], self.cleaned_data["theme"] or Theme.LAND_USE.value
        return {
            "title": title,
            "theme": theme,
            "create_type": self.cleaned_data["into"] == f"assets:{NEW}",
            "new": True,
        }
