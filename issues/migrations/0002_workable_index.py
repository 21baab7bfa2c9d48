"""The index of workable issues becomes the partial one it was meant to be.

Django's PostGIS backend leaves the condition of a GiST index out when it names a geometry column in `fields`;
given as an expression, the condition is kept.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="issue", name="issue_workable_location_gist"),
        migrations.AddIndex(
            model_name="issue",
            index=django.contrib.postgres.indexes.GistIndex(
                models.F("location"),
                name="issue_workable_location_gist",
                condition=models.Q(("state__in", ("received", "accepted", "in_progress"))),
            ),
        ),
    ]
