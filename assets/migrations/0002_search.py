"""An asset is found by the sound of its code, in Greek or Latin letters."""

import core.text
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0001_initial"),
        ("municipality", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(core.text.Sound("code"), name="text_pattern_ops"),
                name="asset_code_sound",
            ),
        ),
    ]
