"""What a person decides after a check: how the file is read, which field fills which, what the target is told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from importers.models import ImportRun
from importers.shown.evidence import field_names
from importers.shown.mapping import document_of_sources, document_of_targets
from importers.targets import target_named
from layers.models import Theme
from municipality.models import AreaLevel, Department

OTHER = "other"
BY_FILE = ""
COLUMNS = ("lon", "lat", "wkt")
#: What each target may be told beyond the fields.
OF_TARGET = {
    "layer": ("key", "valid_from"),
    "assets": ("key", "owner"),
    "areas": ("parent_level", "home"),
}


class ChoicesForm(forms.Form):
    """Every field is optional: blank means that the file tells."""

    crs = forms.CharField(required=False, max_length=200)
    crs_other = forms.CharField(label=_("EPSG code"), required=False, max_length=100)
    swap_axes = forms.BooleanField(label=_("The file gives latitude before longitude"), required=False)
    encoding = forms.CharField(required=False, max_length=40)
    source_layer = forms.CharField(label=_("Layer inside the file"), required=False, max_length=200)
    lon = forms.CharField(label=_("Column with longitude or east"), required=False, max_length=200)
    lat = forms.CharField(label=_("Column with latitude or north"), required=False, max_length=200)
    wkt = forms.CharField(label=_("Column with WKT"), required=False, max_length=200)
    key = forms.CharField(
        label=_("Key: the field that tells the rows apart"),
        required=False,
        max_length=200,
        help_text=_("With a key, the next file of the same kind changes rows instead of replacing them."),
    )
    valid_from = forms.DateField(
        label=_("In force since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Such as the date of the gazette; today when left blank."),
    )
    title = forms.CharField(label=_("Name"), required=False, max_length=100)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=Theme.choices)
    owner = forms.ModelChoiceField(
        label=_("Owner of them all"),
        required=False,
        queryset=Department.objects.none(),
        to_field_name="slug",
        empty_label=_("nobody in particular"),
    )
    parent_level = forms.ChoiceField(
        label=_("Level above"), required=False, choices=[("", _("none")), *AreaLevel.choices]
    )
    home = forms.CharField(label=_("Code of our municipality"), required=False, max_length=40)
    others = forms.ChoiceField(
        label=_("Other fields of the file"),
        required=False,
        choices=[("keep", _("keep under their own names")), ("drop", _("leave out"))],
    )
    save_as = forms.CharField(
        label=_("Keep this table by name, for the next file of the kind"), required=False, max_length=100
    )

    def __init__(self, run: ImportRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": initial(run), **kwargs})
        self.run = run
        self.kind = target_named(run.target)
        self.fields["owner"].queryset = Department.objects.active()  # type: ignore[attr-defined]

    @property
    def target_fields(self) -> list[forms.BoundField]:
        """What this target is told, to be drawn one after the other; the key has a list of its own."""
        names = [name for name in OF_TARGET.get(self.run.target, ()) if name != "key"]
        if self.run.order.get("new"):
            names += ["title", *(["theme"] if self.run.target == "layer" else [])]
        return [self[name] for name in names]

    def order(self) -> dict[str, Any]:
        """`run.order` with these choices in it."""
        given = self.cleaned_data
        options = dict(self.run.order.get("options", {}))
        options["source_crs"], swapped = self._crs()
        options |= {name: given[name] for name in ("encoding", "source_layer", *COLUMNS)}
        order = {**self.run.order, "options": {name: value for name, value in options.items() if value}}
        order["swap_axes"] = swapped
        for name in (*OF_TARGET.get(self.run.target, ()), "title", "theme"):
            if name in self.data:
                order[name] = _plain(given[name])
        return order

    def _crs(self) -> tuple[str, bool]:
        chosen = self.cleaned_data["crs"]
        if chosen == OTHER:
            code = self.cleaned_data["crs_other"].strip()
            return (f"EPSG:{code}" if code.isdigit() else code), self.cleaned_data["swap_axes"]
        code, _, swap = chosen.partition("|")
        return code, bool(swap) or (not code and self.cleaned_data["swap_axes"])

    def mapping(self) -> dict[str, Any]:
        """The rules document; as it was while nobody has seen the fields."""
        sources = field_names(self.run)
        if not sources or "has_table" not in self.data:
            return dict(self.run.mapping)
        targets = self.kind.fields(self.run.target_slug)
        if not targets:
            return document_of_sources(self.data, sources)
        document = document_of_targets(self.data, targets)
        if self.kind.is_open:
            document = self._with_others(document, sources)
        return document

    def _with_others(self, document: dict[str, Any], sources: list[str]) -> dict[str, Any]:
        """Nothing needs to be said where every field goes in under its own name."""
        if self.cleaned_data["others"] == "drop":
            return {**document, "others": "drop"} if document else {}
        plain = all(rule == name for name, rule in document.items())
        return {} if plain else {**document, "others": "keep"}


def initial(run: ImportRun) -> dict[str, Any]:
    options = run.order.get("options", {})
    kept = {
        name: run.order.get(name) or "" for name in ("key", "title", "theme", "owner", "parent_level", "home")
    }
    return {
        **{name: options.get(name, "") for name in ("encoding", "source_layer", *COLUMNS)},
        **kept,
        "swap_axes": bool(run.order.get("swap_axes")) and not options.get("source_crs"),
        "crs_other": options.get("source_crs", ""),
        "valid_from": (run.order.get("valid_from") or "")[:10],
        "others": run.mapping.get("others", "keep") if isinstance(run.mapping.get("others"), str) else "keep",
    }


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, Department):
        return value.slug
    return value.isoformat() if hasattr(value, "isoformat") else value or ""
