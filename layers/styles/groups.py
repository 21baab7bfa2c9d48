"""Cases of a look that one fragment can draw together, and the expressions that choose among them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from layers.styles.rules import Kinds, expression_of, test_of
from layers.styles.spec import Case, Spec, Symbol

Expression = list[Any]


@dataclass(frozen=True)
class Group:
    """`cases` in order and, last, `other`; `choose` makes the expression out of a value for each of them, and
    `among` the filter that holds for some of them only, given by their numbers (None: holds for all)."""

    cases: tuple[Case, ...]
    choose: Callable[[Sequence[Any]], Any]
    among: Callable[[frozenset[int]], Expression | None]
    min_zoom: float
    max_zoom: float

    def pick(self, value: Callable[[Symbol], Any], numbers: Iterable[int] | None = None) -> Any:
        """A constant where all the cases of these numbers agree, else the expression."""
        wanted = list(range(len(self.cases)) if numbers is None else numbers)
        values = [value(case.symbol) for case in self.cases]
        first = values[wanted[0]]
        return first if all(values[index] == first for index in wanted) else self.choose(values)

    def numbers(self, wanted: Callable[[Symbol], Any]) -> frozenset[int]:
        """Of the cases whose symbol has it."""
        return frozenset(index for index, case in enumerate(self.cases) if wanted(case.symbol))


def groups_of(spec: Spec, kinds: Kinds) -> list[Group]:
    """Raises BadStyle for a rule that cannot be read with these fields."""
    if spec.kind == "rule":
        return _rules(spec, kinds)
    cases = (*spec.cases, *([spec.other] if spec.other else []))
    chooser = {"single": _single, "category": _category, "class": _classed}[spec.kind](spec)
    return [Group(cases, *chooser, spec.min_zoom, spec.max_zoom)]


Chooser = tuple[Callable[[Sequence[Any]], Any], Callable[[frozenset[int]], Expression | None]]


def _single(spec: Spec) -> Chooser:
    return (lambda values: values[0]), (lambda numbers: None)


def _category(spec: Spec) -> Chooser:
    field: Expression = ["to-string", ["get", spec.field]]
    values = [case.value for case in spec.cases]

    def choose(results: Sequence[Any]) -> Any:
        pairs = [part for value, result in zip(values, results, strict=False) for part in (value, result)]
        return ["match", field, *pairs, results[-1]] if pairs else results[-1]

    def among(numbers: frozenset[int]) -> Expression | None:
        inside = [value for index, value in enumerate(values) if index in numbers]
        outside = [value for index, value in enumerate(values) if index not in numbers]
        if len(values) not in numbers:  # not the others
            return ["in", field, ["literal", inside]]
        return ["!", ["in", field, ["literal", outside]]] if outside else None

    return choose, among


def _classed(spec: Spec) -> Chooser:
    number: Expression = ["to-number", ["get", spec.field]]
    known: Expression = ["has", spec.field]
    others = len(spec.cases)

    def choose(results: Sequence[Any]) -> Any:
        later = zip(spec.breaks, results[1:], strict=False)
        steps = ["step", number, results[0], *(part for pair in later for part in pair)]
        chosen = steps if spec.breaks else results[0]
        return ["case", known, chosen, results[-1]] if len(results) > others else chosen

    def among(numbers: frozenset[int]) -> Expression | None:
        if len(numbers) == others + bool(spec.other):
            return None if spec.other else known
        bounds = [None, *spec.breaks, None]
        ranges = [_between(number, bounds[index], bounds[index + 1]) for index in sorted(numbers - {others})]
        inside: Expression = ["all", known, ["any", *ranges]]
        return ["any", ["!", known], inside] if others in numbers else inside

    return choose, among


def _between(number: Expression, low: float | None, high: float | None) -> Expression:
    least = [] if low is None else [[">=", number, low]]
    most = [] if high is None else [["<", number, high]]
    return ["all", *least, *most]


def _rules(spec: Spec, kinds: Kinds) -> list[Group]:
    """Every rule that holds is drawn, the first undermost; `other` where none holds at all."""
    groups, tests = [], []
    for index, case in enumerate(spec.cases):
        test = expression_of(test_of(case.condition, kinds, f"cases[{index}].condition"))
        tests.append(test)
        groups.append(_rule(spec, case, test))
    if spec.other:
        groups.append(_rule(spec, spec.other, ["!", ["any", *tests]]))
    return groups


def _rule(spec: Spec, case: Case, test: Expression) -> Group:
    least, most = max(spec.min_zoom, case.min_zoom), min(spec.max_zoom, case.max_zoom)
    return Group((case,), lambda values: values[0], lambda numbers: test, least, most)
