"""What a finding or a refusal says to somebody who sits before the page: no options of the command line."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import importers.errors
import importers.run_errors  # noqa: F401
import layers.actions  # noqa: F401
from core.errors import PortalError
from importers.report import MESSAGES

Sentence = str | Promise
HERE: dict[str, Sentence] = {
    "stopped": _("It was stopped, as asked. Nothing was changed."),
    "interrupted": _(
        "The work was interrupted, as when the server is restarted. Nothing was changed. Start it again when you like."
    ),
    "failed": _(
        "The work ended with an error that nobody foresaw. Nothing was changed. Tell the administrator of the portal; "
        "the log of the worker says more."
    ),
    "too_much_memory": _(
        "The file needs more memory than one import may take here. Nothing was changed. Split the file, or ask the "
        "administrator to import it on the server."
    ),
    "choose_layer_inside": _("“%(file)s” holds several layers. Choose below which one to import."),
    "no_positions": _(
        "The file does not say where its rows are. Choose below the columns with longitude and latitude (or east and "
        "north), or the one with WKT."
    ),
    "crs_missing": _(
        "The file does not name its coordinate system. Choose it below: the shares tell which one puts the rows "
        "inside the municipality."
    ),
    "crs_unknown": _(
        "“%(crs)s” is not a coordinate system that is known here. Choose one of the list, or type its EPSG code."
    ),
    "crs_inexact": _(
        "There is no exact way from “%(crs)s” to the coordinate system of the portal, so everything could lie "
        "hundreds of metres off. Choose the true one below."
    ),
    "axes_swapped": _(
        "The file seems to give latitude before longitude: as it stands nothing falls inside the municipality, the "
        "other way round %(share)s %% does. Choose that below and check again."
    ),
    "wrong_encoding": _(
        "The text of the file is not %(encoding)s (first seen in row %(row)s). Choose below the encoding in which the "
        "samples read well."
    ),
    "unknown_encoding": _("“%(encoding)s” is not a known text encoding. Choose one of the list."),
    "rows_refused": _(
        "%(refused)s of %(rows)s rows cannot be imported. The first, row %(row)s: %(reason)s Mend them in the file, or "
        "import the others and set these aside."
    ),
    "no_key_chosen": _(
        "Choose below the field with the code of each row, so that the rows can be told apart."
    ),
    "repeated_keys": _(
        "Values of the key “%(field)s” occur more than once, for example %(examples)s. Choose a field whose values "
        "are unique, or none."
    ),
    "no_home": _("The file holds several municipalities. Say below which one is ours: %(codes)s."),
    "type_exists": _("The asset type “%(slug)s” exists already. Choose it as the target."),
    "outside_municipality": _(
        "Nothing in the file falls inside the extent of the municipality. Look at the coordinate system below."
    ),
    "crs_unshifted": _(
        "The file has the projection of the Greek Grid on the datum of WGS84, that is without the shift to GGRS87. "
        "Mostly such a file is really EPSG:2100 and would come to lie about 325 m off: compare it with the map, and "
        "if it is so, choose EPSG:2100 below."
    ),
    "crs_other_fits": _(
        "The coordinate system looks wrong: as %(crs)s hardly anything falls in the municipality, as %(other)s nearly "
        "everything does. If that is right, choose it below."
    ),
    "offset_shift": _(
        "The shapes lie %(metres)s m from those held under the same keys, all the same way, and just as far as a "
        "missing datum shift moves them. Ask where the file comes from, and try it as %(crs)s."
    ),
    "would_remove_much": _(
        "%(removed)s of the %(held)s features of the layer would end, which is more than %(limit)s %%. You will be "
        "asked to allow that when you import."
    ),
    "encoding_other": _(
        "The text encoding looks wrong: %(encoding)s gives hardly any Greek letters, %(other)s does: %(sample)s. If "
        "that reads well, choose it below."
    ),
    "removes_too_much": _(
        "%(removed)s of the %(held)s features of the layer would end, which is more than %(limit)s %%. If the file is "
        "really complete, allow that below and import it again."
    ),
}


def _kinds(base: type[PortalError]) -> Iterator[type[PortalError]]:
    yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


def _refusals() -> dict[str, Sentence]:
    """Sentences by code, of every refusal that the import room and the layers know."""
    return {kind.code: kind.sentence for kind in _kinds(PortalError)}


def said(finding: dict[str, Any]) -> str:
    """A finding of `run.findings` in the reader's language; as it was kept where its words are not known."""
    code, facts = finding.get("code", ""), finding.get("facts") or {}
    if code == "repeated_keys" and not facts.get("field", "-"):
        code, facts = "no_key_chosen", {}
    known = HERE.get(code) or (_refusals() if finding.get("refusal") else MESSAGES).get(code)
    if known is None:
        return str(finding.get("message", ""))
    try:
        words = str(known) % facts if facts else str(known)
    except (KeyError, TypeError, ValueError):
        return str(finding.get("message", ""))
    return " ".join([words, facts["proof"]]) if finding.get("refusal") and facts.get("proof") else words
