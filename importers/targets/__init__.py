"""Everything a file can fill, by name. The browser, the worker and the feeds know targets only through this list."""

from django.utils.translation import gettext as _

from importers.errors import NoSuchTarget
from importers.rules.fields import TargetField
from importers.targets.addresses import AddressesTarget
from importers.targets.areas import AreasTarget
from importers.targets.assets import AssetsTarget
from importers.targets.base import TargetKind
from importers.targets.departments import DepartmentsTarget
from importers.targets.issues import IssuesTarget
from importers.targets.layer import LayerTarget
from importers.targets.raster import RasterTarget

__all__ = ["TARGETS", "TargetField", "TargetKind", "target_named"]

TARGETS: dict[str, TargetKind] = {
    kind.name: kind
    for kind in (
        LayerTarget(),
        AssetsTarget(),
        AreasTarget(),
        IssuesTarget(),
        AddressesTarget(),
        DepartmentsTarget(),
        RasterTarget(),
    )
}


def target_named(name: str) -> TargetKind:
    """The target; raises NoSuchTarget for a name that is none."""
    if name not in TARGETS:
        raise NoSuchTarget(kind=_("target"), slug=name[:40], known=", ".join(TARGETS))
    return TARGETS[name]
