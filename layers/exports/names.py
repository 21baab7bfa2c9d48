"""Names of fields where a format has its own idea of a name."""

from collections.abc import Callable, Iterable


def distinct(names: Iterable[str], *, same: Callable[[str], str] = str.casefold) -> list[str]:
    """The names, later ones that are the `same` as an earlier one with a number behind."""
    taken: set[str] = set()
    return [_free(name, taken, lambda stem, tail: stem + tail, same) for name in names]


def short(names: Iterable[str], *, longest: int, encoding: str) -> list[str]:
    """The names cut to `longest` bytes in the encoding, each still different from the others."""
    taken: set[str] = set()

    def fitted(stem: str, tail: str) -> str:
        data = stem.encode(encoding, "replace")[: longest - len(tail)]
        return data.decode(encoding, "ignore") + tail

    return [_free(name, taken, fitted, str.casefold) for name in names]


def _free(name: str, taken: set[str], fitted: Callable[[str, str], str], same: Callable[[str], str]) -> str:
    found, number = fitted(name, ""), 1
    while same(found) in taken:
        number += 1
        found = fitted(name, f"_{number}")
    taken.add(same(found))
    return found
