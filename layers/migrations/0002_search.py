"""Places are found by their English names too."""

import core.text
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("layers", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="sound_en",
            field=models.GeneratedField(
                db_persist=True, expression=core.text.Sound("name_en"), output_field=models.TextField()
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sound_en"], name="place_sound_en_trgm", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
