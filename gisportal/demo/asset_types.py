"""The kinds of asset the demo keeps, each with the fields of its register card."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass, field
from typing import Any

#: What the register keeps as a code, as people say it.
GREEK = {
    "led": "LED", "sodium": "νατρίου", "mercury": "υδραργύρου", "fluorescent": "φθορισμού",
    "steel": "χαλύβδινος", "concrete": "τσιμεντένιος", "wall": "επιτοίχιος βραχίονας", "network": "στύλος δικτύου",
    "smart": "έξυπνος", "plain": "απλός", "mixed": "σύμμεικτα", "recycling": "ανακύκλωση", "glass": "γυαλί",
    "organic": "βιοαπόβλητα", "plastic": "πλαστικό", "metal": "μέταλλο", "rubber": "ελαστικό", "sand": "άμμος",
    "gravel": "χαλίκι", "swing": "κούνια", "slide": "τσουλήθρα", "seesaw": "τραμπάλα", "climber": "αναρρίχηση",
    "grating": "εσχάρα", "kerb opening": "άνοιγμα κρασπέδου", "carousel": "περιστρεφόμενο", "spring": "ελατήριο", "wood": "ξύλο", "marble": "μάρμαρο",
}  # fmt: skip
ENGLISH = {"led": "LED", "wall": "wall bracket", "network": "network pole"}


def _text(title: str, title_en: str, *options: str) -> dict[str, Any]:
    titled = [{"const": o, "title": GREEK[o], "title_en": ENGLISH.get(o, o)} for o in options]
    return {"type": "string", "title": title, "title_en": title_en, **({"oneOf": titled} if titled else {})}


def _number(title: str, title_en: str) -> dict[str, Any]:
    return {"type": "number", "title": title, "title_en": title_en}


def _flag(title: str, title_en: str) -> dict[str, Any]:
    return {"type": "boolean", "title": title, "title_en": title_en}


@dataclass(frozen=True)
class AssetTypeRow:
    slug: str
    title: str
    title_en: str
    icon: str
    color: str
    code_format: str
    min_zoom: int
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    geometry_kind: str = "point"
    visibility: str = "public"
    shown: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": self.fields}


STREET = _text("Οδός", "Street")
ASSET_TYPES = (
    AssetTypeRow("streetlight", "Φωτιστικό", "Street lamp", "bulb", "#c98500", "^ΦΩ-[0-9]{5}$", 15, {
        "lamp": _text("Τύπος λαμπτήρα", "Lamp type", "led", "sodium", "mercury", "fluorescent"), "watts": _number("Ισχύς (W)", "Power (W)"),
        "pole_height_m": _number("Ύψος ιστού (μ.)", "Pole height (m)"), "pole": _text("Ιστός", "Pole", "steel", "concrete", "wall", "network"),
        "circuit": _text("Κύκλωμα", "Circuit"), "street": STREET}, shown=True),
    AssetTypeRow("circuit", "Κύκλωμα φωτισμού", "Lighting circuit", "route", "#8a6d00", "^ΠΛ-[0-9]{3}/[Α-Δ]$", 14, {
        "breaker_amps": _number("Ασφάλεια (A)", "Breaker (A)"), "lamps": _number("Φωτιστικά", "Lamps")}, "line", "staff"),
    AssetTypeRow("pillar", "Πίλλαρ φωτισμού", "Lighting pillar", "bolt", "#7a4f00", "^ΠΛ-[0-9]{3}$", 14, {
        "supply_number": _text("Αριθμός παροχής", "Supply number"), "lamps": _number("Φωτιστικά", "Lamps"),
        "meter": _text("Μετρητής", "Meter", "smart", "plain")}, visibility="staff"),
    AssetTypeRow("bin", "Κάδος", "Bin", "trash", "#2f7d4f", "^(ΚΑ|ΑΝ|ΓΥ|ΒΑ)-[0-9]{4}$", 15, {
        "stream": _text("Ρεύμα", "Stream", "mixed", "recycling", "glass", "organic"), "litres": _number("Λίτρα", "Litres"),
        "material": _text("Υλικό", "Material", "plastic", "metal"), "lid": _flag("Καπάκι", "Lid"), "street": STREET}),
    AssetTypeRow("tree", "Δέντρο", "Tree", "tree", "#3f8f3a", "^ΔΕ-[0-9]{5}$", 16, {
        "species": _text("Είδος", "Species"), "latin": _text("Επιστημονικό όνομα", "Latin name"), "girth_cm": _number("Περίμετρος κορμού (εκ.)", "Girth (cm)"),
        "height_m": _number("Ύψος (μ.)", "Height (m)"), "where": _text("Θέση", "Where")}),
    AssetTypeRow("drain", "Φρεάτιο ομβρίων", "Storm drain", "ripple", "#3c6e8f", "^ΦΡ-[0-9]{5}$", 17, {
        "cover": _text("Κάλυμμα", "Cover", "grating", "kerb opening"), "street": STREET}),
    AssetTypeRow("sign", "Πινακίδα", "Traffic sign", "road-sign", "#a83232", "^ΠΚ-[0-9]{5}$", 16, {
        "sign": _text("Κωδικός ΚΟΚ", "Sign code"), "meaning": _text("Σημασία", "Meaning"), "street": STREET}),
    AssetTypeRow("playground", "Παιδική χαρά", "Playground", "horse-toy", "#b3589a", "^ΠΧ-[0-9]{3}$", 13, {
        "name": _text("Όνομα", "Name"), "certified": _flag("Πιστοποιημένη", "Certified"), "fence": _flag("Περίφραξη", "Fence"),
        "surface": _text("Δάπεδο", "Surface", "rubber", "sand", "gravel")}, "polygon"),
    AssetTypeRow("play-equipment", "Όργανο παιδικής χαράς", "Play equipment", "seedling", "#c76bb0", "^ΟΡ-[0-9]{4}$", 16, {
        "equipment": _text("Όργανο", "Equipment", "swing", "slide", "seesaw", "climber", "carousel", "spring"), "title": _text("Ονομασία", "Title"),
        "playground": _text("Παιδική χαρά", "Playground"), "ages": _text("Ηλικίες", "Ages")}),
    AssetTypeRow("bench", "Παγκάκι", "Bench", "armchair", "#8a6b4f", "^ΠΓ-[0-9]{4}$", 16, {
        "material": _text("Υλικό", "Material", "wood", "metal", "marble"), "where": _text("Θέση", "Where")}),
    AssetTypeRow("fountain", "Βρύση", "Fountain", "fountain", "#2f86b5", "^ΒΡ-[0-9]{3}$", 15, {
        "name": _text("Όνομα", "Name"), "drinking": _flag("Πόσιμο νερό", "Drinking water")}),
)  # fmt: skip
