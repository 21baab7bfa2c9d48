"""Greek street names, and how they are written in Latin letters."""
# ruff: noqa: E501 - tables read better with a row a line

import itertools
import unicodedata


def _words(text: str) -> list[str]:
    """Names written one after the other, a hyphen for a space inside a name."""
    return text.split()


HEROES = _words("""Κολοκοτρώνη Καραϊσκάκη Μπουμπουλίνας Κανάρη Μιαούλη Ανδρούτσου Διάκου Νικηταρά Πλαπούτα Μακρυγιάννη Μπότσαρη
Παπαφλέσσα Υψηλάντη Ρήγα-Φεραίου Τζαβέλλα Σαχτούρη Μαυρομιχάλη Ζαΐμη Λόντου Κουντουριώτη Τομπάζη Παπανικολή Δεληγιώργη
Κριεζώτη Σουλίου Ψαρών Γερμανού Ησαΐα-Σαλώνων Τρικούπη Δηλιγιάννη Ζωσιμάδων Φιλικών Ξάνθου Σκουφά Τσακάλωφ Δημητρίου-Καλλέργη
Μαντώς-Μαυρογένους Παλαιών-Πατρών Αναγνωσταρά Φωτομάρα Χατζημιχάλη Κουντουριωτών Δαγκλή Μελά Κουμουνδούρου Ρούφου Βότση""")
HISTORY = _words("""Εικοστής-Πέμπτης-Μαρτίου Εικοστής-Ογδόης-Οκτωβρίου Μεσολογγίου Ναυαρίνου Βαλτετσίου Μαραθώνος Πλαταιών Σαλαμίνος
Γραβιάς Αλαμάνας Μανιακίου Τριπόλεως Αρκαδιών Φιλελλήνων Ηρώων-Πολυτεχνείου Ειρήνης Δημοκρατίας Συντάγματος Ανεξαρτησίας
Παλιγγενεσίας Εθνομαρτύρων Τριακοσίων Δωδεκανήσου Μακεδονομάχων Βαλκανικών-Πολέμων Σκρα Κιλκίς Καλπακίου Πίνδου Ρούπελ""")
SAINTS = _words("""Αγίου-Νικολάου Αγίου-Ιωάννου Αγίας-Σοφίας Αγίου-Ανδρέου Αγίου-Σπυρίδωνος Αγίας-Ειρήνης Αγίου-Αθανασίου Αγίας-Λαύρας
Αγίου-Βασιλείου Αγίας-Παρασκευής Αγίου-Γεωργίου Αγίων-Αναργύρων Αγίας-Μαρίνης Αγίου-Παντελεήμονος Αγίου-Χαραλάμπους
Ευαγγελιστρίας Παντανάσσης Παντοκράτορος Ταξιαρχών Προφήτου-Ηλία Μεταμορφώσεως Ζωοδόχου-Πηγής Αγίου-Φανουρίου Αγίας-Άννης""")
LETTERS = _words("""Παλαμά Σολωμού Κάλβου Βαλαωρίτη Δροσίνη Παπαδιαμάντη Καβάφη Καρυωτάκη Ελύτη Σεφέρη Ρίτσου Καζαντζάκη Σικελιανού
Βιζυηνού Ροΐδη Μυριβήλη Θεοτοκά Καρκαβίτσα Ξενόπουλου Κοραή Βαμβακάρη Τσιτσάνη Χατζιδάκι Θεοτόκη Πολέμη Κρυστάλλη Σουρή
Γρυπάρη Μαβίλη Μαλακάση Πορφύρα Τερζάκη Βενέζη Δέλτα Ψυχάρη Τυπάλδου Λασκαράτου Μάτεσι Παρρέν""")
ANCIENTS = _words("""Ομήρου Σωκράτους Πλάτωνος Αριστοτέλους Περικλέους Θεμιστοκλέους Μιλτιάδου Λεωνίδου Σοφοκλέους Ευριπίδου Αισχύλου
Αριστοφάνους Πινδάρου Σαπφούς Ηροδότου Θουκυδίδου Ξενοφώντος Πλουτάρχου Ιπποκράτους Ασκληπιού Δημοσθένους Ισοκράτους Σόλωνος
Λυκούργου Κίμωνος Αριστείδου Φειδίου Ικτίνου Καλλικράτους Πραξιτέλους Πολυκλείτου Ευκλείδου Αρχιμήδους Πυθαγόρου Θαλού
Ηρακλέους Θησέως Αχιλλέως Οδυσσέως Αγαμέμνονος Μενελάου Αίαντος Διομήδους Νέστορος Ιφιγενείας Αντιγόνης Ηλέκτρας Πηνελόπης
Αθηνάς Απόλλωνος Αρτέμιδος Δήμητρος Ερμού Ήρας Ποσειδώνος Ηφαίστου Διός Εστίας Ορφέως Νηρέως Τρίτωνος Αμφιτρίτης Αιόλου
Μεγάλου-Αλεξάνδρου Φιλίππου Βυζαντίου Κομνηνών Παλαιολόγου Ιουστινιανού Θεοδώρας Κωνσταντίνου Ηρακλείου Νικηφόρου-Φωκά""")
PLACES = _words("""Πατρών Κορίνθου Αθηνών Θεσσαλονίκης Ιωαννίνων Καλαμάτας Τριπόλεως Σπάρτης Ναυπλίου Άργους Λαμίας Βόλου Λαρίσης Τρικάλων
Κερκύρας Ζακύνθου Κεφαλληνίας Ιθάκης Λευκάδος Κύπρου Κρήτης Χανίων Ρεθύμνης Ρόδου Κω Σάμου Χίου Λέσβου Λήμνου Τήνου Άνδρου
Νάξου Πάρου Σύρου Μήλου Σερίφου Ύδρας Σπετσών Αιγίνης Εύβοιας Χαλκίδος Δελφών Ολυμπίας Δωδώνης Επιδαύρου Μυστρά Μονεμβασίας
Παρνασσού Ολύμπου Ταϋγέτου Χελμού Ερυμάνθου Παναχαϊκού Γκιώνας Καλαβρύτων Κύμης Δράμας Καβάλας Σερρών Ξάνθης Έβρου""")
ASIA_MINOR = _words("""Σμύρνης Ιωνίας Αϊβαλίου Εφέσου Μιλήτου Περγάμου Προύσης Καππαδοκίας Πόντου Τραπεζούντος Σινώπης Νικομηδείας
Μαγνησίας Φωκαίας Κυδωνιών Αλικαρνασσού Προποντίδος Βιθυνίας Λυδίας Κερασούντος Σαμψούντος Βουρλών Αλατσάτων Κασαμπά
Ερυθραίας Μουδανιών Πανόρμου Κιουτάχειας Αμισού Νεοκαισαρείας Αρτάκης Κυζίκου Αρετσούς Ραιδεστού Ελλησπόντου""")
GARDEN = _words("""Ανεμώνης Γιασεμιών Κρίνων Νάρκισσων Υακίνθων Κυκλάμινων Μενεξέδων Πικροδάφνης Ροδοδάφνης Μυρτιάς Δάφνης Λυγαριάς
Αμυγδαλιάς Πορτοκαλιάς Λεμονιάς Ροδιάς Συκιάς Μουριάς Αγράμπελης Αμπέλων Βασιλικού Θυμαριού Ρίγανης Λεβάντας Πεύκων Κυπαρισσιών
Πλατάνων Κέδρων Φλαμουριάς Ακακίας Σχίνου Ηλιοτροπίου Ορτανσίας Γαρδένιας Καμέλιας Βιολέτας Παπαρούνας Αλκυόνης Χελιδόνων Γλάρων
Αηδόνων Φάρου Ακρογιαλιάς Δελφινιών Αφρού Ανέμων Ζεφύρου Αύρας Γαλήνης Ναυτίλου Σειρήνων Κοχυλιών""")
CRAFTS = _words("""Εργατών Υφαντριών Μεταξουργών Σιδηροδρομικών Ναυτεργατών Λιμενεργατών Αγροτών Σταφιδεργατών Βιομηχανίας Χαλκουργών
Βυρσοδεψών Καπνεργατών Τυπογράφων Οικοδόμων Εμπορίου Βιοτεχνών Ηλεκτρισμού Συνεταιρισμών Πρωτομαγιάς Αμαξοποιών Σταθμού""")

#: Which pool each quarter draws from first, so that names come in families as they do in real towns.
POOLS: dict[str, list[str]] = {
    "prosfygika": ASIA_MINOR, "voreia-ochthi": [*GARDEN, *PLACES], "paralia": [*GARDEN, *PLACES], "ampelia": [*PLACES, *GARDEN],
    "vrachos": [*SAINTS, *ANCIENTS, *HEROES], "kentro": [*ANCIENTS, *HEROES, *HISTORY], "kentro-notio": [*HEROES, *ANCIENTS],
    "kentro-dytiko": [*ANCIENTS, *HISTORY], "agia-triada": [*HEROES, *HISTORY], "ergatika": [*CRAFTS, *LETTERS],
    "viomichaniki": CRAFTS, "viomichaniki-notia": CRAFTS, "metaxourgeio": [*CRAFTS, *ANCIENTS], "pera": [*PLACES, *LETTERS],
}  # fmt: skip
EVERY_POOL = [*HEROES, *ANCIENTS, *LETTERS, *PLACES, *HISTORY, *SAINTS, *GARDEN, *CRAFTS, *ASIA_MINOR]

_DIGRAPHS = {"ου": "ou", "γγ": "ng", "γκ": "gk", "γξ": "nx", "γχ": "nch", "ντ": "nt", "τζ": "tz", "τσ": "ts"}
_LETTERS = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p",
                                                   "r", "s", "s", "t", "y", "f", "ch", "ps", "o"], strict=True))  # fmt: skip
_VOICED = set("αβγδεζηιλμνορυω")


def _plain(text: str) -> tuple[str, list[bool]]:
    """Letters without accents, and which of them carry a dialytika."""
    letters, parted = [], []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        letters.append(marks[0])
        parted.append("\u0308" in marks)
    return "".join(letters), parted


def latin(text: str) -> str:
    """A Greek name in Latin letters after ELOT 743."""
    plain, parted = _plain(text)
    low = plain.lower()
    accented = [bool(unicodedata.decomposition(char)) for char in text]
    out, i = [], 0
    while i < len(plain):
        step, piece = _syllable(low, i, parted, accented)
        out.append(piece[:1].upper() + piece[1:] if plain[i].isupper() else piece)
        i += step
    return "".join(out)


def _syllable(low: str, i: int, parted: list[bool], accented: list[bool]) -> tuple[int, str]:
    pair = low[i : i + 2]
    if pair == "μπ":
        first = i == 0 or not low[i - 1].isalpha()
        return (2, "b") if first else (2, "mp")
    if pair in _DIGRAPHS and not parted[i + 1]:
        return 2, _DIGRAPHS[pair]
    if pair in {"αυ", "ευ", "ηυ"} and not parted[i + 1] and not accented[i]:
        return 2, _LETTERS[pair[0]] + ("v" if low[i + 2 : i + 3] in _VOICED and low[i + 2 : i + 3] else "f")
    return 1, _LETTERS.get(low[i], low[i])


class NameGiver:
    """Hands out street names of one place, each once, from the quarter's pool first."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = set(taken)
        self.lanes: dict[str, int] = {}

    def street(self, quarter: str) -> str | None:
        """A fresh name for a street of the quarter; None when every name is taken."""
        for name in itertools.chain(POOLS.get(quarter, []), EVERY_POOL):
            plain = name.replace("-", " ")
            if plain not in self.taken:
                self.taken.add(plain)
                return plain
        return None

    def lane(self, of: str) -> str:
        """A side lane of a named street: the first, the second and so on."""
        self.lanes[of] = self.lanes.get(of, 0) + 1
        return f"{self.lanes[of]}η Πάροδος {of}"
