"""The desk's search by words reads an index instead of folding every description."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Concat

from core.text import Fold


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_database"),
        ("issues", "0002_workable_index"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="issue",
            index=GinIndex(
                OpClass(
                    Fold(
                        Concat(
                            "number",
                            models.Value(" "),
                            "address",
                            models.Value(" "),
                            "description",
                            output_field=models.TextField(),
                        )
                    ),
                    name="gin_trgm_ops",
                ),
                name="issue_words",
            ),
        ),
    ]
