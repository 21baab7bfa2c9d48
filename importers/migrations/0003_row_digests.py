"""What the rows of a file were, for the next import of the same layer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("importers", "0002_checks_changes_feeds"),
        ("layers", "0005_web_copy"),
    ]

    operations = [
        migrations.CreateModel(
            name="RowDigests",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.PositiveIntegerField()),
                ("revision", models.PositiveBigIntegerField()),
                ("recipe", models.CharField(max_length=32)),
                ("starts", models.DateTimeField()),
                ("digests", models.BinaryField()),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="layers.layer"
                    ),
                ),
            ],
            options={
                "ordering": ["layer", "part"],
                "constraints": [
                    models.UniqueConstraint(fields=("layer", "part"), name="row_digests_part_once_a_layer")
                ],
            },
        ),
        # Digests do not get smaller by packing.
        migrations.RunSQL(
            "ALTER TABLE importers_rowdigests ALTER digests SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
    ]
