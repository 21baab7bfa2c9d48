from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0007_planning")]

    operations = [
        migrations.AddField(
            model_name="raster",
            name="look",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
