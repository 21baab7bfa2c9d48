"""The people of the demo: one login for each role, and the crews that do the work."""
# ruff: noqa: E501 - tables read better with a row a line

from dataclasses import dataclass, field

DOMAIN = "demo.example"
#: Printed for everybody who starts the demo.
PASSWORD = "kallirroi-2026"  # noqa: S105
NOT_A_CREW = ""


@dataclass(frozen=True)
class Person:
    """Somebody with a login; `roles` are (role, department slug)."""

    login: str
    name: str
    name_en: str
    roles: tuple[tuple[str, str], ...] = ()
    crew: str = NOT_A_CREW
    does_el: str = ""
    does_en: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAIN}"


@dataclass(frozen=True)
class CrewRow:
    slug: str
    name: str
    department: str
    members: tuple[str, ...] = field(default=())


PEOPLE = (
    Person("alice", "Αλίκη Μαρίνου", "Alice Marinou", (), "", "δημότισσα", "citizen"),
    Person("bea", "Βεατρίκη Ξενάκη", "Bea Xenaki", (("dispatcher", "lighting"),), "", "συντονίστρια ηλεκτροφωτισμού", "dispatcher, lighting"),
    Person("carl", "Κάρολος Δημητρίου", "Carl Dimitriou", (("dispatcher", "waste"),), "", "συντονιστής καθαριότητας", "dispatcher, waste"),
    Person("dora", "Δώρα Αλεξίου", "Dora Alexiou", (("administrator", "geodata"),), "", "διαχειρίστρια", "administrator"),
    Person("olga", "Όλγα Ρήγα", "Olga Riga", (("operator", "help-desk"),), "", "χειρίστρια γραφείου δημοτών", "operator, help desk"),
    Person("kostas", "Κώστας Βλάχος", "Kostas Vlachos", (("crew", "lighting"),), "light-1", "συνεργείο ηλεκτροφωτισμού", "crew, lighting"),
    Person("giorgos", "Γιώργος Λάμπρου", "Giorgos Lambrou", (("crew", "roads"),), "roads-1", "συνεργείο οδοποιίας", "crew, roads"),
    Person("pavlos", "Παύλος Στεργίου", "Pavlos Stergiou", (("planner", "planning"),), "", "πολεοδόμος", "planner"),
    Person("eleni", "Ελένη Κανελλοπούλου", "Eleni Kanellopoulou", (("executive", "mayor"),), "", "δήμαρχος", "mayor (executive)"),
    Person("nikos", "Νίκος Παππάς", "Nikos Pappas", (("dispatcher", "roads"),), "", "συντονιστής οδοποιίας", "dispatcher, roads"),
    Person("maria", "Μαρία Σταμάτη", "Maria Stamati", (("dispatcher", "green"), ("dispatcher", "animals")), "", "συντονίστρια πρασίνου", "dispatcher, green"),
    Person("stavros", "Σταύρος Μελάς", "Stavros Melas", (("dispatcher", "municipal-police"),), "", "δημοτική αστυνομία", "dispatcher, municipal police"),
    Person("ioanna", "Ιωάννα Ζέρβα", "Ioanna Zerva", (("dispatcher", "civil-protection"),), "", "πολιτική προστασία", "dispatcher, civil protection"),
    Person("thanasis", "Θανάσης Ράπτης", "Thanasis Raptis", (("dispatcher", "unit-kefalovryso"), ("crew", "unit-works")), "unit-1", "αποκεντρωμένη υπηρεσία", "dispatcher, Kefalovryso"),
    Person("anna", "Άννα Φωτίου", "Anna Fotiou", (("dispatcher", "buildings"), ("dispatcher", "property")), "", "κτίρια και περιουσία", "dispatcher, buildings"),
    Person("petros", "Πέτρος Γκίκας", "Petros Gikas", (("crew", "lighting"),), "light-2", "συνεργείο ηλεκτροφωτισμού", "crew, lighting"),
    Person("dimitris", "Δημήτρης Κολιός", "Dimitris Kolios", (("crew", "waste"),), "waste-1", "συνεργείο καθαριότητας", "crew, waste"),
    Person("spyros", "Σπύρος Αγγελής", "Spyros Angelis", (("crew", "green"),), "green-1", "συνεργείο πρασίνου", "crew, green"),
    Person("vasilis", "Βασίλης Τσάκαλος", "Vasilis Tsakalos", (("crew", "roads"),), "roads-2", "συνεργείο οδοποιίας", "crew, roads"),
    Person("fotini", "Φωτεινή Δρόσου", "Fotini Drosou", (("dispatcher", "help-desk"),), "", "γραφείο δημοτών", "dispatcher, help desk"),
    Person("lefteris", "Λευτέρης Μάνος", "Lefteris Manos", (("dispatcher", "region"), ("dispatcher", "network-operator"), ("dispatcher", "water-company"), ("dispatcher", "port-fund")), "", "σύνδεσμος εξωτερικών φορέων", "liaison with external bodies"),
)  # fmt: skip

CREWS = (
    CrewRow("light-1", "Καλαθοφόρο 1", "lighting"),
    CrewRow("light-2", "Καλαθοφόρο 2", "lighting"),
    CrewRow("roads-1", "Συνεργείο ασφάλτου", "roads"),
    CrewRow("roads-2", "Συνεργείο πεζοδρομίων", "roads"),
    CrewRow("waste-1", "Συνεργείο κάδων", "waste"),
    CrewRow("green-1", "Συνεργείο κλαδεμάτων", "green"),
    CrewRow("unit-1", "Συνεργείο Κεφαλόβρυσου", "unit-works"),
)

#: Given and family names of people who reported.
GIVEN = ("Γιάννης", "Κατερίνα", "Σοφία", "Μιχάλης", "Αγγελική", "Χρήστος", "Ευαγγελία", "Θεόδωρος", "Παναγιώτα", "Στέλιος", "Βασιλική",
         "Αντώνης", "Δέσποινα", "Ηλίας", "Φωτεινή", "Λάμπρος", "Χριστίνα", "Αναστάσιος", "Ζωή", "Ευθύμιος")  # fmt: skip
FAMILY = ("Αθανασίου", "Βασιλείου", "Γεωργίου", "Δούκα", "Ευσταθίου", "Ζαφείρη", "Θωμά", "Ιωάννου", "Καραμάνου", "Λεμονή", "Μακρή",
          "Νικολαΐδη", "Οικονόμου", "Παπανδρέου", "Ραυτογιάννη", "Σαρρή", "Τζίμα", "Φιλίππου", "Χατζή", "Ψαρρά")  # fmt: skip
