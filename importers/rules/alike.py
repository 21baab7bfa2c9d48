"""Names of fields that mean the same, in Greek, English and greeklish."""

import unicodedata
from collections.abc import Iterable

SHORTEST_CUT = 5
LATIN = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True))
    | {"ς": "s", "θ": "th", "χ": "ch", "ψ": "ps"}
)
# By the name of a target's field: what such a field is called in files.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "kaek": ("ΚΑΕΚ", "κωδικός ΚΑΕΚ", "parcel id"),
    "code": ("κωδικός", "κωδ", "code", "id", "αα", "α/α", "key", "κωδ. αριθμός"),
    "slug": ("κωδικός", "κωδ", "code", "id", "συντομογραφία"),
    "external_id": ("αριθμός πρωτοκόλλου", "αρ. πρωτ.", "αριθμός", "κωδικός", "protocol number", "reference", "ref",
                    "request id", "ticket", "id", "αα"),
    "name": ("όνομα", "ονομασία", "επωνυμία", "τίτλος", "περιγραφή", "name", "title", "label"),
    "name_en": ("όνομα αγγλικά", "αγγλικό όνομα", "english name", "name english", "latin name"),
    "street": ("οδός", "ονομασία οδού", "όνομα οδού", "street", "street name", "road"),
    "street_en": ("οδός αγγλικά", "street english", "street latin"),
    "number": ("αριθμός", "αρ", "αριθ", "αριθμός οδού", "house number", "street number", "no", "num"),
    "postcode": ("ΤΚ", "τ.κ.", "ταχυδρομικός κώδικας", "ταχ. κώδικας", "post code", "zip", "zip code"),
    "place": ("πόλη", "οικισμός", "τόπος", "δήμος", "κοινότητα", "town", "city", "village", "locality"),
    "address": ("διεύθυνση", "δ/νση", "διευθ", "τοποθεσία", "οδός", "address", "addr", "location", "street address"),
    "category": ("κατηγορία", "είδος", "τύπος", "θέμα", "category", "type", "kind", "service", "subject"),
    "reported": ("ημερομηνία αναφοράς", "ημερομηνία υποβολής", "ημερομηνία", "ημ/νία", "ημνια", "υποβολή",
                 "reported", "opened", "created", "created at", "date", "add date", "reported on"),
    "closed": ("ημερομηνία κλεισίματος", "ημερομηνία ολοκλήρωσης", "ολοκλήρωση", "κλείσιμο", "closed", "closed on",
               "resolved", "resolution date", "completed"),
    "due": ("προθεσμία", "λήξη", "due", "due date", "deadline"),
    "state": ("κατάσταση", "στάδιο", "state", "status"),
    "description": ("περιγραφή", "κείμενο", "σχόλια", "παρατηρήσεις", "description", "details", "text", "comments"),
    "email": ("e-mail", "mail", "ηλεκτρονικό ταχυδρομείο", "ηλ. ταχυδρομείο"),
    "phone": ("τηλέφωνο", "τηλ", "telephone", "tel"),
    "parent": ("υπάγεται", "ανήκει", "προϊσταμένη", "parent", "belongs to"),
    "kind": ("είδος", "τύπος", "βαθμίδα", "kind", "type", "level"),
    "serves": ("εξυπηρετεί", "περιοχές", "areas", "serves"),
}  # fmt: skip


def folded(name: str) -> str:
    """Latin letters and digits only: “Δ/νση (1)” and “DNSI1” are one."""
    plain = unicodedata.normalize("NFD", name.casefold()).translate(LATIN)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def likeness(name: str, wanted: Iterable[str]) -> int:
    """How sure it is that the field `name` is one of those `wanted`, which come most usual first; 0: it is not. A
    Shapefile cuts names off, so the beginning of a name counts too, a little less."""
    given = folded(name)
    best = 0
    for place, word in enumerate(wanted):
        known = folded(word)
        if given and given == known:
            best = max(best, 200 - place)
        elif len(given) >= SHORTEST_CUT and known.startswith(given):
            best = max(best, 100 - place)
    return best


def wanted_names(field: str, title: str) -> tuple[str, ...]:
    """What a field of a target may be called in a file, surest first."""
    return (field, title, *SYNONYMS.get(field.casefold(), ()))
