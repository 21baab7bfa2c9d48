"""Small trees cut out of a long XML file, one at a time."""

from collections.abc import Collection
from xml.etree.ElementTree import Element, SubElement

LONGEST_TREE = 128 << 20
DEEPEST = 200


class TooLongTree(Exception):
    """One of the trees is larger or deeper than is sensible."""


class Trees:
    """Handlers that keep every element called one of `wanted`, with all below it but for elements called one of
    `left_out`. Names are local."""

    def __init__(self, wanted: Collection[str], left_out: Collection[str] = ()) -> None:
        self._wanted = wanted
        self._left_out = left_out
        self._passed_over = 0
        self._ready: list[Element] = []
        self._open: list[Element] = []
        self._texts: list[str] = []
        self._length = 0

    @property
    def inside(self) -> bool:
        return bool(self._open)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._open and (self._passed_over or name in self._left_out):
            self._passed_over += 1
        elif self._open:
            self._measure(100)
            self._write()
            self._open.append(SubElement(self._open[-1], name, attributes))
        elif name in self._wanted:
            self._open.append(Element(name, attributes))

    def data(self, text: str) -> None:
        if not self._open or self._passed_over:
            return
        self._measure(len(text))
        self._texts.append(text)

    def end(self, _name: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
            return
        if not self._open:
            return
        self._write()
        element = self._open.pop()
        if not self._open:
            self._ready.append(element)
            self._length = 0

    def take(self) -> list[Element]:
        """Those that are complete, once."""
        taken, self._ready = self._ready, []
        return taken

    def _write(self) -> None:
        """The texts since the last tag, to where they belong."""
        text, self._texts = "".join(self._texts), []
        element = self._open[-1]
        if len(element):
            element[-1].tail = text
        else:
            element.text = text

    def _measure(self, more: int) -> None:
        self._length += more
        if self._length > LONGEST_TREE or len(self._open) > DEEPEST:
            raise TooLongTree
