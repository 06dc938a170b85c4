"""Fees of the legs of the way on lines and invoices, and the taxed part of a price.

The rows of before have no fees and kept the same identity without them: the new checks
read no row of theirs.
"""

import django.db.models.expressions
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0015_offered_reduction")]

    operations = [
        migrations.RemoveConstraint(
            model_name='invoice',
            name='orders_invoice_parts_agree',
        ),
        migrations.RemoveConstraint(
            model_name='invoiceline',
            name='orders_invoice_line_parts_agree',
        ),
        migrations.RemoveConstraint(
            model_name='orderline',
            name='orders_line_parts_agree',
        ),
        migrations.AddField(
            model_name='invoice',
            name='fees_cents',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='fees_cents',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='orderline',
            name='fees_by_leg',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='orderline',
            name='fees_cents',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='orderline',
            name='fees_unit_cents',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='orderline',
            name='taxed_unit_cents',
            field=models.IntegerField(blank=True, null=True),
        ),
        AddConstraintNotValid(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('buyer_cents', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('farm_cents'), '+', models.F('transport_cents')), '+', models.F('fees_cents')), '+', models.F('margin_cents')), '+', models.F('tps_cents')), '+', models.F('tvq_cents')), '-', models.F('draw_cents')), '-', models.F('rounding_cents')))), name='orders_invoice_parts_agree'),
        ),
        AddConstraintNotValid(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('buyer_cents', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('farm_cents'), '+', models.F('transport_cents')), '+', models.F('fees_cents')), '+', models.F('margin_cents')), '+', models.F('tps_cents')), '+', models.F('tvq_cents')), '-', models.F('draw_cents')), '-', models.F('rounding_cents')))), name='orders_invoice_line_parts_agree'),
        ),
        AddConstraintNotValid(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('buyer_cents', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('farm_cents'), '+', models.F('transport_cents')), '+', models.F('fees_cents')), '+', models.F('margin_cents')), '+', models.F('tps_cents')), '+', models.F('tvq_cents')), '-', models.F('draw_cents')), '-', models.F('rounding_cents')))), name='orders_line_parts_agree'),
        ),
    ]
