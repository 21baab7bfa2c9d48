"""The organisation: directorates, departments, offices in the units' seats, and the bodies that must act instead."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass

MAIL = "kallirroi.example.org"


@dataclass(frozen=True)
class DepartmentRow:
    """A department; `parent` is a slug, `serves` are area codes (none: the whole municipality)."""

    slug: str
    kind: str
    name: str
    name_en: str
    parent: str = ""
    serves: tuple[str, ...] = ()
    phone: str = ""
    help_desk: bool = False

    @property
    def email(self) -> str:
        if self.kind == "external_body":
            return f"aitimata@{self.slug}.example.org"
        return f"{self.slug}@{MAIL}"


_UNIT_A, _UNIT_B = "960101", "960102"

DEPARTMENTS = (
    DepartmentRow("mayor", "office", "Γραφείο Δημάρχου", "Mayor's Office", phone="26910 60100"),
    DepartmentRow("technical", "directorate", "Διεύθυνση Τεχνικών Υπηρεσιών", "Directorate of Technical Services", phone="26910 60200"),
    DepartmentRow("roads", "department", "Τμήμα Οδοποιίας και Πεζοδρομίων", "Department of Roads and Pavements", "technical", phone="26910 60210"),
    DepartmentRow("lighting", "department", "Τμήμα Ηλεκτροφωτισμού και Συντήρησης", "Department of Lighting and Maintenance", "technical", phone="26910 60220"),
    DepartmentRow("buildings", "department", "Τμήμα Κτιρίων και Σχολικών Υποδομών", "Department of Buildings and Schools", "technical", phone="26910 60230"),
    DepartmentRow("traffic", "office", "Γραφείο Κυκλοφορίας και Σήμανσης", "Traffic and Signs Office", "roads", phone="26910 60212"),
    DepartmentRow("environment", "directorate", "Διεύθυνση Καθαριότητας, Περιβάλλοντος και Πρασίνου", "Directorate of Cleaning, Environment and Green", phone="26910 60300"),
    DepartmentRow("waste", "department", "Τμήμα Αποκομιδής και Ανακύκλωσης", "Department of Waste and Recycling", "environment", phone="26910 60310"),
    DepartmentRow("green", "department", "Τμήμα Πρασίνου και Παιδικών Χαρών", "Department of Green Spaces and Playgrounds", "environment", phone="26910 60320"),
    DepartmentRow("animals", "office", "Γραφείο Αδέσποτων Ζώων", "Stray Animals Office", "environment", phone="26910 60330"),
    DepartmentRow("planning", "directorate", "Διεύθυνση Πολεοδομίας και Χωροταξίας", "Directorate of Urban Planning", phone="26910 60400"),
    DepartmentRow("permits", "department", "Τμήμα Δόμησης και Ελέγχου Κατασκευών", "Department of Building Permits and Inspection", "planning", phone="26910 60410"),
    DepartmentRow("geodata", "office", "Γραφείο Γεωχωρικών Δεδομένων", "Geodata Office", "planning", phone="26910 60420"),
    DepartmentRow("finance", "directorate", "Διεύθυνση Οικονομικών Υπηρεσιών", "Directorate of Finance", phone="26910 60500"),
    DepartmentRow("property", "department", "Τμήμα Δημοτικής Περιουσίας και Κτηματολογίου", "Department of Municipal Property and Cadastre", "finance", phone="26910 60510"),
    DepartmentRow("civil-protection", "department", "Αυτοτελές Τμήμα Πολιτικής Προστασίας", "Department of Civil Protection", phone="26910 60600"),
    DepartmentRow("municipal-police", "department", "Δημοτική Αστυνομία", "Municipal Police", phone="26910 60700"),
    DepartmentRow("help-desk", "department", "Γραφείο Εξυπηρέτησης Δημοτών", "Citizen Help Desk", phone="26910 60000", help_desk=True),
    DepartmentRow("unit-kefalovryso", "department", "Αποκεντρωμένη Υπηρεσία Κεφαλόβρυσου", "Decentralised Service of Kefalovryso", serves=(_UNIT_B,), phone="26910 71000"),
    DepartmentRow("unit-works", "office", "Συνεργείο Έργων Δ.Ε. Κεφαλόβρυσου", "Works Office of the Kefalovryso Unit", "unit-kefalovryso", (_UNIT_B,), "26910 71010"),
    DepartmentRow("coast-office", "office", "Γραφείο Παραλιακών Κοινοτήτων", "Coastal Communities Office", "help-desk", (_UNIT_A + "02", _UNIT_A + "04"), "26910 72000"),
    DepartmentRow("region", "external_body", "Περιφέρεια – Υποδιεύθυνση Τεχνικών Έργων", "Region – Technical Works", phone="26910 90100"),
    DepartmentRow("network-operator", "external_body", "Διαχειριστής Δικτύου Διανομής Ηλεκτρικής Ενέργειας", "Electricity Network Operator", phone="26910 90200"),
    DepartmentRow("water-company", "external_body", "Δ.Ε.Υ.Α. Καλλιρρόης", "Kallirroi Water and Sewerage Company", phone="26910 90300"),
    DepartmentRow("port-fund", "external_body", "Δημοτικό Λιμενικό Ταμείο Καλλιρρόης", "Kallirroi Port Fund", phone="26910 90400"),
)  # fmt: skip


@dataclass(frozen=True)
class OfficeDay:
    weekday: int
    opens: str
    closes: str


OFFICE_HOURS = tuple(OfficeDay(day, "07:00", "15:30") for day in range(5))
