"""The sentences of a check: what it found about the file as a whole. Codes as in report.MESSAGES."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVIDENCE_MESSAGES: dict[str, str | Promise] = {
    "crs_matched": _(
        "The coordinate system of the file has no known name or code; by its numbers it is %(crs)s."
    ),
    "crs_unshifted": _(
        "The file has the projection of the Greek Grid on the datum of WGS84, that is without the shift to GGRS87. "
        "Mostly such a file is really EPSG:2100 and would come to lie about 325 m off: compare it with the map, and "
        "if it is so, import it with --source-crs EPSG:2100."
    ),
    "crs_other_fits": _(
        "The coordinate system looks wrong: as %(crs)s hardly anything falls in the municipality, as %(other)s nearly "
        "everything does. If that is right, import it with --source-crs %(code)s."
    ),
    "offset_shift": _(
        "The shapes lie %(metres)s m from those held under the same keys, all the same way, and just as far as a "
        "missing datum shift moves them. Ask where the file comes from, and try it with --source-crs %(crs)s."
    ),
    "offset": _(
        "The shapes lie %(metres)s m from those held under the same keys, all the same way. Check the coordinate "
        "system."
    ),
    "fields_changed": _("Changed fields, with how often: %(fields)s. Changed shapes: %(geometry)s."),
    "would_remove_much": _(
        "%(removed)s of the %(held)s features of the layer would end, which is more than %(limit)s %%. The import will "
        "be refused unless you allow the removal (--allow-removals)."
    ),
    "encoding_other": _(
        "The text encoding looks wrong: %(encoding)s gives hardly any Greek letters, %(other)s does: %(sample)s. If "
        "that reads well, import it with --encoding %(other)s."
    ),
    "keys_repeated": _(
        "Values of the key “%(field)s” that occur more than once: %(count)s, for example %(examples)s."
    ),
    "kaek_lost_zero": _(
        "KAEK in “%(field)s” with 11 digits: %(count)s. A spreadsheet took them for numbers and dropped the leading "
        "zero. The first, %(value)s in row %(row)s, should be %(mended)s. Make the column text with 12 digits and "
        "save the file again."
    ),
    "kaek_other": _(
        "KAEK in “%(field)s” that are not 12 digits: %(count)s. The first is “%(value)s” in row %(row)s. Correct "
        "them in the file."
    ),
    "numbers_as_text": _("These fields hold numbers as text: %(fields)s."),
    "dates_as_text": _("These fields hold dates as text: %(fields)s."),
    "with_z": _("Shapes with heights (Z), which are left out: %(count)s."),
    "with_m": _("Shapes with measures (M), which are left out: %(count)s."),
    "curves": _("Shapes with curves, which become short straight pieces: %(count)s."),
    "duplicates": _("Rows that repeat an earlier one, shape and content: %(count)s."),
    "same_geometry": _("Rows with exactly the shape of an earlier one, but other content: %(count)s."),
    "slivers": _("Shapes with parts thinner than half a metre: %(count)s."),
    "outside": _("Shapes wholly outside the boundary of the municipality: %(count)s."),
    "overlaps": _("Pairs of shapes that overlap by more than 1 m²: %(count)s, together %(m2)s m²."),
    "gaps": _("Gaps between shapes that are thinner than a metre: %(count)s, together %(m2)s m²."),
    "neighbours_not_looked": _("Overlaps and gaps were not looked for: the file is too large for that."),
}
