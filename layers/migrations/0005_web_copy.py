"""The web copy of a feature is kept by a trigger, so that an import can bring it along."""

from pathlib import Path

from django.conf import settings
from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "web_copy.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("layers", "0004_revision"),
    ]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8").format(web_srid=settings.WEB_SRID),
            "DROP TRIGGER feature_web_copy ON layers_feature; DROP FUNCTION layers_feature_web_copy();",
        ),
    ]
