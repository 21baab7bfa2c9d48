"""Pages obey the strict Content-Security-Policy, ask nobody else for anything, and speak through gettext."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.sources import files, name_of

TEMPLATES = files(".html")
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "content", "label"}
SILENT_META = {"viewport", "color-scheme", "theme-color", "robots"}
QUIET = re.compile(
    r"{%\s*(?:comment|verbatim).*?{%\s*end(?:comment|verbatim)\s*%}"
    r"|{%\s*block \w+_(?:class|attributes)\s*%}.*?{%\s*endblock\s*%}"
    r"|{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
LETTER = re.compile(r"[^\W\d_]")
ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", re.IGNORECASE)
SET_IN_SCRIPT = re.compile(
    r"\.(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel|alt)\s*=\s*[\"'`][^\W\d_]"
)


class Reader(HTMLParser):
    """Collects what the browser would refuse or a reader would get untranslated."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.untranslated: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # What names its own language is meant to stay in it, like the switch between languages.
        self.inside.append("in its own language" if given.get("lang", "").isalpha() else tag)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.refused.append(f"line {self.getpos()[0]}: inline <{tag}>")
        for name in given:
            if name == "style" or name.startswith("on"):
                self.refused.append(f"line {self.getpos()[0]}: {name}=")
        if self.inside[-1] == tag and given.get("name") not in SILENT_META:
            self._listen(*(given[name] for name in SPOKEN.intersection(given)))

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "kbd", "in its own language"}.intersection(self.inside):
            self._listen(data)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() not in {tag, "in its own language"}:
            pass

    def _listen(self, *texts: str) -> None:
        self.untranslated += [f"line {self.getpos()[0]}: {t.strip()}" for t in texts if LETTER.search(t)]


def read(source: str) -> Reader:
    reader = Reader()
    # Line breaks inside a tag are kept, so that the reported line is the one to open.
    reader.feed(QUIET.sub(lambda found: "\n" * found.group().count("\n"), source))
    return reader


def test_there_are_templates() -> None:
    assert TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_nothing_inline(path: Path) -> None:
    assert read(path.read_text("utf-8")).refused == []


@pytest.mark.parametrize("path", [*TEMPLATES, *files(".txt", "issues", "gisportal")], ids=name_of)
def test_template_speaks_through_gettext(path: Path) -> None:
    assert read(path.read_text("utf-8")).untranslated == []


@pytest.mark.parametrize("path", [*TEMPLATES, *files(".css"), *files(".js")], ids=name_of)
def test_nothing_is_fetched_from_others(path: Path) -> None:
    assert ADDRESS.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", files(".js"), ids=name_of)
def test_script_has_no_words_of_its_own(path: Path) -> None:
    assert SET_IN_SCRIPT.findall(path.read_text("utf-8")) == []


def test_the_reader_notices_what_it_should() -> None:
    reader = read(
        '<p style="x" onclick="y">Hello {{ name }}</p><script>1</script><img alt="dog">{% translate "ok" %}'
    )
    assert len(reader.refused) == 3
    assert [text.split(": ")[1] for text in reader.untranslated] == ["Hello", "dog"]
