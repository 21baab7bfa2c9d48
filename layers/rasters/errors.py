"""What the addresses of rasters refuse, and what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import NotFound, PortalError


class RasterFileMissing(NotFound):
    code = "raster_file_missing"
    sentence = _("The file of “%(title)s” cannot be read. Ask the municipality to import it again.")


class RasterTooCostly(PortalError):
    status = 503
    code = "raster_too_costly"
    sentence = _("So much of “%(title)s” cannot be drawn at once. Zoom in.")


class BadRasterLook(PortalError):
    status = 422
    code = "bad_raster_look"
    sentence = _("“%(name)s” cannot be %(given)s in the look of a raster. Choose: %(known)s.")


class BadLine(PortalError):
    code = "bad_line"
    sentence = _(
        "This is no line for a profile. Give 2 to %(most)s positions as “longitude,latitude;longitude,latitude”."
    )


class LineTooLong(PortalError):
    code = "line_too_long"
    sentence = _("The line is %(given)s km long. Draw one of at most %(most)s km.")


class BadClipBox(PortalError):
    code = "bad_clip_box"
    sentence = _("“%(given)s” is no box. Give west, south, east and north in degrees, divided by commas.")


class NothingToClip(NotFound):
    code = "nothing_to_clip"
    sentence = _("“%(title)s” does not reach into this box. Choose a box inside its outline.")


class ClipTooLarge(PortalError):
    status = 413
    code = "clip_too_large"
    sentence = _(
        "This piece would have %(given)s million pixels; at most %(most)s million are cut out at once. Choose a "
        "smaller box, or take the whole file."
    )


class UnknownClipSystem(PortalError):
    code = "unknown_clip_system"
    sentence = _("“%(given)s” is no coordinate system of downloads. Choose: %(known)s.")


class BadSampling(PortalError):
    code = "bad_sampling"
    sentence = _("“%(given)s” is no number of points. Give one from 2 to %(most)s.")


class NoProfile(PortalError):
    status = 422
    code = "no_profile"
    sentence = _(
        "“%(title)s” holds no heights or measurements, so there is no profile of it. Choose another raster."
    )
