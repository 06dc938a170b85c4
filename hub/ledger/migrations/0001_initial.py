"""The tables of the ledger, with what a row may hold."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=250, unique=True)),
                ('floored', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('amount_cents', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('verb', models.CharField(choices=[('post', 'post'), ('reverse', 'reverse'), ('hold', 'hold'), ('capture', 'capture'), ('release', 'release')], max_length=10)),
                ('kind', models.CharField(max_length=60)),
                ('amount_cents', models.BigIntegerField(null=True)),
                ('effective_on', models.DateField(db_index=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('memo', models.CharField(blank=True, max_length=200)),
                ('content_sha256', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
            ],
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('key', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('content_sha256', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=40)),
                ('data', models.JSONField()),
                ('recorded_at', models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('chain_sha256', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='ledger.account')),
                ('balance_cents', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9._-]*(:[a-z0-9][a-z0-9._-]*)*$')), name='ledger_account_code_grammar'),
        ),
        migrations.AddField(
            model_name='entry',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.account'),
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('original', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='reversed_by', serialize=False, to='ledger.posting')),
            ],
        ),
        migrations.AddField(
            model_name='posting',
            name='hold',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='ledger.posting'),
        ),
        migrations.AddField(
            model_name='entry',
            name='posting',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.posting'),
        ),
        migrations.AddField(
            model_name='seal',
            name='posting',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='ledger.posting'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('balance_cents__gte', 0)), name='ledger_balance_not_below_zero'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='posting',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal_of', to='ledger.posting'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['expires_at'], name='ledger_posting_expiring'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hold__isnull', False), ('verb__in', ['capture', 'release'])), models.Q(('hold__isnull', True), ('verb__in', ['post', 'reverse', 'hold'])), _connector='OR'), name='ledger_posting_verb_and_hold'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('posting', 'position'), name='ledger_entry_one_per_position'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_cents', 0), _negated=True), name='ledger_entry_moves_something'),
        ),
    ]
