"""Refusals of what a file holds beside its rows: links, programs, locks."""

from django.utils.translation import gettext_lazy as _

from importers.errors import ImportRefused


class HasDoctype(ImportRefused):
    code = "has_doctype"
    sentence = _(
        "“%(file)s” begins with a DOCTYPE, which can make a file unfold without end or pull in others. Export it "
        "again without one, or delete the DOCTYPE with a text editor."
    )


class TooLongValue(ImportRefused):
    code = "too_long_value"
    sentence = _(
        "One single value of “%(file)s” is longer than %(limit)s. Export the file again, in smaller features."
    )


class LinksElsewhere(ImportRefused):
    code = "links_elsewhere"
    sentence = _(
        "“%(file)s” holds no places of its own, only links to other files, and links are never followed. Open it in "
        "the program it comes from, save the places themselves, and import that."
    )


class HoldsPrograms(ImportRefused):
    code = "holds_programs"
    sentence = _(
        "“%(file)s” holds “%(name)s”, which would run while it is read. Save the layer you need into a new, empty "
        "file and import that."
    )


class Locked(ImportRefused):
    code = "locked"
    sentence = _("“%(file)s” is locked with a password. Unpack it and import the file inside.")


class ZipInZip(ImportRefused):
    code = "zip_in_zip"
    sentence = _("“%(file)s” holds only another archive, “%(inner)s”. Unpack it and import that one.")


class NoRoom(ImportRefused):
    code = "no_room"
    status = 507
    sentence = _(
        "There is no room on the disk to unpack “%(file)s”. Nothing was changed. Make room, then import it again."
    )
