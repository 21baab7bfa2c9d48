"""What the attribute table refuses, with a sentence."""

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class NoSuchColumn(PortalError):
    code = "no_such_column"
    sentence = _("There is no field “%(given)s” here. Choose one of: %(choices)s.")


class NoNumbers(PortalError):
    code = "no_numbers"
    sentence = _("“%(given)s” holds no numbers. Choose a field with numbers to add up.")


class TooFar(PortalError):
    code = "too_far"
    sentence = _("The table goes to row %(most)s. Filter, or sort the other way, to see what comes after.")


class BadDistance(PortalError):
    code = "bad_distance"
    sentence = _("“%(given)s” is no distance. Write metres, from 0 to %(most)s.")


class BadShape(PortalError):
    code = "bad_shape"
    sentence = _("This shape cannot be read. Draw it again.")


class NothingNear(PortalError):
    code = "nothing_near"
    sentence = _("No row of “%(title)s” meets this, so nothing can be near it. Change its filter.")


class TooMuchNear(PortalError):
    code = "too_much_near"
    sentence = _(
        "“%(title)s” is too large for this: at most %(rows)s rows with %(corners)s corners together. Filter it first."
    )


class TooManyTurns(PortalError):
    code = "too_many_turns"
    sentence = _(
        "The outline has too many turns to be a filter, even within %(metres)s m. "
        "Draw a simpler shape, or filter the other layer."
    )
