"""The layers of the demo: what each is called and holds, and how those look that have no styles in looks.py."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass, field
from typing import Any

from . import base_styles as base
from .parts import NO_PART, PARTS
from .style import Fragment, by_zoom, fill, label, line, pick

SOURCE = "Δήμος Καλλιρρόης (δεδομένα επίδειξης)"
LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class LayerRow:
    """A layer of the catalogue; `fields` are (name, JSON type, Greek title, English title)."""

    slug: str
    title: str
    title_en: str
    theme: str
    geometry_kind: str
    style: list[Fragment]
    position: int
    fields: tuple[tuple[str, str, str, str], ...] = ()
    title_field: str = "name"
    key_field: str = ""
    min_zoom: int = 0
    visibility: str = "public"
    shown: bool = False
    description: str = ""
    legend: list[dict[str, Any]] = field(default_factory=list)
    departments: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        part = PARTS.get(self.slug, NO_PART)
        properties = {
            name: {**_typed(kind), "title": el, "title_en": en}
            | ({"x-role": part.roles[name]} if name in part.roles else {})
            for name, kind, el, en in self.fields
        }
        played = {"x-part": part.part} if part.part else {}
        return {"type": "object", **played, "properties": properties}


def _typed(kind: str) -> dict[str, Any]:
    """JSON Schema has no type for dates and ΚΑΕΚ: they are texts of a format or a pattern."""
    if kind == "kaek":
        return {"type": "string", "pattern": r"^\d{12}(/\d+)*$", "examples": ["061870102001"]}
    if kind == "land-use":
        return {"type": "string", "codes": "land-use-2018"}
    return {"type": "string", "format": "date"} if kind == "date" else {"type": kind}


NAME = (("name", "string", "Όνομα", "Name"), ("name_en", "string", "Όνομα (αγγλικά)", "Name in English"))
KIND = ("kind", "string", "Είδος", "Kind")
IN_PLAN = (
    ("plan", "string", "Σχέδιο", "Plan"),
    ("gazette", "string", "ΦΕΚ", "Gazette"),
    ("in_force", "date", "Σε ισχύ από", "In force since"),
)

LAYERS = (
    LayerRow("land-cover", "Κάλυψη γης", "Land cover", "base", "polygon", base.land_cover(), 10, (KIND,), "kind"),
    LayerRow("built-up", "Οικιστικές περιοχές", "Built-up areas", "base", "polygon", base.built_up(), 12, NAME),
    LayerRow("blocks-base", "Οικοδομικά τετράγωνα (υπόβαθρο)", "Blocks (base map)", "base", "polygon", base.blocks(), 14, (KIND,), "kind", min_zoom=12),
    LayerRow("grounds", "Κοινόχρηστοι και κοινωφελείς χώροι", "Public grounds", "base", "polygon", base.grounds(), 16, (*NAME, KIND), min_zoom=11),
    LayerRow("water", "Νερά", "Water", "base", "polygon", base.water(), 18, (*NAME, KIND)),
    LayerRow("piers", "Λιμενικά έργα", "Harbour works", "base", "polygon", [fill({"fill-color": "#dcdde2"}, {"fill-color": "#2c2f35"})], 20, (KIND,), "kind", min_zoom=11),
    LayerRow("roads", "Οδικό δίκτυο", "Roads", "base", "line", base.roads(), 30,
             (*NAME, KIND, ("keeper", "string", "Αρμοδιότητα", "Kept by"), ("width_m", "number", "Πλάτος (μ.)", "Width (m)"))),
    LayerRow("railway", "Σιδηροδρομική γραμμή", "Railway", "base", "line", base.railway(), 32, NAME, min_zoom=8),
    LayerRow("buildings", "Κτίρια", "Buildings", "base", "polygon", base.buildings(), 40,
             (KIND, ("floors", "integer", "Όροφοι", "Floors"), ("year", "integer", "Έτος", "Year")), "kind", min_zoom=14),
    LayerRow("house-numbers", "Αριθμοί", "House numbers", "base", "point", base.house_numbers(), 50,
             (("number", "string", "Αριθμός", "Number"), ("street", "string", "Οδός", "Street")), "number", min_zoom=16),
    LayerRow("block-numbers", "Αριθμοί Ο.Τ.", "Block numbers", "base", "point", base.block_numbers(), 52, (("number", "string", "Ο.Τ.", "Block"),),
             "number", min_zoom=16),
    LayerRow("labels", "Ονομασίες", "Names", "base", "point", base.labels(), 60, (*NAME, KIND, ("use", "string", "Χρήση", "Use"), ("rank", "integer", "Σειρά", "Rank"))),
    LayerRow("zones", "Χρήσεις γης και όροι δόμησης (ΓΠΣ)", "Land use and building rules", "land_use", "polygon", [], 10, (
        ("name", "string", "Ζώνη", "Zone"), ("land_use", "string", "Χρήση γης", "Land use"), ("use_code", "land-use", "Κωδικός χρήσης", "Use code"),
        ("far", "number", "Συντελεστής δόμησης (ΣΔ)", "Floor-area ratio"), ("coverage", "number", "Κάλυψη", "Coverage"),
        ("height_m", "number", "Μέγιστο ύψος (μ.)", "Maximum height (m)"), ("least_plot_m2", "integer", "Αρτιότητα (τ.μ.)", "Minimum plot (m²)"),
        ("least_front_m", "number", "Ελάχιστο πρόσωπο (μ.)", "Minimum frontage (m)"), ("front_yard_m", "number", "Πρασιά (μ.)", "Front yard (m)"),
        ("side_yard_m", "number", "Πλάγια απόσταση (μ.)", "Side yard (m)"), ("system", "string", "Οικοδομικό σύστημα", "Building system"), *IN_PLAN,
        ("decree", "string", "Διάταγμα χρήσεων", "Land-use decree"), ("code", "string", "Κωδικός ζώνης", "Zone code")),
        key_field="code", description="Γενικό Πολεοδομικό Σχέδιο με τις προηγούμενες καταστάσεις του."),
    LayerRow("blocks", "Οικοδομικά τετράγωνα (Ο.Τ.)", "Urban blocks", "plan", "polygon", [
        line({"line-color": "#8c3a6b", "line-width": by_zoom(13, 0.6, 18, 2)}, minzoom=13),
        label(["concat", "Ο.Τ. ", ["get", "number"]], 12, minzoom=15, maxzoom=17, ink="#8c3a6b")], 10,
        (("number", "string", "Ο.Τ.", "Block"), ("place", "string", "Οικισμός", "Settlement"), ("area_m2", "number", "Εμβαδόν (τ.μ.)", "Area (m²)")),
        "number", min_zoom=13, legend=[{"label": "Όριο Ο.Τ.", "label_en": "Block outline", "color": "#8c3a6b", "shape": "line"}]),
    LayerRow("parcels", "Γεωτεμάχια (ΚΑΕΚ)", "Cadastral parcels", "cadastre", "polygon", [
        fill({"fill-color": "#b3261e", "fill-opacity": 0.04}, minzoom=15),
        line({"line-color": "#b3261e", "line-width": by_zoom(14, 0.3, 18, 1.4)}, minzoom=14),
        label(["get", "short"], 10, minzoom=17, ink="#8f1f18")], 10,
        (("kaek", "kaek", "ΚΑΕΚ", "Cadastral code"), ("short", "string", "Αριθμός", "Number"), ("block", "string", "Ο.Τ.", "Block"),
         ("area_m2", "number", "Εμβαδόν (τ.μ.)", "Area (m²)"), ("title_m2", "number", "Εμβαδόν τίτλου (τ.μ.)", "Area by title (m²)"),
         ("address", "string", "Διεύθυνση", "Address")),
        "kaek", "kaek", min_zoom=14, legend=[{"label": "Γεωτεμάχιο", "label_en": "Parcel", "color": "#b3261e", "shape": "polygon"}]),
    LayerRow("municipal-property", "Δημοτική περιουσία", "Municipal property", "property", "polygon", [
        fill({"fill-color": pick("kind", {"Ιδιωτική περιουσία": "#4b4fa8", "Κοινόχρηστο": "#00705a"}, "#0054ba"), "fill-opacity": 0.4}),
        line({"line-color": "#2a2d66", "line-width": 1.2})], 10,
        (("number", "string", "Αριθμός μητρώου", "Register number"), ("kaek", "string", "ΚΑΕΚ", "Cadastral code"), ("kind", "string", "Κατηγορία", "Kind"),
         ("use", "string", "Χρήση", "Use"), ("title", "string", "Τίτλος κτήσης", "Title"), ("acquired", "integer", "Έτος κτήσης", "Acquired"),
         ("status", "string", "Κατάσταση", "Status"), ("value_eur", "integer", "Αξία (€)", "Value (€)"), ("area_m2", "number", "Εμβαδόν (τ.μ.)", "Area (m²)")),
        "number", "number", min_zoom=12, visibility="staff"),
    LayerRow("plan-limit", "Όριο σχεδίου και οικισμών", "Limits of plan and settlements", "plan", "polygon",
             [line({"line-color": "#b3261e", "line-width": by_zoom(10, 1, 16, 3), "line-dasharray": [6, 2, 1, 2]}, layout={})], 20, NAME,
             legend=[{"label": "Όριο", "label_en": "Limit", "color": "#b3261e", "shape": "line"}]),
    LayerRow("building-lines", "Οικοδομικές γραμμές", "Building lines", "plan", "line",
             [line({"line-color": "#c2410c", "line-width": by_zoom(15, 0.6, 19, 2), "line-dasharray": [4, 2]}, layout={}, minzoom=15)], 30,
             (*NAME[:1], ("block", "string", "Ο.Τ.", "Block"), ("yard_m", "number", "Πρασιά (μ.)", "Front yard (m)"), *IN_PLAN), min_zoom=15,
             legend=[{"label": "Οικοδομική γραμμή", "label_en": "Building line", "color": "#c2410c", "shape": "line"}]),
    LayerRow("reservations", "Απαλλοτριώσεις και δεσμεύσεις", "Expropriations and reservations", "plan", "polygon", [], 40,
        (("number", "string", "Αριθμός", "Number"), *NAME[:1], KIND, ("state", "string", "Κατάσταση", "Status"), *IN_PLAN), "name", "number", min_zoom=13),
    LayerRow("flood-zones", "Ζώνη πλημμύρας", "Flood zone", "environment", "polygon", [], 10,
        (*NAME, ("period", "string", "Περίοδος επαναφοράς", "Return period"))),
    LayerRow("heritage", "Αρχαιολογικός χώρος και παραδοσιακό τμήμα", "Archaeological site and old town", "environment", "polygon", [], 20,
        (*NAME, ("gazette", "string", "ΦΕΚ", "Gazette"))),
    LayerRow("garbage-routes", "Διαδρομές αποκομιδής", "Collection routes", "networks", "polygon", [
        fill({"fill-color": pick("days", {"Δευτέρα – Πέμπτη": "#6aa84f", "Τρίτη – Παρασκευή": "#3d85c6", "Τετάρτη – Σάββατο": "#e69138"}, "#999999"), "fill-opacity": 0.25}),
        line({"line-color": "#4d4d4d", "line-width": 0.8}), label(["get", "name"], 11, minzoom=12)], 10,
        (*NAME, ("days", "string", "Ημέρες", "Days"))),
)  # fmt: skip
