"""Assets go back: those that an import added leave the ground, those that it changed are as they were."""

from assets.actions import start_revision
from assets.models import AssetType
from importers.actions.undo_register import RegisterUndo
from importers.models import ImportRun


class AssetsUndo(RegisterUndo):
    def finish(self, run: ImportRun) -> None:
        for kind in AssetType.objects.filter(slug=run.target_slug):
            start_revision(kind)
