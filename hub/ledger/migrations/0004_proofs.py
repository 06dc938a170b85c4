"""Proofs of each day, sums rolled up, and an index that reads a sum without its rows."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

REFUSE_CHANGE = (
    "CREATE TRIGGER ledger_refuse_change BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()"
)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("ledger", "0003_periods")]

    operations = [
        ValidateConstraint("posting", "ledger_posting_falls_forward"),
        migrations.CreateModel(
            name="DayProof",
            fields=[
                ("ended_on", models.DateField(primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("chain_sha256", models.CharField(max_length=64)),
                ("is_clean", models.BooleanField()),
                ("report", models.JSONField()),
                (
                    "proved_at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow()
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rollup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("through_entry", models.BigIntegerField()),
                ("balance_cents", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rollups",
                        to="ledger.account",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="rollup",
            constraint=models.UniqueConstraint(
                fields=("account", "through_entry"), name="ledger_rollup_once"
            ),
        ),
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                fields=["account", "id"],
                include=["amount_cents"],
                name="ledger_entry_sum",
            ),
        ),
        *(
            migrations.RunSQL(
                REFUSE_CHANGE.format(table=table),
                f"DROP TRIGGER ledger_refuse_change ON {table}",
            )
            for table in ("ledger_dayproof", "ledger_rollup")
        ),
    ]
