"""Why an import is refused: each a fact with the sentence that says what to do next. Nothing was written."""

import re
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class ImportRefused(PortalError):
    """The file, or what was asked of it, cannot be imported; the database is as before."""

    code: ClassVar[str] = "import_refused"
    sentence = _("The file cannot be imported.")


class FileMissing(ImportRefused):
    code = "file_missing"
    sentence = _("There is no file “%(file)s”. Check the path and try again.")


class UnknownFormat(ImportRefused):
    code = "unknown_format"
    sentence = _(
        "“%(file)s” is not a kind of file that can be imported. Save it as one of: %(known)s, and import that."
    )


class NotWhatItSays(ImportRefused):
    code = "not_what_it_says"
    sentence = _(
        "“%(file)s” is not a readable %(format)s file. Export it again from the program it comes from and "
        "check that the copy is complete."
    )


class MissingPart(ImportRefused):
    code = "missing_part"
    sentence = _(
        "A Shapefile is several files, and “%(part)s” is missing beside “%(file)s”. Copy it there too."
    )


class BrokenFile(ImportRefused):
    code = "broken_file"
    sentence = _(
        "“%(file)s” is damaged or incomplete after row %(row)s. Export it again and check that the copy is "
        "complete."
    )


class FileTooLarge(ImportRefused):
    code = "file_too_large"
    sentence = _(
        "“%(file)s” would unpack to more than %(limit)s. Unpack it yourself, check it, and import the file inside."
    )


class TooLargeToRead(ImportRefused):
    code = "too_large_to_read"
    sentence = _(
        "“%(file)s” is too large to be read safely: it holds %(found)s, at most %(most)s are read. Split it, or leave "
        "out what is not needed, and import the parts."
    )


class IsARaster(ImportRefused):
    code = "is_a_raster"
    sentence = _(
        "“%(file)s” is a raster, which has no rows. Import it as a raster (in the browser: “a new raster”; "
        "import_raster on the command line)."
    )


class KeptInParts(ImportRefused):
    code = "kept_in_parts"
    sentence = _(
        "“%(file)s” keeps a part of its content in other files, which are not followed. Save it as one GeoTIFF."
    )


class NotPlaced(ImportRefused):
    code = "not_placed"
    sentence = _(
        "“%(file)s” does not say where its pixels are. Put its world file beside it, or georeference it first and save "
        "it as GeoTIFF."
    )


class RasterElsewhere(ImportRefused):
    code = "raster_elsewhere"
    sentence = _(
        "“%(file)s” lies outside the region that the coordinate system of the portal (%(crs)s) is made for. Check "
        "--source-crs."
    )


class NoRoomForRaster(ImportRefused):
    code = "no_room_for_raster"
    sentence = _("There is not enough space on the disk for “%(file)s”. Make room and try again.")


class ChooseLayerInside(ImportRefused):
    code = "choose_layer_inside"
    sentence = _("“%(file)s” holds several layers: %(layers)s. Name one with --source-layer.")


class NoSuchLayerInside(ImportRefused):
    code = "no_such_layer_inside"
    sentence = _("“%(file)s” has no layer “%(layer)s”. It has: %(layers)s.")


class NothingInside(ImportRefused):
    code = "nothing_inside"
    sentence = _("“%(file)s” has no rows that can be imported. Check that it is the right file.")


class NoSuchField(ImportRefused):
    code = "no_such_field"
    sentence = _("The file has no field “%(field)s”. It has: %(fields)s.")


class NoPositions(ImportRefused):
    code = "no_positions"
    sentence = _(
        "The file does not say where its rows are. Name the columns with --lon and --lat (or with --wkt); it has: "
        "%(fields)s."
    )


class CrsMissing(ImportRefused):
    code = "crs_missing"
    sentence = _(
        "The file does not name its coordinate system. Ask where it comes from and give it with --source-crs, for "
        "example --source-crs EPSG:2100."
    )


class CrsUnknown(ImportRefused):
    code = "crs_unknown"
    sentence = _(
        "“%(crs)s” is not a coordinate system that is known here. Give its code with --source-crs, for example "
        "--source-crs EPSG:2100."
    )


class CrsInexact(ImportRefused):
    code = "crs_inexact"
    sentence = _(
        "There is no exact way from “%(crs)s” to the coordinate system of the portal, so everything could lie "
        "hundreds of metres off. Give the true code with --source-crs."
    )


class AxesSwapped(ImportRefused):
    code = "axes_swapped"
    sentence = _(
        "The file seems to give latitude before longitude: as it stands nothing falls inside the municipality, the "
        "other way round %(share)s %% does. Import it with --swap-axes."
    )


class UnknownEncoding(ImportRefused):
    code = "unknown_encoding"
    sentence = _(
        "“%(encoding)s” is not a known text encoding. Use for example UTF-8, cp1253, iso-8859-7 or cp737."
    )


class WrongEncoding(ImportRefused):
    code = "wrong_encoding"
    sentence = _(
        "The text of the file is not %(encoding)s (first seen in row %(row)s). Give another one with --encoding, for "
        "example cp1253, iso-8859-7 or cp737."
    )


class RowsRefused(ImportRefused):
    code = "rows_refused"
    sentence = _(
        "%(refused)s of %(rows)s rows cannot be imported. The first, row %(row)s: %(reason)s Mend them in the file, or "
        "import the others and set these aside (--set-aside)."
    )


class RepeatedKeys(ImportRefused):
    code = "repeated_keys"
    sentence = _(
        "Values of the key “%(field)s” occur more than once, for example %(examples)s. Choose a field whose values "
        "are unique, or leave out --key."
    )


class RepeatedCodes(ImportRefused):
    code = "repeated_codes"
    sentence = _(
        "Values of the field “%(field)s” occur more than once, for example “%(example)s”. Choose a field whose values "
        "are unique, or join the rows that belong together first."
    )


class OtherGeometry(ImportRefused):
    code = "other_geometry"
    sentence = _(
        "“%(target)s” takes %(expected)s, but the file holds %(found)s. Choose another target or file."
    )


class OtherKey(ImportRefused):
    code = "other_key"
    sentence = _(
        "The layer “%(layer)s” was filled with the key “%(held)s”. Import with that key, or into a new layer."
    )


class NoSuchTarget(ImportRefused):
    code = "no_such_target"
    sentence = _("There is no %(kind)s “%(slug)s”. There are: %(known)s.")


class NoSuchHome(ImportRefused):
    code = "no_such_home"
    sentence = _("No municipality of the file has “%(home)s” in the field “%(field)s”. It has: %(codes)s.")


class NoHome(ImportRefused):
    code = "no_home"
    sentence = _("The file holds several municipalities. Say with --home which one is ours: %(codes)s.")


class BadSlug(ImportRefused):
    code = "bad_slug"
    sentence = _("“%(slug)s” can't be a name in addresses. Use up to 50 Latin letters, digits and hyphens.")


def refuse_bad_slug(slug: str) -> None:
    """Raise BadSlug when a new layer or type could not be called so."""
    if len(slug) > 50 or not re.fullmatch(r"[A-Za-z0-9_-]+", slug):
        raise BadSlug(slug=slug[:60])


class TypeExists(ImportRefused):
    code = "type_exists"
    sentence = _("The asset type “%(slug)s” exists already. Leave out --create-type.")


class BadMapping(ImportRefused):
    code = "bad_mapping"
    sentence = _("The mapping “%(file)s” cannot be used: %(reason)s")


class NoSuchMapping(ImportRefused):
    code = "no_such_mapping"
    sentence = _("There is no mapping “%(name)s” for this target. There are: %(known)s.")


class PatternTooSlow(ImportRefused):
    code = "pattern_too_slow"
    sentence = _(
        "The pattern “%(pattern)s” takes too long on the text “%(value)s”. Write a simpler one, without repeats inside "
        "repeats."
    )


class BadOrganisation(ImportRefused):
    code = "bad_organisation"
    sentence = _("The file “%(file)s” cannot be used, at %(where)s: %(reason)s")


class NotStorable(ImportRefused):
    code = "not_storable"
    sentence = _(
        "The database does not take a value of the file (%(detail)s). Mend the file and import it again."
    )


class DatabaseFull(ImportRefused):
    code = "database_full"
    status = 507
    sentence = _(
        "The database has no room for this import (%(detail)s). Nothing was changed. Make room on its disk, then "
        "import the file again."
    )


class NoRowFits(ImportRefused):
    code = "no_row_fits"
    sentence = _("None of the %(rows)s rows can be imported. The first, row %(row)s: %(reason)s")
