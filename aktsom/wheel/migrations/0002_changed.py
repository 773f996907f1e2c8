import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wheel", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="wheeltask",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="wheeltask",
            name="times_moved",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
