"""The kind and purpose of a source, the rule under the stop, a page for everybody."""

from django.db import migrations, models


def name_contributions(apps, schema_editor):
    FundLot = apps.get_model("pricing", "FundLot")
    FundLot.objects.using(schema_editor.connection.alias).filter(
        is_general=True
    ).update(kind="contribution")


class Migration(migrations.Migration):

    dependencies = [
        ('hub', '0020_overtaken_letters'),
        ('pricing', '0002_tax_table'),
    ]

    operations = [
        migrations.AddField(
            model_name='fundlot',
            name='kind',
            field=models.CharField(choices=[('grant', 'Grant from a funder'), ('donation', 'Donation'), ('contribution', 'Pay-it-forward contributions'), ('programme', 'Programme money')], default='donation', max_length=12, verbose_name='kind of source'),
        ),
        migrations.AddField(
            model_name='fundlot',
            name='purpose',
            field=models.CharField(blank=True, max_length=300, verbose_name='purpose'),
        ),
        migrations.AddField(
            model_name='solidarityfund',
            name='is_public',
            field=models.BooleanField(default=False, verbose_name='has a public page'),
        ),
        migrations.AddField(
            model_name='solidarityfund',
            name='kept_bps',
            field=models.PositiveIntegerField(default=5000, verbose_name='part of the reduction still given (basis points)'),
        ),
        migrations.AddField(
            model_name='solidarityfund',
            name='stop_rule',
            field=models.CharField(choices=[('refuse', 'no new order at a low tier'), ('smaller', 'a smaller reduction is offered')], default='refuse', max_length=8, verbose_name='under the stop'),
        ),
        migrations.AddField(
            model_name='solidarityfund',
            name='told_guard',
            field=models.CharField(choices=[('ok', 'lasts'), ('warn', 'under the warning'), ('stop', 'stopped')], default='ok', max_length=4),
        ),
        migrations.AddConstraint(
            model_name='fundlot',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['grant', 'donation', 'contribution', 'programme'])), name='pricing_lot_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='solidarityfund',
            constraint=models.CheckConstraint(condition=models.Q(('stop_rule__in', ['refuse', 'smaller']), ('told_guard__in', ['ok', 'warn', 'stop'])), name='pricing_fund_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='solidarityfund',
            constraint=models.CheckConstraint(condition=models.Q(('kept_bps__gt', 0), ('kept_bps__lt', 10000)), name='pricing_fund_keeps_a_part'),
        ),
        migrations.RunPython(name_contributions, migrations.RunPython.noop),
    ]
