"""What evidence quotes from the rows of a file, which may tell of persons and is kept no longer than the file."""

from typing import Any

#: Lists of values of the file, wherever they stand in the evidence.
QUOTES = ("examples", "samples", "features")


def without_quotes(evidence: Any) -> Any:
    """Evidence with its counts, shares and names, and nothing of what the rows say."""
    if isinstance(evidence, list):
        return [without_quotes(part) for part in evidence]
    if not isinstance(evidence, dict):
        return evidence
    return {
        name: [] if name in QUOTES and isinstance(part, list) else without_quotes(part)
        for name, part in evidence.items()
    }
