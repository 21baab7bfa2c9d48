"""The municipality's own property: which parcels it owns, how they came to it and what stands on them."""

import functools
from dataclasses import dataclass

from shapely.geometry import Polygon

from .blocks import blocks
from .frame import chance
from .parcels import parcels

USES = {
    "square": "Πλατεία",
    "park": "Πάρκο",
    "school": "Σχολείο",
    "civic": "Διοίκηση και πολιτισμός",
    "townhall": "Διοίκηση",
    "market": "Δημοτική αγορά",
    "sports": "Αθλητική εγκατάσταση",
    "cemetery": "Κοιμητήριο",
    "depot": "Αμαξοστάσιο",
    "playground": "Παιδική χαρά",
    "parking": "Χώρος στάθμευσης",
}
TITLES = ("Πράξη εφαρμογής", "Απαλλοτρίωση", "Δωρεά", "Αγορά", "Παραχώρηση Δημοσίου", "Χρησικτησία")
LEASES = ("", "", "", "", "Μισθωμένο", "Παραχώρηση χρήσης", "Διεκδικείται")


@dataclass(frozen=True)
class Property:
    """An entry of the property register; `parcel` indexes `parcels()`."""

    number: str
    parcel: int
    kind: str
    use: str
    title: str
    acquired: int
    status: str
    value_eur: int
    shape: Polygon


@functools.cache
def register() -> tuple[Property, ...]:
    """Public grounds, and the odd plots and shops left to the municipality."""
    rng = chance("register")
    found: list[Property] = []
    for index, parcel in enumerate(parcels()):
        block = blocks()[parcel.block]
        own = block.use in USES
        if not own and not (block.use == "built" and rng.random() < 0.006):
            continue
        kind = (
            "Κοινόχρηστο"
            if block.use in {"square", "park", "playground", "parking"}
            else "Κοινωφελές"
            if own
            else "Ιδιωτική περιουσία"
        )
        use = USES.get(block.use) or rng.choice(
            ("Οικόπεδο", "Οικόπεδο", "Κατάστημα", "Κατοικία από κληροδότημα")
        )
        value = int(parcel.shape.area * rng.uniform(90, 620) / 1000) * 1000
        status = "" if own else rng.choice(LEASES)
        found.append(
            Property(
                f"ΔΠ-{len(found) + 1:04d}",
                index,
                kind,
                use,
                rng.choice(TITLES),
                rng.randint(1899, 2021),
                status,
                value,
                parcel.shape,
            )
        )
    return tuple(found)
