from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max


def number_settled_days(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A day settled before knew the papers written until then."""
    alias = editor.connection.alias
    papers = apps.get_model("orders", "Invoice").objects.using(alias)
    parts = apps.get_model("routing", "HubSettlement").objects.using(alias)
    for part in parts.select_related("settlement"):
        known = papers.filter(
            hub=part.hub_id, issued_at__lte=part.settlement.settled_at
        )
        part.last_number = known.aggregate(last=Max("number"))["last"] or 0
        part.save(update_fields=["last_number"])


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0009_bill_refusals'),
        ('routing', '0008_breakdowns'),
    ]

    operations = [
        migrations.AddField(
            model_name='hubsettlement',
            name='last_number',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(number_settled_days, migrations.RunPython.noop),
    ]
