"""Functions and arithmetic: what they take, what they give, and their SQL. Numbers are double precision."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.ogcapi.filters.terms import Context, Term, made

FLOAT = "CAST({%d} AS double precision)"
LEFT, RIGHT = FLOAT % 0, FLOAT % 1
NOT_ZERO = f"NULLIF({RIGHT}, 0)"


@dataclass(frozen=True)
class Function:
    takes: tuple[Kind, ...]
    gives: Kind
    text: str


T, N = Kind.TEXT, Kind.NUMBER
# Lower case with one sigma, as people who search mean it; by ICU, the same on every server.
CASELESS = "translate(lower({0} COLLATE \"und-x-icu\"), 'ς', 'σ')"
ACCENTLESS = "normalize(regexp_replace(normalize({0}, NFD), '[\u0300-\u036f]', '', 'g'), NFC)"
FUNCTIONS = {
    "casei": Function((T,), T, CASELESS),
    "accenti": Function((T,), T, ACCENTLESS),
    "lower": Function((T,), T, 'lower({0} COLLATE "und-x-icu")'),
    "upper": Function((T,), T, 'upper({0} COLLATE "und-x-icu")'),
    "length": Function((T,), N, "length({0})"),
    "abs": Function((N,), N, f"abs({LEFT})"),
    "floor": Function((N,), N, f"floor({LEFT})"),
    "ceil": Function((N,), N, f"ceil({LEFT})"),
    "round": Function((N,), N, f"round({LEFT})"),
    "sqrt": Function((N,), N, f"CASE WHEN {LEFT} >= 0 THEN sqrt({LEFT}) END"),
}
# What is divided by nothing is nothing.
ARITHMETIC = {
    "+": Function((N, N), N, f"({LEFT} + {RIGHT})"),
    "-": Function((N, N), N, f"({LEFT} - {RIGHT})"),
    "*": Function((N, N), N, f"({LEFT} * {RIGHT})"),
    "/": Function((N, N), N, f"({LEFT} / {NOT_ZERO})"),
    "%": Function((N, N), N, f"mod(CAST({LEFT} AS numeric), CAST({NOT_ZERO} AS numeric))"),
    "div": Function((N, N), N, f"trunc({LEFT} / {NOT_ZERO})"),
    "^": Function((N, N), N, f"power({LEFT}, {RIGHT})"),
}


def function_named(name: str) -> Function | None:
    return FUNCTIONS.get(name.lower()) or ARITHMETIC.get(name.lower())


def called(context: Context, name: str, function: Function, terms: list[Term]) -> Term:
    if len(terms) != len(function.takes):
        raise context.wrong(name, _("it takes %(count)s values") % {"count": len(function.takes)})
    for term, kind in zip(terms, function.takes, strict=True):
        if term.kind != kind:
            raise context.wrong(
                name, _("it takes %(wanted)s, not %(given)s") % {"wanted": kind, "given": term.kind}
            )
    given = terms[0].given if name.lower() in ("casei", "accenti") else None
    result = made(function.gives, function.text, *(term.sql for term in terms))
    return Term(result.kind, result.sql, given=given)
