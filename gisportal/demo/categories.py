"""What people report: a tree of kinds, each with its questions, promise and words people use for it."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass
from typing import Any

Question = dict[str, Any]


def _choice(
    code: str, label: str, label_en: str, *options: tuple[str, str, str], required: bool = False
) -> Question:
    rows = [{"value": value, "label": el, "label_en": en} for value, el, en in options]
    return {
        "code": code,
        "label": label,
        "label_en": label_en,
        "kind": "choice",
        "required": required,
        "options": rows,
    }


def _yes_no(code: str, label: str, label_en: str) -> Question:
    return {
        "code": code,
        "label": label,
        "label_en": label_en,
        "kind": "yes_no",
        "required": False,
        "options": [],
    }


def _text(code: str, label: str, label_en: str) -> Question:
    return {
        "code": code,
        "label": label,
        "label_en": label_en,
        "kind": "text",
        "required": False,
        "options": [],
    }


@dataclass(frozen=True)
class CategoryRow:
    """A kind of problem; `share` is how often it is reported among all, `radius` metres for duplicates."""

    slug: str
    parent: str
    title: str
    title_en: str
    icon: str
    days: int = 5
    radius: int = 30
    share: float = 0
    asset: str = ""
    keywords: str = ""
    questions: tuple[Question, ...] = ()
    public: bool = True


DANGER = _yes_no("danger", "Είναι επικίνδυνο αυτή τη στιγμή;", "Is it dangerous right now?")
SIZE = _choice("size", "Πόσο μεγάλη είναι;", "How large is it?", ("small", "Μικρή, σαν πιάτο", "Small, like a plate"),
               ("medium", "Μέτρια, σαν ρόδα", "Medium, like a wheel"), ("large", "Μεγάλη, πάνω από μέτρο", "Large, over a metre"))  # fmt: skip
HOW_MANY = _choice("extent", "Πόσα φωτιστικά;", "How many lamps?", ("one", "Ένα", "One"), ("few", "Δύο ή τρία", "Two or three"),
                   ("street", "Όλος ο δρόμος", "The whole street"))  # fmt: skip
SINCE = _choice(
    "since",
    "Από πότε;",
    "Since when?",
    ("today", "Σήμερα", "Today"),
    ("days", "Λίγες μέρες", "A few days"),
    ("weeks", "Εβδομάδες", "Weeks"),
)
PLATE = _text("plate", "Αριθμός κυκλοφορίας, αν φαίνεται", "Number plate, if you can see it")
ANIMAL = _choice("condition", "Σε τι κατάσταση είναι;", "How is the animal?", ("healthy", "Υγιές", "Healthy"), ("injured", "Τραυματισμένο", "Injured"),
                 ("aggressive", "Επιθετικό", "Aggressive"), ("dead", "Νεκρό", "Dead"))  # fmt: skip

CATEGORIES = (
    CategoryRow("roads", "", "Δρόμοι", "Roads", "road"),
    CategoryRow("pothole", "roads", "Λακκούβα", "Pothole", "barrier-block", 5, 20, 12, "", "τρύπα, άσφαλτος, καθίζηση", (SIZE, DANGER)),
    CategoryRow("road-surface", "roads", "Φθαρμένο οδόστρωμα", "Worn road surface", "road-off", 15, 40, 4, "", "ασφαλτόστρωση, ρωγμές", (DANGER,)),
    CategoryRow("road-sign", "roads", "Πινακίδα ή καθρέφτης", "Sign or mirror", "road-sign", 7, 20, 3, "sign", "στοπ, σήμανση, καθρέπτης, διαγράμμιση"),
    CategoryRow("pavements", "", "Πεζοδρόμια", "Pavements", "walk"),
    CategoryRow("pavement-damage", "pavements", "Σπασμένες πλάκες", "Broken paving", "shovel", 10, 20, 5, "", "πεζοδρόμιο, πλακάκια", (DANGER,)),
    CategoryRow("ramp", "pavements", "Ράμπα ή πρόσβαση ΑμεΑ", "Ramp or access for all", "wheelchair", 10, 20, 2, "", "αναπηρικό, καρότσι, προσβασιμότητα"),
    CategoryRow("pavement-blocked", "pavements", "Εμπόδια στο πεζοδρόμιο", "Blocked pavement", "barrier-block", 5, 20, 2, "", "τραπεζοκαθίσματα, υλικά, μπάζα"),
    CategoryRow("lighting", "", "Ηλεκτροφωτισμός", "Street lighting", "bulb"),
    CategoryRow("dark-lamp", "lighting", "Σβηστό φωτιστικό", "Dark street lamp", "bulb-off", 4, 15, 15, "streetlight", "λάμπα, καμένη, σκοτάδι, φως", (HOW_MANY, SINCE)),
    CategoryRow("day-lamp", "lighting", "Ανάβει την ημέρα", "Lit by day", "sun-off", 6, 25, 1.5, "streetlight", "αναμμένο, μέρα"),
    CategoryRow("lamp-damage", "lighting", "Κατεστραμμένος ιστός ή καλώδια", "Damaged pole or wires", "bolt", 2, 15, 2, "streetlight", "κολώνα, στύλος, καλώδιο", (DANGER,)),
    CategoryRow("waste", "", "Καθαριότητα", "Cleanliness", "trash"),
    CategoryRow("full-bin", "waste", "Γεμάτος κάδος", "Overflowing bin", "trash", 2, 25, 10, "bin", "σκουπίδια, αποκομιδή", (SINCE,)),
    CategoryRow("broken-bin", "waste", "Σπασμένος κάδος", "Broken bin", "trash-x", 7, 15, 3, "bin", "καπάκι, ρόδες"),
    CategoryRow("bulky", "waste", "Ογκώδη και κλαδιά", "Bulky items and branches", "sofa", 4, 30, 6, "", "έπιπλα, στρώμα, κλαδέματα"),
    CategoryRow("dumping", "waste", "Παράνομη απόρριψη", "Illegal dumping", "shovel", 5, 40, 3, "", "μπάζα, χωματερή"),
    CategoryRow("dirty-street", "waste", "Ακάθαρτος δρόμος", "Dirty street", "leaf", 3, 40, 4, "", "σκούπισμα, φύλλα, χόρτα"),
    CategoryRow("recycling", "waste", "Ανακύκλωση", "Recycling", "recycle", 3, 25, 2, "bin", "μπλε κάδος, κώδωνας"),
    CategoryRow("green", "", "Πράσινο", "Green", "trees"),
    CategoryRow("tree", "green", "Δέντρο για κλάδεμα ή επικίνδυνο", "Tree to prune or dangerous", "tree", 8, 15, 6, "tree", "κλαδιά, κλάδεμα, πεσμένο", (DANGER,)),
    CategoryRow("weeds", "green", "Ξερά χόρτα", "Dry grass and weeds", "plant", 10, 40, 3, "", "οικόπεδο, αποψίλωση, πυρκαγιά"),
    CategoryRow("bench", "green", "Παγκάκι ή βρύση", "Bench or fountain", "armchair", 12, 15, 1.5, "bench", "κάθισμα, πλατεία"),
    CategoryRow("playgrounds", "", "Παιδικές χαρές", "Playgrounds", "horse-toy"),
    CategoryRow("play-equipment", "playgrounds", "Χαλασμένο όργανο", "Broken equipment", "horse-toy", 3, 15, 2.5, "play-equipment", "κούνια, τσουλήθρα", (DANGER,)),
    CategoryRow("playground-dirt", "playgrounds", "Καθαριότητα παιδικής χαράς", "Playground cleanliness", "seedling", 3, 30, 1, "playground", "σύριγγες, γυαλιά"),
    CategoryRow("water", "", "Ύδρευση και αποχέτευση", "Water and sewerage", "droplet"),
    CategoryRow("water-leak", "water", "Διαρροή νερού", "Water leak", "droplet", 1, 30, 4, "", "σωλήνας, βλάβη, νερό", (DANGER,)),
    CategoryRow("drain", "water", "Φραγμένο φρεάτιο", "Blocked drain", "ripple", 3, 20, 4, "drain", "σχάρα, όμβρια, πλημμύρα"),
    CategoryRow("sewer", "water", "Αποχέτευση – οσμές", "Sewer and smells", "bucket-droplet", 2, 30, 2, "", "βόθρος, μυρωδιά, λύματα"),
    CategoryRow("animals", "", "Αδέσποτα ζώα", "Stray animals", "dog"),
    CategoryRow("stray", "animals", "Αδέσποτο ζώο", "Stray animal", "paw", 3, 60, 4, "", "σκύλος, γάτα, σκυλιά", (ANIMAL,)),
    CategoryRow("vehicles", "", "Οχήματα και στάθμευση", "Vehicles and parking", "car"),
    CategoryRow("abandoned-vehicle", "vehicles", "Εγκαταλειμμένο όχημα", "Abandoned vehicle", "car-off", 20, 15, 3, "", "αυτοκίνητο, πινακίδες", (PLATE,)),
    CategoryRow("illegal-parking", "vehicles", "Παράνομη στάθμευση", "Illegal parking", "parking", 1, 15, 5, "", "παρκάρισμα, ράμπα, πεζοδρόμιο", (PLATE,)),
    CategoryRow("nuisance", "", "Όχληση", "Nuisance", "volume"),
    CategoryRow("graffiti", "nuisance", "Γκράφιτι και αφίσες", "Graffiti and posters", "spray", 15, 20, 1.5, "", "συνθήματα, μουτζούρες"),
    CategoryRow("noise", "nuisance", "Θόρυβος", "Noise", "volume", 2, 30, 2.5, "", "μουσική, μπαρ, ηχορύπανση"),
    CategoryRow("protection", "", "Πολιτική προστασία", "Civil protection", "alert-triangle"),
    CategoryRow("flood", "protection", "Πλημμύρα", "Flooding", "cloud-storm", 1, 80, 1.5, "", "νερά, βροχή, ρέμα", (DANGER,)),
    CategoryRow("fire-risk", "protection", "Κίνδυνος πυρκαγιάς", "Fire risk", "flame", 2, 80, 1, "", "φωτιά, καπνός", (DANGER,)),
    CategoryRow("public-buildings", "", "Δημοτικά κτίρια και σχολεία", "Municipal buildings and schools", "building-community", 10, 40, 2, "", "σχολείο, τουαλέτες, κτίριο"),
    CategoryRow("other", "", "Κάτι άλλο", "Something else", "message-dots", 7, 20, 2.5, "", "ερώτημα, αίτημα"),
)  # fmt: skip


@dataclass(frozen=True)
class RuleRow:
    """A routing rule; slugs and area codes instead of rows. Conditions left out always hold."""

    name: str
    name_en: str
    department: str
    category: str = ""
    area: str = ""
    asset_type: str = ""
    asset_owner: str = ""
    layer: str = ""
    where: tuple[dict[str, Any], ...] = ()
    metres: float = 0


_REGIONAL = ({"field": "keeper", "op": "=", "value": "region"},)
_PORT = ({"field": "kind", "op": "=", "value": "port"},)
_UNIT_B = "960102"

RULES = (
    RuleRow("Πλημμύρα στις όχθες του ποταμού", "Flooding on the river banks", "civil-protection", "flood", layer="flood-zones"),
    RuleRow("Δρόμοι αρμοδιότητας Περιφέρειας", "Roads kept by the region", "region", "roads", layer="roads", where=_REGIONAL, metres=14),
    RuleRow("Φωτιστικά σε στύλους του διαχειριστή δικτύου", "Lamps on the network operator's poles", "network-operator", "lighting", asset_type="streetlight", asset_owner="network-operator"),
    RuleRow("Χερσαία ζώνη λιμένα – καθαριότητα", "Port zone – cleanliness", "port-fund", "waste", layer="grounds", where=_PORT),
    RuleRow("Χερσαία ζώνη λιμένα – δρόμοι", "Port zone – roads", "port-fund", "roads", layer="grounds", where=_PORT),
    RuleRow("Ύδρευση και αποχέτευση", "Water and sewerage", "water-company", "water"),
    RuleRow("Ηλεκτροφωτισμός Δ.Ε. Κεφαλόβρυσου", "Lighting in the Kefalovryso unit", "unit-works", "lighting", area=_UNIT_B),
    RuleRow("Δρόμοι Δ.Ε. Κεφαλόβρυσου", "Roads in the Kefalovryso unit", "unit-works", "roads", area=_UNIT_B),
    RuleRow("Πεζοδρόμια Δ.Ε. Κεφαλόβρυσου", "Pavements in the Kefalovryso unit", "unit-works", "pavements", area=_UNIT_B),
    RuleRow("Πράσινο Δ.Ε. Κεφαλόβρυσου", "Green in the Kefalovryso unit", "unit-kefalovryso", "green", area=_UNIT_B),
    RuleRow("Ηλεκτροφωτισμός", "Street lighting", "lighting", "lighting"),
    RuleRow("Πινακίδες και σήμανση", "Signs and markings", "traffic", "road-sign"),
    RuleRow("Δρόμοι", "Roads", "roads", "roads"),
    RuleRow("Εμπόδια στα πεζοδρόμια", "Blocked pavements", "municipal-police", "pavement-blocked"),
    RuleRow("Πεζοδρόμια", "Pavements", "roads", "pavements"),
    RuleRow("Καθαριότητα και ανακύκλωση", "Cleanliness and recycling", "waste", "waste"),
    RuleRow("Πράσινο", "Green", "green", "green"),
    RuleRow("Παιδικές χαρές", "Playgrounds", "green", "playgrounds"),
    RuleRow("Αδέσποτα ζώα", "Stray animals", "animals", "animals"),
    RuleRow("Οχήματα και στάθμευση", "Vehicles and parking", "municipal-police", "vehicles"),
    RuleRow("Γκράφιτι και αφίσες", "Graffiti and posters", "buildings", "graffiti"),
    RuleRow("Θόρυβος", "Noise", "municipal-police", "noise"),
    RuleRow("Πολιτική προστασία", "Civil protection", "civil-protection", "protection"),
    RuleRow("Κτίρια και σχολεία", "Buildings and schools", "buildings", "public-buildings"),
)  # fmt: skip
