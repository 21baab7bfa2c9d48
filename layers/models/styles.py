"""How layers look: the looks that people chose, by name."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import Q

from core.languages import in_reader_language
from layers.models.catalogue import Layer
from layers.querysets import LayerStyleQuerySet


class LayerStyle(models.Model):
    """One look of a layer. `spec` is what layers/styles/spec.py reads and writes; the fragments and the legend that the
    map draws are compiled from it. The one that `is_first` is what `Layer.style` and `Layer.legend` say."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="styles")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    spec = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=100)
    is_first = models.BooleanField(default=False)

    objects: ClassVar[LayerStyleQuerySet] = LayerStyleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "slug"], name="layer_style_slug_unique_in_its_layer"),
            models.UniqueConstraint(
                fields=["layer"], condition=Q(is_first=True), name="layer_has_one_first_style"
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "title")
