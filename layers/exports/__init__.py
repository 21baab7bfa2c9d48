"""Files out: any feature source as a file of a known format, with a page that says what is inside."""

from layers.exports.asked import order_from
from layers.exports.formats import FORMATS, Format
from layers.exports.order import ExportOrder
from layers.exports.package import Pieces, archive_file, make_archive, make_file

__all__ = [
    "FORMATS",
    "ExportOrder",
    "Format",
    "Pieces",
    "archive_file",
    "make_archive",
    "make_file",
    "order_from",
]
