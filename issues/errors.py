"""What the life of an issue refuses, each with the next step."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class OutsideMunicipality(PortalError):
    code: ClassVar[str] = "outside_municipality"
    sentence = _("This place is outside the municipality. Move the pin inside the boundary shown on the map.")


class InNeighbour(OutsideMunicipality):
    sentence = _("This place belongs to %(neighbour)s. Please report it there, or move the pin.")


class NoBoundaryYet(PortalError):
    status: ClassVar[int] = 503
    code: ClassVar[str] = "no_boundary_yet"
    sentence = _(
        "The portal does not know the municipality's boundary yet. Its administrator must load it first."
    )


class NoHelpDeskYet(PortalError):
    status: ClassVar[int] = 503
    code: ClassVar[str] = "no_help_desk_yet"
    sentence = _(
        "No department is set as the help desk yet. The administrator of the portal must choose one."
    )


class CategoryClosed(PortalError):
    code: ClassVar[str] = "category_closed"
    sentence = _("This kind of problem can't be reported any more. Choose another kind.")


class AssetMismatch(PortalError):
    code: ClassVar[str] = "asset_mismatch"
    sentence = _("The chosen asset does not fit this kind of problem. Choose it again on the map.")


class StepNotAllowed(PortalError):
    status: ClassVar[int] = 409
    code: ClassVar[str] = "step_not_allowed"
    sentence = _("The case is “%(state)s”, so this step is not possible now. Load the page again.")


class ReasonMissing(PortalError):
    code: ClassVar[str] = "reason_missing"
    sentence = _("Write the reason: the citizen will read it.")


class ProofMissing(PortalError):
    code: ClassVar[str] = "proof_missing"
    sentence = _("Add a photo of the fix, or write why there is none.")


class NotADuplicate(PortalError):
    code: ClassVar[str] = "not_a_duplicate"
    sentence = _("A case can only be joined to an earlier, different case that was not joined itself.")


class SameDepartment(PortalError):
    code: ClassVar[str] = "same_department"
    sentence = _("The case is with this department already. Choose another one.")


class NotAskedNow(PortalError):
    status: ClassVar[int] = 409
    code: ClassVar[str] = "not_asked_now"
    sentence = _("You answered already, or the case is not fixed yet.")


class EnoughPhotos(PortalError):
    code: ClassVar[str] = "enough_photos"
    sentence = _("This report has enough photos, thank you.")


class CaseEnded(PortalError):
    status: ClassVar[int] = 409
    code: ClassVar[str] = "case_ended"
    sentence = _("The case has ended, so photos can't be added any more.")


class TextMissing(PortalError):
    code: ClassVar[str] = "text_missing"
    sentence = _("Write something first.")
