"""Refusals of print and of maps in a file: each says what to ask for instead."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class UnknownPaper(PortalError):
    code = "unknown_paper"
    sentence = _("There is no paper “%(given)s” here. Choose one of: %(choices)s.")


class UnknownOrientation(PortalError):
    code = "unknown_orientation"
    sentence = _("“%(given)s” is no way to lay paper. Choose one of: %(choices)s.")


class BadScale(PortalError):
    code = "bad_scale"
    sentence = _("“%(given)s” is no scale. Write the number after 1:, from %(least)s to %(most)s.")


class BadResolution(PortalError):
    code = "bad_resolution"
    sentence = _("“%(given)s” is no resolution. Write dots per inch, from %(least)s to %(most)s.")


class PictureTooLarge(PortalError):
    code = "picture_too_large"
    sentence = _(
        "A picture of %(paper)s in %(dpi)s dots per inch is too large. Ask for at most %(most)s, or for a PDF."
    )


class UnknownGround(PortalError):
    code = "unknown_ground"
    sentence = _("“%(given)s” is no base map. Choose one of: %(choices)s.")


class BadDrawing(PortalError):
    code = "bad_drawing"
    sentence = _("The drawings in this address cannot be read. Open the map again and print from there.")


class TooMuchForOneFile(PortalError):
    code = "too_much_for_one_file"
    sentence = _(
        "This map holds more than %(most)s features in view. Zoom in, filter a layer or take one away: a file that"
        " opens without a server must stay small."
    )


class TooManySheets(PortalError):
    code = "too_many_sheets"
    sentence = _(
        "That would be %(sheets)s sheets; at most %(most)s are made at once. Filter the layer first."
    )


class NoSheets(PortalError):
    code = "no_sheets"
    sentence = _("No feature of “%(title)s” is there to make sheets of. Choose another layer or filter.")
