"""The life of each report: when it came in, what happened to it and when, until today."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from .issue_words import COMPLAINTS, FIXES, MOVES, NOTES, NOTES_INSIDE, PAUSES, PRAISE, REJECTIONS, REOPENINGS

ATHENS = ZoneInfo("Europe/Athens")
FORGOTTEN_FOR = timedelta(days=110)


class By(StrEnum):
    """Who takes a step."""

    DESK = "desk"
    CREW = "crew"
    REPORTER = "reporter"
    NOBODY = ""


@dataclass(frozen=True)
class Step:
    """One thing that happened: `kind` is state, note, assigned, feedback, published or duplicate."""

    kind: str
    at: datetime
    by: By
    to: str = ""
    text: str = ""
    is_public: bool = True
    facts: dict[str, Any] = field(default_factory=dict)


def office_time(moment: datetime, rng: random.Random) -> datetime:
    """The moment itself in office hours, else some time on the next working day."""
    local = moment.astimezone(ATHENS)
    if local.weekday() < 5 and time(7, 15) <= local.time() <= time(15, 15):
        return local
    day = local.date() + timedelta(days=0 if local.weekday() < 5 and local.time() < time(7, 15) else 1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    minutes = rng.triangular(20, 420, 90)
    return datetime.combine(day, time(7, 15), ATHENS) + timedelta(
        minutes=int(minutes), seconds=rng.randint(0, 59)
    )


def _later(moment: datetime, days: float, rng: random.Random) -> datetime:
    """After about so many days, in office hours and at least some minutes later."""
    wait = max(0.02, rng.lognormvariate(0, 0.7) * days)
    return office_time(moment + timedelta(days=wait), rng)


class Life:
    """Grows the steps of one report; stops at `now`."""

    def __init__(
        self, category: str, days: int, reported_at: datetime, now: datetime, rng: random.Random
    ) -> None:
        self.category, self.days, self.now, self.rng = category, days, now, rng
        self.clock = reported_at
        # What nobody looked at comes up when the desk goes through its old cases, so only late reports are forgotten.
        self.forgettable = now - reported_at < FORGOTTEN_FOR
        self.steps: list[Step] = []

    def _add(self, kind: str, by: By, wait_days: float, **rest: Any) -> bool:
        """Append a step after a wait; False when it would lie in the future."""
        moment = (
            _later(self.clock, wait_days, self.rng) if by in {By.DESK, By.CREW} else self._any_time(wait_days)
        )
        if moment >= self.now:
            return False
        self.clock = moment
        self.steps.append(Step(kind, moment, by, **rest))
        return True

    def _any_time(self, wait_days: float) -> datetime:
        moment = (
            self.clock + timedelta(days=max(0.05, self.rng.lognormvariate(0, 0.7) * wait_days))
        ).astimezone(ATHENS)
        return (
            moment.replace(
                hour=self.rng.choice((9, 10, 12, 13, 17, 18, 19, 20, 21)), minute=self.rng.randint(0, 59)
            )
            if moment.hour < 8
            else moment
        )

    def _state(self, to: str, by: By, wait_days: float, text: str = "") -> bool:
        return self._add("state", by, wait_days, to=to, text=text)

    def grow(self) -> list[Step]:
        """Accepted, worked on, fixed, judged; or one of the ways it can go otherwise."""
        draw = self.rng.random()
        if draw < 0.018:
            self._state("withdrawn", By.REPORTER, 0.6)
        elif draw < 0.075:
            self._state("rejected", By.DESK, 2, self.rng.choice(REJECTIONS))
        elif self._begin():
            self._work()
        return self.steps

    def _begin(self) -> bool:
        if self.rng.random() < 0.05 and self.forgettable:
            return False  # nobody has looked at it yet
        if self.rng.random() < 0.05 and not self._add("assigned", By.DESK, 0.7, text=self.rng.choice(MOVES)):
            return False
        if not self._state("accepted", By.DESK, 0.45):
            return False
        if self.rng.random() < 0.22:
            self._add("published", By.DESK, 0.03, is_public=False, facts={"is_public": True})
        if self.rng.random() < 0.13:
            is_public = self.rng.random() < 0.5
            self._add(
                "note",
                By.DESK,
                0.8,
                text=self.rng.choice(NOTES if is_public else NOTES_INSIDE),
                is_public=is_public,
            )
        return True

    def _work(self) -> None:
        if self.rng.random() < 0.05 and self.forgettable:
            return  # accepted and forgotten
        if not self._state("in_progress", By.CREW, self.days * 0.95):
            return
        if self.rng.random() < 0.11:
            if not self._state("paused", By.CREW, 0.3, self.rng.choice(PAUSES)):
                return
            if (self.rng.random() < 0.15 and self.forgettable) or not self._state("in_progress", By.CREW, 7):
                return
        if self._fix():
            self._judge()

    def _fix(self) -> bool:
        words = FIXES.get(self.category, FIXES[""])
        return self._state("resolved", By.CREW, 0.25 + self.days * 0.14, self.rng.choice(words))

    def _judge(self) -> None:
        draw = self.rng.random()
        if draw < 0.2:
            score = self.rng.choices((5, 4, 3), (0.58, 0.3, 0.12))[0]
            self._feedback(is_fixed=True, score=score, comment=self.rng.choice(PRAISE))
        elif draw < 0.245:
            if self._feedback(
                is_fixed=False, score=self.rng.choice((1, 1, 2)), comment=self.rng.choice(COMPLAINTS)
            ):
                self._again()
        elif draw < 0.26:
            if self._state("accepted", By.DESK, 5, self.rng.choice(REOPENINGS)):
                self._again()
        elif draw < 0.86:
            self._state("closed", By.DESK, 9)

    def _again(self) -> None:
        if self._state("in_progress", By.CREW, 2) and self._fix():
            self._state("closed", By.DESK, 6)

    def _feedback(self, *, is_fixed: bool, score: int, comment: str) -> bool:
        facts: dict[str, Any] = {"is_fixed": is_fixed, "score": score, "comment": comment}
        return self._add("feedback", By.REPORTER, 1.2, is_public=False, facts=facts)


#: Months in which a kind is reported more (1 is the usual).
SEASON: dict[str, dict[int, float]] = {
    "pothole": {11: 1.5, 12: 1.8, 1: 2.0, 2: 2.0, 3: 1.5},
    "flood": {10: 3, 11: 4, 12: 4, 1: 3, 6: 0.1, 7: 0.05, 8: 0.1},
    "drain": {10: 2, 11: 2.2, 12: 2},
    "full-bin": {6: 1.3, 7: 1.9, 8: 2.2, 9: 1.3},
    "weeds": {4: 1.8, 5: 2.8, 6: 2.4, 12: 0.3, 1: 0.3},
    "fire-risk": {6: 2, 7: 3, 8: 3, 12: 0.05, 1: 0.05},
    "noise": {6: 1.6, 7: 2.4, 8: 2.6},
    "dark-lamp": {10: 1.3, 11: 1.5, 12: 1.6, 1: 1.5},
    "tree": {2: 1.5, 3: 1.6, 9: 1.4},
    "other": {},
}
HOURS = (1, 1, 0.5, 0.3, 0.3, 0.6, 1.6, 4, 7, 9, 9, 8, 7, 6, 5, 4.5, 5, 6, 7, 7.5, 7, 6, 4, 2)


def reported_when(category: str, today: date, span_days: int, rng: random.Random) -> datetime:
    """A moment in the last `span_days`: more lately, more on weekdays, more in the kind's season."""
    season = SEASON.get(category, {})
    while True:
        ago = int(span_days * rng.random() ** 1.32)
        day = today - timedelta(days=ago)
        likely = season.get(day.month, 1.0) / max(1.0, *season.values()) if season else 1.0
        if rng.random() < likely * (1 if day.weekday() < 5 else 0.62):
            break
    hour = rng.choices(range(24), HOURS)[0]
    return datetime.combine(day, time(hour, rng.randint(0, 59), rng.randint(0, 59)), ATHENS)
