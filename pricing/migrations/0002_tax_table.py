"""The sales taxes of Quebec in force since 2013; a new rate is a new row.

Source: Revenu Québec, TPS 5 % (since 2008-01-01) and TVQ 9.975 % (since 2013-01-01).
"""

from datetime import date

from django.db import migrations

RATES = [("tps", 50_000), ("tvq", 99_750)]
SINCE = date(2013, 1, 1)


def fill(apps, schema_editor):
    TaxRate = apps.get_model("pricing", "TaxRate")
    rows = TaxRate.objects.using(schema_editor.connection.alias)
    for code, rate_ppm in RATES:
        rows.get_or_create(
            code=code, starts_on=SINCE, defaults={"rate_ppm": rate_ppm}
        )


def empty(apps, schema_editor):
    TaxRate = apps.get_model("pricing", "TaxRate")
    TaxRate.objects.using(schema_editor.connection.alias).filter(
        starts_on=SINCE
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("pricing", "0001_initial")]
    operations = [migrations.RunPython(fill, empty)]
