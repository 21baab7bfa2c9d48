"""Words that are kept in both languages, beside those that people type."""

from collections.abc import Callable

from django.utils.translation import override


def both(said: Callable[[], str]) -> tuple[str, str]:
    """What `said` says in Greek and in English."""
    words = []
    for language in ("el", "en"):
        with override(language):
            words.append(said())
    return words[0], words[1]
