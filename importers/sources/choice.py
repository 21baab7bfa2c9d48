"""Which of several layers in a file is read."""

from collections.abc import Sequence

from importers.errors import ChooseLayerInside, NoSuchLayerInside, NothingInside


def chosen(file: str, names: Sequence[str], wanted: str) -> str:
    """The name asked for, or the only one. Raises NothingInside, NoSuchLayerInside, ChooseLayerInside."""
    if not names:
        raise NothingInside(file=file)
    if wanted and wanted not in names:
        raise NoSuchLayerInside(file=file, layer=wanted, layers=", ".join(names))
    if not wanted and len(names) > 1:
        raise ChooseLayerInside(file=file, layers=", ".join(names))
    return wanted or names[0]


def distinct(names: Sequence[str]) -> list[str]:
    """Field names none of which is empty or occurs twice: a second `name` becomes `name_2`."""
    taken: set[str] = set()
    result = []
    for index, name in enumerate(names, start=1):
        plain = name.strip() or f"column_{index}"
        number, free = 1, plain
        while free in taken:
            number += 1
            free = f"{plain}_{number}"
        taken.add(free)
        result.append(free)
    return result
