"""What planning maps refuse, with a sentence."""

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, NotAllowed, PortalError


class BadMap(PortalError):
    """`place` is where in the content, such as “layers[2].opacity”; `reason` a whole sentence in the reader's
    language."""

    code = "bad_map"
    sentence = _("This map cannot be read, because of “%(place)s”: %(reason)s")


class MapTooLarge(PortalError):
    status = 413
    code = "map_too_large"
    sentence = _("This map holds too much to be kept (at most %(limit)s kB). Remove drawings from it.")


class MapChanged(Conflict):
    code = "map_changed"
    sentence = _(
        "This map was changed at %(when)s, after you opened it. Your work is still here: save it as a new map, "
        "or open this one again in another window and look at the change first."
    )


class TooManyMaps(PortalError):
    code = "too_many_maps"
    sentence = _("You have %(most)s maps already. Remove one that you need no more, and save again.")


class NotYourMap(NotAllowed):
    code = "not_your_map"
    sentence = _("Only the person who made this map may change it. Save a copy of your own.")
