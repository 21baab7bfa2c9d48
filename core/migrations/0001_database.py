"""What the database must offer before any table: PostGIS, trigram search, Greek folding, a cache table."""

from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension
from django.core.management import call_command
from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        CreateExtension("postgis"),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(
            (SQL / "fold.sql").read_text(encoding="utf-8"),
            "DROP FUNCTION gis_sound(text); DROP FUNCTION gis_fold(text);",
        ),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
