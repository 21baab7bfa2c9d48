"""Names are found by likeness, doors by how they begin; each has its own index."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("layers", "0002_search"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="place",
            name="place_sound_trgm",
        ),
        migrations.RemoveIndex(
            model_name="place",
            name="place_sound_en_trgm",
        ),
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("kind", "address"), _negated=True),
                fields=["sound"],
                name="place_name_sound",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("kind", "address"), _negated=True),
                fields=["sound_en"],
                name="place_name_sound_en",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(
                condition=models.Q(("kind", "address")),
                fields=["sound"],
                name="place_door_sound",
                opclasses=["text_pattern_ops"],
            ),
        ),
    ]
