"""Files stay small enough to read in one sitting. A limit is not raised: the file is split by noun."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOMS, files, name_of

LIMITS = {".py": 300, ".js": 200, ".html": 120, ".css": 300, ".sql": 120}


def too_long(path: Path, limit: int) -> bool:
    return len(path.read_text(encoding="utf-8").splitlines()) > limit


@pytest.mark.parametrize(("suffix", "limit"), LIMITS.items())
def test_files_are_small(suffix: str, limit: int) -> None:
    sources = files(suffix, *ROOMS, "tests", "bench", "script")
    assert [
        name_of(path) for path in sources if "migrations" not in path.parts and too_long(path, limit)
    ] == []
