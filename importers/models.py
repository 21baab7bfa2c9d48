"""Every import is a row: which file, what was found, what a person decided, what was done, and how it is undone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from importers.private_files import private_storage
from importers.querysets import ImportFeedQuerySet, ImportRunQuerySet, SavedMappingQuerySet
from layers.models import Revision


class Target(models.TextChoices):
    LAYER = "layer", _("a layer")
    AREAS = "areas", _("areas")
    ASSETS = "assets", _("an asset register")
    ISSUES = "issues", _("a case list")
    ADDRESSES = "addresses", _("addresses for the search")
    DEPARTMENTS = "departments", _("departments")
    RASTER = "raster", _("a raster")
    ORGANISATION = "organisation", _("an organisation")


class ImportState(models.TextChoices):
    """From the file to the map: a check (dry run) comes first, then a person decides."""

    UPLOADED = "uploaded", _("uploaded")
    CHECKED = "checked", _("checked")
    DONE = "done", _("imported")
    REFUSED = "refused", _("refused")
    STOPPED = "stopped", _("stopped")
    UNDONE = "undone", _("undone")


class Work(models.TextChoices):
    """What the worker is asked to do with a run."""

    CHECK = "check", _("check")
    IMPORT = "import", _("import")
    UNDO = "undo", _("undo")


class ImportRun(models.Model):
    """`order` is what was asked (see importers/order.py: as_json), `evidence` what the check found, `counts` holds
    read, added, changed, removed, unchanged, repaired, refused; `findings` is a bounded list of {"row", "key",
    "code", "message", "facts"}. `asked` is work that waits or is under way (`started_at` set); `revision` is what
    the run wrote into a layer, ImportChange rows what it wrote elsewhere. `undoes` names the run that this one took
    back."""

    file_name = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_bytes = models.PositiveBigIntegerField(default=0)
    file = models.FileField(upload_to="imports/", storage=private_storage, max_length=300, blank=True)
    file_kept_until = models.DateField(null=True, blank=True)
    target = models.CharField(max_length=20, choices=Target.choices)
    target_slug = models.CharField(max_length=100, blank=True)
    order = models.JSONField(default=dict, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    source_crs = models.CharField(max_length=200, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    refused_rows = models.FileField(upload_to="imports/", storage=private_storage, max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices)
    asked = models.CharField(max_length=10, choices=Work.choices, blank=True)
    progress = models.FloatField(default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="import_runs"
    )
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="import_runs"
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    objects: ClassVar[ImportRunQuerySet] = ImportRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], condition=~models.Q(asked=""), name="import_run_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.target_slug} ← {self.file_name}"


class ImportChange(models.Model):
    """What a run did to one row of a register without a history of its own (everything but layers): `before` is
    None for a row it added. Both are flat JSON, geometry as EWKT; they say what an undo restores, and whether
    somebody touched the row since."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects: ClassVar[models.Manager["ImportChange"]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="import_change_once_a_key")]

    def __str__(self) -> str:
        return self.key


class SavedMapping(models.Model):
    """How the fields of one kind of file fill a target, kept by name for the next time."""

    name = models.CharField(max_length=100)
    target = models.CharField(max_length=20, choices=Target.choices)
    target_slug = models.CharField(max_length=100, blank=True)
    document = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SavedMappingQuerySet] = SavedMappingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["target", "name"], name="mapping_name_once_a_target")]

    def __str__(self) -> str:
        return self.name


class RowDigests(models.Model):
    """What the rows of the file were by which a layer was last brought up to date, so that the next import passes by
    those that are the same. Good only while the layer is at `revision` and files are read by the same `recipe`;
    `starts` is the latest moment from which any of the rows holds. In parts, so that none is large."""

    layer = models.ForeignKey("layers.Layer", on_delete=models.CASCADE, related_name="+")
    part = models.PositiveIntegerField()
    revision = models.PositiveBigIntegerField()
    recipe = models.CharField(max_length=32)
    starts = models.DateTimeField()
    digests = models.BinaryField()

    objects: ClassVar[models.Manager["RowDigests"]] = models.Manager()

    class Meta:
        ordering = ["layer", "part"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "part"], name="row_digests_part_once_a_layer")
        ]

    def __str__(self) -> str:
        return f"{self.layer_id} r{self.revision} part {self.part}"


class ImportFeed(models.Model):
    """A folder or an address that an administrator had looked at every `every_minutes`; `order` is what to do with
    a file that is new (its checksum is not `last_sha256`)."""

    name = models.CharField(max_length=100, unique=True)
    address = models.CharField(max_length=500)
    order = models.JSONField(default=dict)
    every_minutes = models.PositiveIntegerField(default=1440)
    is_active = models.BooleanField(default=True)
    last_looked_at = models.DateTimeField(null=True, blank=True)
    last_sha256 = models.CharField(max_length=64, blank=True)
    last_message = models.CharField(max_length=500, blank=True)
    last_run = models.ForeignKey(
        ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="feeds"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    objects: ClassVar[ImportFeedQuerySet] = ImportFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
