"""The part of a reduction that the fund offered for a basket."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0014_payments_received'),
    ]

    operations = [
        migrations.AddField(
            model_name='basket',
            name='kept_bps',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='part of the reduction offered (basis points)'),
        ),
    ]
