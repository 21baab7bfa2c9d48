"""Why a feed cannot be set up, or gives no file now: each with what to do next. Nothing was imported."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class FeedRefused(PortalError):
    code: ClassVar[str] = "feed_refused"
    sentence = _("The feed cannot be used.")


class BadAddress(FeedRefused):
    code = "bad_address"
    sentence = _(
        "“%(address)s” is neither a folder of this machine, written from its root, nor an address that begins with "
        "https:// or http://, without a user name in it."
    )


class LongName(FeedRefused):
    code = "long_name"
    sentence = _("The name of a feed has from 1 to %(most)s characters.")


class BadOrder(FeedRefused):
    code = "bad_order"
    sentence = _("The order of the feed cannot be used, see “%(name)s”. It may say: %(known)s.")


class PrivateAddress(FeedRefused):
    code = "private_address"
    sentence = _(
        "“%(host)s” leads into a private network. Choose a public address, or have the administrator of the server set "
        "IMPORT_FEED_PRIVATE=true."
    )


class NoAnswer(FeedRefused):
    code = "no_answer"
    sentence = _("“%(host)s” gave no file: %(reason)s. It will be asked again at the next look.")


class TooManyRedirects(FeedRefused):
    code = "too_many_redirects"
    sentence = _("The address leads on to others without an end. Give the one where the file really is.")


class FileTooLong(FeedRefused):
    code = "file_too_long"
    sentence = _("The file is larger than %(limit)s, which is the most that is fetched (IMPORT_MAX_BYTES).")


class TooSlow(FeedRefused):
    code = "too_slow"
    sentence = _(
        "The file did not arrive within %(minutes)s minutes. It will be asked for again at the next look."
    )


class UnknownKindOfFile(FeedRefused):
    code = "unknown_kind_of_file"
    sentence = _(
        "“%(file)s” does not say which kind of file it is. Give the feed the file's name, with its extension."
    )


class NothingInFolder(FeedRefused):
    code = "nothing_in_folder"
    sentence = _("The folder “%(folder)s” holds no file that can be imported.")


class NotYours(FeedRefused):
    code = "not_yours"
    sentence = _("%(person)s, in whose name the feed imports, may not import there any more.")


class NoSuchFeed(FeedRefused):
    code = "no_such_feed"
    sentence = _("There is no feed “%(name)s”. There are: %(known)s.")


class FeedExists(FeedRefused):
    code = "feed_exists"
    sentence = _("There is a feed “%(name)s” already. Remove it first, or choose another name.")
