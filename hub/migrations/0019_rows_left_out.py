from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hub", "0018_imports_of_tiers_and_drivers")]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="left_out",
            field=models.JSONField(default=list),
        ),
    ]
