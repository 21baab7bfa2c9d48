"""What the town has in common: squares, parks, schools, churches, and where each of them stands."""

from dataclasses import dataclass

from shapely.geometry import Point

from .frame import at
from .settlements import Village


@dataclass(frozen=True)
class PublicPlace:
    """A public place waiting for its block: `point` is where it belongs, areas in m²."""

    name: str
    name_en: str
    use: str
    point: Point
    least_m2: float = 1500
    most_m2: float = 9000


def _wish(
    name: str, name_en: str, use: str, x: float, y: float, least: float = 1800, most: float = 9000
) -> PublicPlace:
    return PublicPlace(name, name_en, use, at(x, y), least, most)


PUBLIC_PLACES = (
    _wish("Πλατεία Ελευθερίας", "Eleftherias Square", "square", 300, 640, 5500, 30000),
    _wish("Δημαρχείο", "Town Hall", "townhall", 215, 660, 2200),
    _wish("Ιερός Ναός Αγίου Νικολάου", "Church of Saint Nicholas", "church", 395, 640, 2200),
    _wish("Δημοτική Αγορά", "Municipal Market", "market", 290, 540, 2000),
    _wish("Πλατεία Αγίας Τριάδας", "Agia Triada Square", "square", -480, 520, 3500, 20000),
    _wish("Ιερός Ναός Αγίας Τριάδας", "Church of the Holy Trinity", "church", -560, 530, 1800),
    _wish("Πλατεία Τελωνείου", "Customs House Square", "square", 560, 900, 2000),
    _wish("Τελωνείο", "Customs House", "civic", 660, 900, 1500),
    _wish("Κάστρο", "Castle", "castle", 760, -420, 2000, 40000),
    _wish("Πλατεία Σμύρνης", "Smyrna Square", "square", 2330, 500, 900, 2600),
    _wish("Ιερός Ναός Ευαγγελίστριας", "Church of the Annunciation", "church", 2400, 480, 900, 2600),
    _wish("Πλατεία Σταθμού", "Station Square", "square", -480, -420, 1200, 7000),
    _wish("Πάρκο Εθνικής Συμφιλίωσης", "Reconciliation Park", "park", -650, 800, 8000, 40000),
    _wish("Δημοτικός Κήπος", "Municipal Garden", "park", 950, 640, 9000, 60000),
    _wish("Πάρκο Αμπελιών", "Ambelia Park", "park", -1200, 980, 9000, 60000),
    _wish("Πάρκο Νεάπολης", "Neapoli Park", "park", -1180, 180, 8000, 60000),
    _wish("Άλσος Αγίου Γεωργίου", "Saint George Grove", "park", 160, -1180, 9000, 60000),
    _wish("Πάρκο Ανατολικών", "East Park", "park", 2420, -60, 10000, 60000),
    _wish("Πλατεία Κάτω Βρύσης", "Kato Vrysi Square", "square", 500, -80, 900, 5000),
    _wish("Πλατεία Ηρώων", "Heroes' Square", "square", -60, -60, 900, 6000),
    _wish("Πλατεία Παλαιολόγου", "Palaiologou Square", "square", 1020, -380, 400, 3000),
    _wish("1ο Δημοτικό Σχολείο", "1st Primary School", "school", 120, 440, 3000),
    _wish("2ο Δημοτικό Σχολείο", "2nd Primary School", "school", -560, 950, 3200, 12000),
    _wish("3ο Δημοτικό Σχολείο", "3rd Primary School", "school", -1250, 250, 3200, 12000),
    _wish("4ο Δημοτικό Σχολείο", "4th Primary School", "school", 2450, 620, 1700, 6000),
    _wish("5ο Δημοτικό Σχολείο", "5th Primary School", "school", 280, -1050, 3200, 12000),
    _wish("6ο Δημοτικό Σχολείο", "6th Primary School", "school", -1650, 300, 3400, 14000),
    _wish("7ο Δημοτικό Σχολείο", "7th Primary School", "school", 2050, -420, 3000, 14000),
    _wish("8ο Δημοτικό Σχολείο", "8th Primary School", "school", -480, -1150, 3000, 14000),
    _wish("1ο Νηπιαγωγείο", "1st Nursery School", "school", 620, 700, 1800, 9000),
    _wish("2ο Νηπιαγωγείο", "2nd Nursery School", "school", -1500, 900, 1800, 9000),
    _wish("1ο Γυμνάσιο", "1st Lower Secondary School", "school", -320, 720, 3400, 12000),
    _wish("2ο Γυμνάσιο", "2nd Lower Secondary School", "school", -700, -60, 3400, 12000),
    _wish("3ο Γυμνάσιο", "3rd Lower Secondary School", "school", 960, -1240, 3200, 12000),
    _wish("1ο Γενικό Λύκειο", "1st Upper Secondary School", "school", 1180, 420, 3400, 12000),
    _wish("2ο Γενικό Λύκειο", "2nd Upper Secondary School", "school", -1350, -300, 3400, 14000),
    _wish("ΕΠΑΛ Καλλιρρόης", "Vocational School", "school", 2750, -30, 3400, 18000),
    _wish("Γενικό Νοσοκομείο Καλλιρρόης", "General Hospital", "hospital", -1000, -1150, 12000, 60000),
    _wish("Κέντρο Υγείας", "Health Centre", "civic", 700, 480, 2500, 9000),
    _wish("Δημοτικό Στάδιο", "Municipal Stadium", "sports", -1700, -960, 15000, 400000),
    _wish("Κλειστό Γυμναστήριο", "Indoor Sports Hall", "sports", -1500, 560, 6000, 40000),
    _wish("Γήπεδο Προσφυγικών", "Prosfygika Pitch", "sports", 2500, 900, 4000, 16000),
    _wish(
        "Κοιμητήριο Αγίας Παρασκευής", "Cemetery of Saint Paraskevi", "cemetery", -1900, -250, 8000, 400000
    ),
    _wish("Ιερός Ναός Αγίας Παρασκευής", "Church of Saint Paraskevi", "church", -1560, -80, 1800, 12000),
    _wish("Ιερός Ναός Αγίου Γεωργίου", "Church of Saint George", "church", 60, -1150, 1800, 12000),
    _wish("Ιερός Ναός Παντοκράτορος", "Church of Christ Pantocrator", "church", 560, -240, 300, 2500),
    _wish("Ιερός Ναός Αγίων Αποστόλων", "Church of the Holy Apostles", "church", -1150, 820, 1800, 12000),
    _wish("Ιερός Ναός Αγίας Βαρβάρας", "Church of Saint Barbara", "church", 2850, 60, 1800, 14000),
    _wish("Ιερός Ναός Αγίου Κωνσταντίνου", "Church of Saint Constantine", "church", -350, -280, 1800, 12000),
    _wish("Σταθμός ΚΤΕΛ", "Bus Station", "civic", -150, -560, 1800, 9000),
    _wish("Δικαστικό Μέγαρο", "Court House", "civic", 800, 560, 2500, 9000),
    _wish("Πνευματικό Κέντρο", "Cultural Centre", "civic", 20, 620, 2500, 9000),
    _wish("Αμαξοστάσιο Δήμου", "Municipal Depot", "depot", 2950, 700, 6000, 40000),
    _wish("Δημοτική Βιβλιοθήκη", "Municipal Library", "civic", 470, 520, 1800, 9000),
    _wish("Παιδικός Σταθμός Α΄", "Day Nursery A", "school", -120, -180, 900, 8000),
    _wish("Παιδικός Σταθμός Β΄", "Day Nursery B", "school", -1180, 640, 1800, 12000),
    _wish("Παιδική Χαρά Παραλίας", "Seafront Playground", "playground", -1750, 1250, 1500, 9000),
    _wish("Παιδική Χαρά Αρκαδίου", "Arkadi Playground", "playground", -620, 150, 1200, 8000),
    _wish("Παιδική Χαρά Εργατικών", "Ergatika Playground", "playground", -620, -760, 1200, 8000),
    _wish("Παιδική Χαρά Μεταξουργείου", "Silk Mill Playground", "playground", 1150, -1150, 1200, 8000),
    _wish("Παιδική Χαρά Βόρειας Όχθης", "North Bank Playground", "playground", 2350, 1150, 1200, 9000),
    _wish("Παιδική Χαρά Αγίας Βαρβάρας", "Agia Varvara Playground", "playground", 2960, -60, 1200, 12000),
    _wish("Παιδική Χαρά Πέρα", "Pera Playground", "playground", 2080, -600, 1200, 12000),
    _wish("Δημοτικός Χώρος Στάθμευσης", "Municipal Car Park", "parking", 500, 700, 2500, 9000),
    _wish("Χώρος Στάθμευσης Σταθμού", "Station Car Park", "parking", -380, -520, 1500, 9000),
)


def VILLAGE_PLACES(village: Village) -> tuple[PublicPlace, ...]:
    """A village has a square and a church; a larger one a school, a playground and a pitch too."""
    x, y = village.centre
    wishes = [
        _wish(f"Πλατεία {village.genitive}", f"{village.name} Square", "square", x, y, 500, 6000),
        _wish(
            "Ιερός Ναός Κοιμήσεως Θεοτόκου", "Church of the Dormition", "church", x + 40, y + 30, 500, 6000
        ),
    ]
    if village.people > 350:
        wishes += [
            _wish(
                f"Δημοτικό Σχολείο {village.genitive}",
                f"{village.name} Primary School",
                "school",
                x - 110,
                y + 60,
                1500,
                9000,
            ),
            _wish(
                f"Παιδική Χαρά {village.genitive}",
                f"{village.name} Playground",
                "playground",
                x + 110,
                y - 40,
                800,
                8000,
            ),
        ]
    if village.people > 800:
        wishes.append(
            _wish(
                f"Γήπεδο {village.genitive}", f"{village.name} Pitch", "sports", x - 240, y - 120, 2500, 14000
            )
        )
        wishes.append(
            _wish(
                f"Κοινοτικό Κατάστημα {village.genitive}",
                f"{village.name} Community Office",
                "civic",
                x - 40,
                y - 40,
                500,
                7000,
            )
        )
    return tuple(wishes)
