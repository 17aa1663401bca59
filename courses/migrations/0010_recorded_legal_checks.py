"""When checks of the law were recorded. Of older ones it is not known: they count from the beginning of the day checked."""

import datetime as dt

from django.db import migrations, models
from django.utils import timezone


def date_older_checks(apps, schema_editor):
    for check in apps.get_model("courses", "LegalCheck").objects.filter(recorded_at=None):
        check.recorded_at = timezone.make_aware(dt.datetime.combine(check.checked_on, dt.time.min))
        check.save(update_fields=["recorded_at"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0009_changes_of_audiences")]

    operations = [
        migrations.AddField(
            model_name="legalcheck",
            name="recorded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="recorded"),
        ),
        migrations.RunPython(date_older_checks, migrations.RunPython.noop),
    ]
