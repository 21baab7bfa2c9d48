"""A report in words, line by line, as a person reads it on a terminal."""

from django.utils.translation import gettext as _

from importers.evidence.words import evidence_lines
from importers.report import Report

SHOWN_PER_CODE = 10


def report_lines(report: Report, *, dry_run: bool = False) -> list[str]:
    """Where from, what a check found, the first findings of every kind, how many."""
    lines = [_("Coordinate system of the file: %(crs)s") % {"crs": report.source_crs or "—"}]
    lines.append(_("Text encoding of the file: %(encoding)s") % {"encoding": report.encoding or "—"})
    if report.inside_share is not None:
        share = f"{100 * report.inside_share:.1f}"
        lines.append(_("In the extent of the municipality: %(share)s %%") % {"share": share})
    lines += evidence_lines(report.evidence)
    lines += _finding_lines(report)
    lines.append(_counts_line(report))
    if dry_run:
        lines.append(_("This was a dry run: nothing was changed."))
    return lines


def _finding_lines(report: Report) -> list[str]:
    lines = []
    shown: dict[str, int] = {}
    for finding in report.findings:
        shown[finding.code] = shown.get(finding.code, 0) + 1
        if shown[finding.code] <= SHOWN_PER_CODE:
            lines.append(_line(finding.row, finding.key, finding.message))
        elif shown[finding.code] == SHOWN_PER_CODE + 1:
            rest = report.found[finding.code] - SHOWN_PER_CODE
            lines.append(_("… and %(count)d more like this") % {"count": rest})
    return lines


def _line(row: int, key: str, message: str) -> str:
    if not row:
        return message
    where = _("Row %(row)d") % {"row": row}
    return f"{where} ({key}): {message}" if key else f"{where}: {message}"


def _counts_line(report: Report) -> str:
    words = _(
        "%(read)d rows read: %(added)d added, %(changed)d changed, %(removed)d removed, %(unchanged)d unchanged, "
        "%(repaired)d repaired, %(refused)d refused."
    )
    return str(words) % report.counts_json()
