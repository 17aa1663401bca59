from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0010_recorded_legal_checks")]

    operations = [
        migrations.AlterField(
            model_name="legalcheck",
            name="recorded_at",
            field=models.DateTimeField(editable=False, verbose_name="recorded"),
        ),
    ]
