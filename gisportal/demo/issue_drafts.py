"""Two years of reports: what, where, when, by whom, and how each went on."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from .categories import CATEGORIES, CategoryRow
from .frame import chance
from .issue_lives import ATHENS, By, Life, Step, office_time, reported_when
from .issue_places import Place, assets_by_kind, place_for, place_of
from .issue_words import ANGER, CORES, EFFECTS, ENGLISH, NEAR, OPENINGS, SINCE, THANKS
from .names import latin
from .people import DOMAIN, FAMILY, GIVEN

HOW_MANY = 2420
SPAN_DAYS = 730
OUTAGES = 14


@dataclass(frozen=True)
class ReporterDraft:
    name: str
    phone: str
    email: str
    language: str


@dataclass(frozen=True)
class IssueDraft:
    """A report and its steps in order; `earlier` is the index (in report order) of the case it repeats."""

    category: str
    place: Place
    reported_at: datetime
    channel: str
    description: str
    answers: dict[str, object]
    accuracy_metres: float | None
    reporter: ReporterDraft | None
    same_here: int
    steps: tuple[Step, ...]
    earlier: int | None = None
    followers: tuple[tuple[str, datetime], ...] = field(default=())


#: Words of street names that change with their case: as it is, after “στην”, after “της”.
CASES = (
    ("Λεωφόρος", "Λεωφόρο", "Λεωφόρου"),
    ("Οδός", "Οδό", "Οδού"),
    ("Πάροδος", "Πάροδο", "Παρόδου"),
    ("Ακτή", "Ακτή", "Ακτής"),
    ("Επαρχιακή", "Επαρχιακή", "Επαρχιακής"),
    ("Παλαιά Εθνική", "Παλαιά Εθνική", "Παλαιάς Εθνικής"),
)


def _core(category: str, place: Place, rng: random.Random) -> str:
    """A sentence of the category with the street in the case that its article asks for."""
    to = of = place.street or "παραλία"
    for name, accusative, genitive in CASES:
        to, of = to.replace(name, accusative), of.replace(name, genitive)
    sentence = rng.choice(CORES[category]).replace("της {street}", "της {of}")
    return sentence.format(
        street=to, of=of, since=rng.choice(SINCE), n=rng.randint(2, 6), near=rng.choice(NEAR)
    )


def _text(category: str, place: Place, rng: random.Random) -> tuple[str, str]:
    """What was written, and in which language."""
    if category in ENGLISH and rng.random() < 0.09:
        return rng.choice(ENGLISH[category]), "en"
    if rng.random() < 0.06:
        return "", "el"
    core = _core(category, place, rng)
    temper = rng.random()
    parts = [core]
    if temper < 0.3:
        return core if rng.random() < 0.7 else core.rstrip(".").lower(), "el"
    if temper < 0.72:
        opening = rng.choice(OPENINGS)
        after = core[:1].lower() + core[1:] if opening[-1] in ",:" else core
        parts = [opening, after, rng.choice(EFFECTS) if rng.random() < 0.5 else "", rng.choice(THANKS)]
    elif temper < 0.9:
        parts = [core, rng.choice(EFFECTS)]
    else:
        parts = [core, rng.choice(EFFECTS) if rng.random() < 0.5 else "", rng.choice(ANGER)]
    return " ".join(part for part in parts if part), "el"


def _answers(row: CategoryRow, rng: random.Random) -> dict[str, object]:
    given: dict[str, object] = {}
    for question in row.questions:
        if rng.random() < 0.35:
            continue
        if question["kind"] == "choice":
            given[question["code"]] = rng.choice(question["options"])["value"]
        elif question["kind"] == "yes_no":
            given[question["code"]] = rng.random() < 0.35
        elif question["code"] == "plate":
            given["plate"] = f"ΑΧ{rng.choice('ΑΒΕΗΙΚΜΝΟΡΤΥΧ')} {rng.randint(1000, 9999)}"
    return given


def _reporter(language: str, rng: random.Random) -> ReporterDraft | None:
    if rng.random() < 0.52:
        return None
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    if language == "en":
        name = rng.choice(("J. Miller", "Anna Schmidt", "P. Dubois", "Emma Larsen", "T. Rossi"))
    phone = (
        f"69{rng.randint(10, 99)} {rng.randint(100, 999)} {rng.randint(100, 999)}"
        if rng.random() < 0.6
        else ""
    )
    email = ""
    if rng.random() < 0.05:
        email = f"{latin(name).lower().replace(' ', '.').replace('..', '.')}{rng.randint(1, 99)}@mail.example"
    return ReporterDraft(name, phone, email, language)


def _draft(row: CategoryRow, place: Place, at: datetime, now: datetime, rng: random.Random) -> IssueDraft:
    description, language = _text(row.slug, place, rng)
    channel = rng.choices(("web", "phone", "in_person", "email", "crew"), (0.66, 0.21, 0.04, 0.05, 0.04))[0]
    steps = tuple(Life(row.slug, row.days, at, now, rng).grow())
    same = rng.choices((0, 1, 2, 3, 5, 9), (0.62, 0.18, 0.09, 0.06, 0.035, 0.015))[0]
    accuracy = (
        round(rng.lognormvariate(2.2, 0.6), 1) if channel in {"web", "crew"} and rng.random() < 0.7 else None
    )
    return IssueDraft(
        row.slug,
        place,
        at,
        channel,
        description,
        _answers(row, rng),
        accuracy,
        _reporter(language, rng),
        same,
        steps,
        followers=_followers(at, now, rng),
    )


def _followers(at: datetime, now: datetime, rng: random.Random) -> tuple[tuple[str, datetime], ...]:
    if rng.random() > 0.02:
        return ()
    moment = at + timedelta(hours=rng.uniform(3, 60))
    name = latin(f"{rng.choice(GIVEN)}.{rng.choice(FAMILY)}").lower()
    return ((f"{name}{rng.randint(1, 99)}@mail.example", moment),) if moment < now else ()


def _repeat(first: IssueDraft, index: int, now: datetime, rng: random.Random) -> IssueDraft | None:
    """Somebody else reports the same thing some days later; the desk joins the two."""
    at = first.reported_at + timedelta(days=rng.uniform(0.2, 9))
    end = first.steps[-1].at if first.steps else now
    joined = office_time(at + timedelta(hours=rng.uniform(1, 30)), rng)
    if not at < min(end, now) or joined >= now or first.earlier is not None:
        return None
    row = next(row for row in CATEGORIES if row.slug == first.category)
    description, language = _text(row.slug, first.place, rng)
    return IssueDraft(
        first.category,
        first.place,
        at,
        "web",
        description,
        _answers(row, rng),
        None,
        _reporter(language, rng),
        0,
        (Step("duplicate", joined, By.DESK),),
        earlier=index,
    )


def _outage(now: datetime, today: date, rng: random.Random) -> list[IssueDraft]:
    """A circuit goes dark: several neighbours report lamps of it the same evening."""
    row = next(row for row in CATEGORIES if row.slug == "dark-lamp")
    lamps = assets_by_kind()["streetlight"]
    circuit = rng.choice(lamps).properties["circuit"]
    dark = [lamp for lamp in lamps if lamp.properties["circuit"] == circuit]
    evening = reported_when("dark-lamp", today, SPAN_DAYS, rng).replace(hour=19)
    found = []
    for lamp in rng.sample(dark, min(len(dark), rng.randint(3, 6))):
        at = evening + timedelta(minutes=rng.randint(0, 170))
        if at < now:
            found.append(_draft(row, place_of(lamp, rng), at, now, rng))
    return found


def issue_drafts(today: date | None = None) -> tuple[IssueDraft, ...]:
    """Every report of the two years to `today` (the current date when not given), oldest first."""
    today = today or datetime.now(ATHENS).date()
    now = datetime.combine(today, datetime.min.time(), ATHENS) + timedelta(hours=6, minutes=40)
    rng = chance("issues")
    kinds = [row for row in CATEGORIES if row.share]
    found: list[IssueDraft] = []
    for row in rng.choices(kinds, [row.share for row in kinds], k=HOW_MANY):
        place = place_for(row.slug, row.asset, rng)
        at = reported_when(row.slug, today - timedelta(days=1), SPAN_DAYS, rng)
        found.append(_draft(row, place, at, now, rng))
    for _ in range(OUTAGES):
        found += _outage(now, today - timedelta(days=1), rng)
    return _in_order(found, now, rng)


def _in_order(found: list[IssueDraft], now: datetime, rng: random.Random) -> tuple[IssueDraft, ...]:
    """Oldest first, with repeats added; `earlier` becomes the position of the case repeated."""
    repeats = [
        again
        for index, first in enumerate(found)
        if rng.random() < 0.07 and (again := _repeat(first, index, now, rng)) is not None
    ]
    every = [*found, *repeats]
    order = sorted(range(len(every)), key=lambda i: (every[i].reported_at, i))
    position = {old: new for new, old in enumerate(order)}
    return _with_alice([_moved(every[old], position) for old in order])


def _with_alice(drafts: list[IssueDraft]) -> tuple[IssueDraft, ...]:
    """The citizen of the demo logins reported some of the latest cases."""
    alice = ReporterDraft("Αλίκη Μαρίνου", "6944 000 111", f"alice@{DOMAIN}", "el")
    wanted = ["dark-lamp", "pothole", "full-bin", "dark-lamp"]
    for index in range(len(drafts) - 1, -1, -1):
        if wanted and drafts[index].category == wanted[-1] and drafts[index].earlier is None:
            wanted.pop()
            drafts[index] = replace(drafts[index], reporter=alice, channel="web")
    return tuple(drafts)


def _moved(draft: IssueDraft, position: dict[int, int]) -> IssueDraft:
    return draft if draft.earlier is None else replace(draft, earlier=position[draft.earlier])
