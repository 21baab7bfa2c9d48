"""Names of fields where a format has its own idea of a name."""

from collections.abc import Callable, Iterable


def distinct(names: Iterable[str]) -> list[str]:
    """The names, later ones that differ from an earlier one by case alone with a number behind."""
    taken: set[str] = set()
    return [_free(name, taken, str.__add__) for name in names]


def short(names: Iterable[str], *, longest: int, encoding: str) -> list[str]:
    """The names cut to `longest` bytes in the encoding, each still different from the others."""
    taken: set[str] = set()

    def fitted(stem: str, tail: str) -> str:
        data = stem.encode(encoding, "replace")[: longest - len(tail)]
        return data.decode(encoding, "ignore") + tail

    return [_free(name, taken, fitted) for name in names]


def _free(name: str, taken: set[str], fitted: Callable[[str, str], str]) -> str:
    found, number = fitted(name, ""), 1
    while found.casefold() in taken:
        number += 1
        found = fitted(name, f"_{number}")
    taken.add(found.casefold())
    return found
