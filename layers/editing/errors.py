"""Why an edit of features is refused, and what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, NotFound, PortalError


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field; `name` is the field's own, `sentence` for the reader."""

    name: str
    sentence: str


class BadBody(PortalError):
    code = "bad_body"
    sentence = _("What was sent is no GeoJSON feature: %(why)s")


class BadShape(PortalError):
    code = "bad_shape"
    sentence = _("The shape cannot be used: %(why)s")


class TooManyCorners(PortalError):
    code = "too_many_corners"
    sentence = _("The shape has more than %(most)s corners. Simplify it, or split it into several features.")


class OtherKind(PortalError):
    code = "other_kind"
    sentence = _("This layer holds %(kind)s; what was sent is a %(given)s.")


class CrossesItself(PortalError):
    code = "shape_not_valid"
    sentence = _(
        "The outline crosses or touches itself near east %(east)s, north %(north)s. Move the corners there apart."
    )


class NotProper(PortalError):
    code = "shape_not_valid"
    sentence = _("The shape is not a proper one (%(why)s). Draw it again.")


class OutsideTown(PortalError):
    code = "outside_municipality"
    sentence = _(
        "The shape reaches more than %(km)s km beyond the municipality. Check its coordinates and their system."
    )


class NeedsShape(PortalError):
    code = "needs_shape"
    sentence = _("A feature of this layer needs a shape. Draw one, or send a geometry.")


class InvalidProperties(PortalError):
    code = "invalid_properties"
    sentence = _("Some values do not fit their fields. %(told)s")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(told=" ".join(problem.sentence for problem in problems))


class BadReason(PortalError):
    code = "bad_reason"
    sentence = _("The reason is longer than %(most)s letters. Say it shorter.")


class BadDay(PortalError):
    code = "bad_day"
    sentence = _(
        "“%(given)s” is no day from which this can hold. Write it as year-month-day, such as 2024-03-01."
    )


class TooManyEdits(PortalError):
    code = "too_many_edits"
    sentence = _("More than %(most)s changes at once are too many. Save them in parts, or import a file.")


class NothingToDo(PortalError):
    code = "nothing_to_do"
    sentence = _("There is nothing to save: no change was sent.")


class KeyTwice(PortalError):
    code = "key_twice"
    sentence = _("“%(key)s” is changed twice in what was sent. Send one change of it.")


class KeyNeeded(PortalError):
    code = "key_needed"
    sentence = _("Give the field “%(field)s”: this layer knows its features by it.")


class NoFeature(NotFound):
    code = "no_item"
    sentence = _("There is no feature “%(given)s” in this layer now. Perhaps somebody has removed it.")


class KeyTaken(Conflict):
    code = "key_taken"
    sentence = _(
        "“%(key)s” is taken, so no new feature can have it. Choose another, or change the one that has it."
    )


class PlannedChange(Conflict):
    code = "planned_change"
    sentence = _(
        "A change of “%(key)s” that holds from a later day is entered already. Take that one back first."
    )


class ChangedMeanwhile(PortalError):
    """`keys` are those whose state is another than the one that was read before."""

    status = 412
    code = "changed_meanwhile"
    sentence = _(
        "Changed by somebody else since you read it: %(told)s. Read it again and repeat your change."
    )

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = list(keys)
        super().__init__(told=", ".join(self.keys[:5]))


class NotEditable(PortalError):
    status = 405
    code = "method_not_allowed"
    sentence = _(
        "This collection is only for reading. An administrator opens a layer for editing in the catalogue."
    )


class LayerBusy(PortalError):
    status = 503
    code = "layer_busy"
    sentence = _("This layer is being written just now, perhaps by an import. Wait a little and save again.")
