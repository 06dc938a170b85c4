"""Dated multipliers, fees of the legs, taxes by class of goods, limits of support.

What the table of taxes holds becomes that of taxable goods, its only readers so far.
The column of a tier's first multiplier keeps its name: only Python calls it otherwise.
"""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import hub.core.ids

SINCE = date(2013, 1, 1)
RATES = [
    ("tps", "service", 50_000),
    ("tvq", "service", 99_750),
]


def fill(apps, schema_editor):
    """Source: Revenu Québec, freight bears the usual rates; no row is no tax."""
    rows = apps.get_model("pricing", "TaxRate").objects.using(
        schema_editor.connection.alias
    )
    for code, goods_class, rate_ppm in RATES:
        rows.get_or_create(
            code=code,
            goods_class=goods_class,
            starts_on=SINCE,
            defaults={"rate_ppm": rate_ppm},
        )


def empty(apps, schema_editor):
    """The version before knows taxable goods only."""
    rows = apps.get_model("pricing", "TaxRate").objects.using(
        schema_editor.connection.alias
    )
    rows.exclude(goods_class="taxable").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("hub", "0001_initial"),
        ("pricing", "0003_fund_sources"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="pricetier",
            options={
                "verbose_name": "price tier",
                "verbose_name_plural": "price tiers",
            },
        ),
        migrations.RemoveConstraint("pricetier", "pricing_multiplier_sane"),
        migrations.AlterField(
            model_name="pricetier",
            name="multiplier_bps",
            field=models.PositiveIntegerField(
                db_column="multiplier_bps",
                verbose_name="first multiplier (basis points)",
            ),
        ),
        migrations.RenameField("pricetier", "multiplier_bps", "first_multiplier_bps"),
        migrations.AlterModelOptions(
            name="pricetier",
            options={
                "ordering": ["first_multiplier_bps", "id"],
                "verbose_name": "price tier",
                "verbose_name_plural": "price tiers",
            },
        ),
        migrations.AddConstraint(
            model_name="pricetier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_multiplier_bps__gt", 0),
                    ("first_multiplier_bps__lte", 20000),
                ),
                name="pricing_multiplier_sane",
            ),
        ),
        migrations.CreateModel(
            name='FeeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leg', models.CharField(choices=[('inbound', 'from the farm to the hub'), ('dock', 'at the dock of the hub'), ('outbound', 'from the hub to the drop point')], max_length=8, verbose_name='leg')),
                ('cents_per_unit', models.PositiveIntegerField(default=0, verbose_name='cents per unit')),
                ('cents_per_kg', models.PositiveIntegerField(default=0, verbose_name='cents per kilogram')),
                ('share_bps', models.PositiveIntegerField(default=0, verbose_name="of the farm's price (basis points)")),
                ('is_taxed', models.BooleanField(default=False, help_text='Also when the goods that travel are zero-rated.', verbose_name='bears the sales taxes')),
                ('starts_on', models.DateField(verbose_name='from')),
            ],
            options={
                'verbose_name': 'fee of a leg',
                'verbose_name_plural': 'fees of legs',
                'ordering': ['leg', '-starts_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SupportLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=hub.core.ids.new_public_id, max_length=16, unique=True)),
                ('floor_bps', models.PositiveIntegerField(blank=True, null=True, verbose_name="lowest price, of the farm's price (basis points)")),
                ('cap_cents', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='most support a month')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'limit of support',
                'verbose_name_plural': 'limits of support',
                'ordering': ['-starts_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='TierMultiplier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('multiplier_bps', models.PositiveIntegerField(verbose_name='multiplier (basis points)')),
                ('starts_on', models.DateField(verbose_name='from')),
            ],
            options={
                'verbose_name': 'multiplier of a tier',
                'verbose_name_plural': 'multipliers of tiers',
                'ordering': ['-starts_on', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='taxrate',
            name='pricing_tax_once_a_day',
        ),
        migrations.AddField(
            model_name='taxrate',
            name='goods_class',
            field=models.CharField(choices=[('zero_rated', 'Zero-rated (basic grocery)'), ('taxable', 'Taxable'), ('service', 'Transport and fees that bear taxes')], db_default='taxable', default='taxable', max_length=10, verbose_name='class'),
        ),
        migrations.AddField(
            model_name='transportrule',
            name='is_taxed',
            field=models.BooleanField(db_default=False, default=False, help_text='Also when the goods that travel are zero-rated.', verbose_name='bears the sales taxes'),
        ),
        migrations.AddConstraint(
            model_name='taxrate',
            constraint=models.UniqueConstraint(fields=('code', 'goods_class', 'starts_on'), name='pricing_tax_once_a_day'),
        ),
        migrations.AddField(
            model_name='feerule',
            name='hub',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fee_rules', to='hub.organization'),
        ),
        migrations.AddField(
            model_name='supportlimit',
            name='buyer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_support_limits', to='hub.organization'),
        ),
        migrations.AddField(
            model_name='supportlimit',
            name='grant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pricing.fundlot'),
        ),
        migrations.AddField(
            model_name='supportlimit',
            name='hub',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_limits', to='hub.organization'),
        ),
        migrations.AddField(
            model_name='tiermultiplier',
            name='tier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='multipliers', to='pricing.pricetier'),
        ),
        migrations.AddConstraint(
            model_name='feerule',
            constraint=models.UniqueConstraint(fields=('hub', 'leg', 'starts_on'), name='pricing_fee_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='feerule',
            constraint=models.CheckConstraint(condition=models.Q(('share_bps__lte', 10000)), name='pricing_fee_sane'),
        ),
        migrations.AddConstraint(
            model_name='supportlimit',
            constraint=models.UniqueConstraint(fields=('hub', 'buyer', 'starts_on'), name='pricing_limit_once_a_day', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='supportlimit',
            constraint=models.CheckConstraint(condition=models.Q(('floor_bps__isnull', True), ('floor_bps__lte', 20000), _connector='OR'), name='pricing_limit_sane'),
        ),
        migrations.AddConstraint(
            model_name='supportlimit',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pricing_limit_in_order'),
        ),
        migrations.AddConstraint(
            model_name='tiermultiplier',
            constraint=models.UniqueConstraint(fields=('tier', 'starts_on'), name='pricing_multiplier_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='tiermultiplier',
            constraint=models.CheckConstraint(condition=models.Q(('multiplier_bps__gt', 0), ('multiplier_bps__lte', 20000)), name='pricing_dated_multiplier_sane'),
        ),
        migrations.RunPython(fill, empty),
    ]
