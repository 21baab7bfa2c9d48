"""The looks of the demo's plans, hatched as Greek plans are; the first of a layer is shown at first."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from layers.actions.styles import save_style
from layers.models import Layer
from layers.sources import source_for
from layers.styles.fields import kinds_of
from layers.styles.hatch import Hatch
from layers.styles.palettes import ramp_colors
from layers.styles.spec import Case, Labels, Spec, Symbol

from .zones import (
    CENTRE,
    FARMING,
    GREEN,
    HOUSING,
    LOW_NUISANCE,
    PUBLIC_USE,
    PURE_HOUSING,
    SPECIAL,
    TOURISM,
    UTILITIES,
)

EDGE, INK = "#6f4e37", "#4a3323"


@dataclass(frozen=True)
class LookRow:
    slug: str
    title: str
    title_en: str
    spec: Spec


#: Land use → colour, hatching, English.
USES: dict[str, tuple[str, Hatch | None, str]] = {
    PURE_HOUSING: ("#f6d7a7", None, "Housing only"),
    HOUSING: ("#eebb76", None, "General housing"),
    CENTRE: ("#d9534f", Hatch("cross", "#8f1d1a", 12, 1), "Town centre"),
    TOURISM: ("#e8a0c0", None, "Tourism and leisure"),
    PUBLIC_USE: ("#7fb3d5", Hatch("horizontal", "#2f6690", 8, 1), "Public services"),
    GREEN: ("#8fcf8a", None, "Open spaces and green"),
    LOW_NUISANCE: ("#b39bc8", Hatch("diagonal", "#5b3b82", 9), "Production, low and medium nuisance"),
    UTILITIES: ("#a9a9a9", Hatch("back-diagonal", "#4d4d4d", 7), "Utilities"),
    SPECIAL: ("#8d7b68", Hatch("vertical", "#54432f", 8, 1), "Special uses"),
    FARMING: ("#f3f0d2", None, "Agricultural"),
}


def _by_use() -> Spec:
    cases = (
        Case(Symbol(color, 0.5, outline=EDGE, hatch=hatch), value=use, label=use, label_en=english)
        for use, (color, hatch, english) in USES.items()
    )
    rest = Case(Symbol("#cccccc", 0.5, outline=EDGE), label="Άλλη χρήση", label_en="Another use")
    labels = Labels("{use_code}", size=12, color=INK, min_zoom=13)
    return Spec("category", tuple(cases), rest, field="land_use", labels=labels)


def _by_far() -> Spec:
    breaks = (0.4, 0.8, 1.2, 1.6, 2.0)
    colors = ramp_colors("oranges", len(breaks) + 1)
    cases = tuple(Case(Symbol(color, 0.7, outline=EDGE, outline_width=0.8)) for color in colors)
    labels = Labels("ΣΔ {far}", size=12, color=INK, min_zoom=14)
    return Spec("class", cases, field="far", method="by_hand", ramp="oranges", breaks=breaks, labels=labels)


def _one(symbol: Symbol, label: str, label_en: str, min_zoom: float = 0.0) -> Spec:
    return Spec("single", (Case(symbol, label, label_en),), min_zoom=min_zoom)


FLOOD = Symbol("#2f86b5", 0.12, outline="#2f86b5", outline_width=1.2, hatch=Hatch("horizontal", "#2f86b5", 7))
SITE = Symbol(
    "#8d6e3f",
    0.1,
    outline="#8d6e3f",
    outline_width=1.6,
    dash=(3, 2),
    hatch=Hatch("back-diagonal", "#8d6e3f", 11),
)
RESERVED = Symbol(
    "#7a1fa2", 0.14, outline="#7a1fa2", outline_width=1.6, hatch=Hatch("diagonal", "#7a1fa2", 7)
)
LOOKS: dict[str, tuple[LookRow, ...]] = {
    "zones": (
        LookRow("by-use", "Κατά χρήση γης", "By land use", _by_use()),
        LookRow("by-far", "Κατά συντελεστή δόμησης", "By floor-area ratio", _by_far()),
    ),
    "flood-zones": (LookRow("hatched", "Διαγράμμιση", "Hatched", _one(FLOOD, "Ζώνη πλημμύρας", "Flood zone")),),
    "heritage": (LookRow("hatched", "Διαγράμμιση", "Hatched", _one(SITE, "Προστατευόμενη περιοχή", "Protected area")),),
    "reservations": (
        LookRow("hatched", "Διαγράμμιση", "Hatched", _one(RESERVED, "Δεσμευμένη έκταση", "Reserved ground", min_zoom=13)),
    ),
}  # fmt: skip


def save_looks(layer: Layer) -> None:
    """The looks of the layer, where it has any here."""
    for row in LOOKS.get(layer.slug, ()):
        kinds = kinds_of(source_for(AnonymousUser(), layer.slug))
        save_style(
            layer=layer, slug=row.slug, title=row.title, title_en=row.title_en, spec=row.spec, kinds=kinds
        )
