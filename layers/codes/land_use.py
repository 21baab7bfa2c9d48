"""The land uses of Π.Δ. 59/2018 and of Π.Δ. 23.2.1987, and which came in whose place; older lists stand first.

Typed from the headings of the decrees. The letters are short forms of ours, the decrees have none, while the numbers of
special uses are the decree's; the crosswalk joins headings of the same subject. What is left out, and why: docs/guide/plan-catalogue.md.
"""
# ruff: noqa: E501 - tables read better with a row a line

from datetime import date

from layers.codes.lists import CodeRow, ListRow

OLD, NEW, SPECIAL = "land-use-1987", "land-use-2018", "land-use-2018-special"
PUBLISHED_1987, PUBLISHED_2018 = date(1987, 3, 6), date(2018, 6, 29)


def _old(code: str, title: str, title_en: str) -> CodeRow:
    return CodeRow(code, title, title_en, PUBLISHED_1987, PUBLISHED_2018)


def _new(code: str, title: str, title_en: str, *before: str) -> CodeRow:
    return CodeRow(code, title, title_en, PUBLISHED_2018, follows=tuple((OLD, one) for one in before))


def _special(number: int, title: str, title_en: str) -> CodeRow:
    return CodeRow(str(number), title, title_en, PUBLISHED_2018)


LAND_USE_1987 = ListRow(
    OLD,
    "Κατηγορίες χρήσεων γης του 1987",
    "Land-use categories of 1987",
    "Π.Δ. 23.2.1987 (ΦΕΚ 166/Δ/6.3.1987)",
    (
        _old("1987-ΑΚ", "Αμιγής κατοικία", "Housing only"),
        _old("1987-ΓΚ", "Γενική κατοικία", "General housing"),
        _old("1987-ΠΚ", "Πολεοδομικά κέντρα", "Town centres"),
        _old("1987-ΜΟΒ", "Μη οχλούσα βιομηχανία – βιοτεχνία, βιομηχανικό και βιοτεχνικό πάρκο", "Industry and crafts that do not disturb"),
        _old("1987-ΟΒ", "Οχλούσα βιομηχανία – βιοτεχνία", "Industry and crafts that disturb"),
        _old("1987-ΧΟΝ", "Χονδρεμπόριο", "Wholesale"),
        _old("1987-ΤΑ", "Τουρισμός – αναψυχή", "Tourism and leisure"),
        _old("1987-ΕΠ", "Ελεύθεροι χώροι – αστικό πράσινο", "Open spaces and urban green"),
        _old("1987-ΚΕ", "Κοινωφελείς εξυπηρετήσεις", "Public services"),
    ),
)  # fmt: skip

LAND_USE_2018 = ListRow(
    NEW,
    "Γενικές κατηγορίες χρήσεων γης",
    "General categories of land use",
    "Π.Δ. 59/2018 (ΦΕΚ 114/Α/29.6.2018)",
    (
        _new("ΑΚ", "Αμιγής κατοικία", "Housing only", "1987-ΑΚ"),
        _new("ΓΚ", "Γενική κατοικία", "General housing", "1987-ΓΚ"),
        _new("ΠΚ", "Πολεοδομικό κέντρο – κεντρικές λειτουργίες πόλης – τοπικό κέντρο", "Town centre, central functions, local centre", "1987-ΠΚ"),
        _new("ΤΑ", "Τουρισμός – αναψυχή", "Tourism and leisure", "1987-ΤΑ"),
        _new("ΚΛ", "Κοινωφελείς λειτουργίες", "Public services", "1987-ΚΕ"),
        _new("ΕΠ", "Ελεύθεροι χώροι – αστικό πράσινο", "Open spaces and urban green", "1987-ΕΠ"),
        _new("ΧΜΟ", "Παραγωγικές δραστηριότητες χαμηλής και μέσης όχλησης", "Production of low and middle nuisance", "1987-ΜΟΒ"),
        _new("ΧΟΝ", "Χονδρεμπόριο", "Wholesale", "1987-ΧΟΝ"),
        _new("ΤΕΧ", "Τεχνόπολις – τεχνολογικό πάρκο", "Technology park"),
        _new("ΥΟ", "Παραγωγικές δραστηριότητες υψηλής όχλησης", "Production of high nuisance", "1987-ΟΒ"),
        _new("ΑΥ", "Εγκαταστάσεις αστικών υποδομών κοινής ωφέλειας", "Utilities"),
        _new("ΕΙΔ", "Ειδικές χρήσεις", "Special uses"),
        _new("ΑΓΡ", "Αγροτική χρήση", "Farming"),
    ),
)  # fmt: skip

SPECIAL_USES_2018 = ListRow(
    SPECIAL,
    "Ειδικές κατηγορίες χρήσεων γης (απόσπασμα)",
    "Special categories of land use (extract)",
    "Π.Δ. 59/2018 (ΦΕΚ 114/Α/29.6.2018)",
    (
        _special(1, "Κατοικία", "Housing"),
        _special(2, "Κοινωνική πρόνοια", "Social care"),
        _special(3, "Εκπαίδευση", "Education"),
        _special(4, "Αθλητικές εγκαταστάσεις", "Sports"),
        _special(5, "Θρησκευτικοί χώροι", "Places of worship"),
        _special(6, "Πολιτιστικές εγκαταστάσεις", "Culture"),
        _special(7, "Διοίκηση", "Administration"),
        _special(8, "Περίθαλψη", "Health care"),
        _special(9, "Χώροι συνάθροισης κοινού", "Places of assembly"),
        _special(25, "Εξορυκτικές δραστηριότητες", "Mines and quarries"),
        _special(26, "Εγκαταστάσεις μέσων μαζικής μεταφοράς", "Public transport"),
        _special(31, "Χώρος επεξεργασίας, αποθήκευσης και διάθεσης στερεών αποβλήτων", "Treatment, storage and disposal of solid waste"),
        _special(35, "Πάρκα κεραιών τηλεπικοινωνιών, ραδιοφωνικών και τηλεοπτικών σταθμών", "Antenna parks"),
        _special(36, "Στρατιωτικές εγκαταστάσεις", "Military installations"),
        _special(37, "Εγκαταστάσεις οχημάτων τέλους κύκλου ζωής", "End-of-life vehicles"),
        _special(38, "Κοιμητήρια", "Cemeteries"),
        _special(39, "Κέντρα αποτέφρωσης νεκρών και οστών", "Crematoria"),
    ),
)  # fmt: skip

LISTS = (LAND_USE_1987, LAND_USE_2018, SPECIAL_USES_2018)
