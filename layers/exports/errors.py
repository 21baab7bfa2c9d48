"""Why a file is not made: each a sentence that says what may be asked for instead."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class UnknownExportFormat(PortalError):
    code = "unknown_export_format"
    sentence = _("“%(given)s” is no format of a download. Choose one of: %(choices)s.")


class UnknownExportCrs(PortalError):
    code = "unknown_export_crs"
    sentence = _("“%(given)s” is no coordinate system of a download. Choose one of: %(choices)s.")


class FormatHasOneCrs(PortalError):
    code = "format_has_one_crs"
    sentence = _(
        "%(format)s is always in %(crs)s. Leave the coordinate system out, or choose another format."
    )


class UnknownExportEncoding(PortalError):
    code = "unknown_export_encoding"
    sentence = _("“%(given)s” is no encoding of a download. Choose one of: %(choices)s.")


class FormatIsUnicode(PortalError):
    code = "format_is_unicode"
    sentence = _("%(format)s is always in UTF-8. Leave the encoding out, or choose another format.")


class BadExportBox(PortalError):
    code = "bad_bbox"
    sentence = _(
        "“%(given)s” is no box. Give west, south, east and north in degrees with commas between them, such as "
        "bbox=21.7,38.2,21.8,38.3."
    )


class NoPastHere(PortalError):
    code = "no_past_here"
    sentence = _(
        "The past of “%(title)s” is not kept, so only its present can be downloaded. Leave out the day."
    )


class TextDoesNotFit(PortalError):
    code = "text_does_not_fit"
    sentence = _(
        "The text “%(text)s” in the field “%(field)s” has letters that %(encoding)s cannot write. Choose UTF-8."
    )


class TooManyRows(PortalError):
    code = "too_many_rows"
    sentence = _(
        "%(format)s holds at most %(limit)s rows and these are %(rows)s. Choose a smaller box or another format."
    )


class TooLargeForFormat(PortalError):
    code = "too_large_for_format"
    sentence = _(
        "These %(rows)s rows do not fit into a file of the kind %(format)s. Choose a smaller box or another format."
    )


class ShapesDoNotFit(PortalError):
    code = "shapes_do_not_fit"
    sentence = _("%(format)s cannot hold collections of different shapes. Choose GeoPackage or GeoJSON.")


class ExportTooSlow(PortalError):
    status = 503
    code = "export_too_slow"
    sentence = _("This download takes too long to prepare. Choose a smaller box, or try again later.")


class ArchiveOnly(PortalError):
    code = "archive_only"
    sentence = _("A download as %(format)s is several files. Give it a name that ends with .zip.")
