"""Closed periods: what the database refuses once the books of a month are closed.

A posting takes the lock of the periods in share, a closing takes it alone: it waits
for the postings that have begun, and those that come meanwhile see the period closed.
"""

import django.contrib.postgres.functions
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

# The same number as hub.ledger.periods uses.
STAMP_POSTING = """
CREATE OR REPLACE FUNCTION ledger_stamp_posting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    closed_until date;
BEGIN
    NEW.recorded_at := transaction_timestamp();
    PERFORM pg_advisory_xact_lock_shared(20260102);
    SELECT max(ends_on) INTO closed_until FROM ledger_periodend;
    IF closed_until IS NULL OR NEW.meant_on > closed_until THEN
        NEW.meant_on := NULL;
    ELSIF NEW.meant_on IS NOT NULL THEN
        NEW.effective_on := closed_until + 1;
    END IF;
    RETURN NEW;
END $$;
"""

STAMP_ONLY = """
CREATE OR REPLACE FUNCTION ledger_stamp_posting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.recorded_at := transaction_timestamp();
    RETURN NEW;
END $$;
"""

# After the insert: a key that is taken already never comes here, whatever its day.
REFUSE_CLOSED = """
CREATE FUNCTION ledger_refuse_closed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    closed_until date;
BEGIN
    SELECT max(ends_on) INTO closed_until FROM ledger_periodend;
    IF NEW.effective_on <= closed_until THEN
        RAISE EXCEPTION 'the books are closed' USING
            ERRCODE = 'check_violation', DETAIL = to_char(closed_until, 'YYYY-MM-DD'),
            CONSTRAINT = 'ledger_period_is_open';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_refuse_closed AFTER INSERT ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_closed();
"""

GUARD_PERIODS = """
CREATE FUNCTION ledger_guard_periods() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(20260102);
    NEW.closed_at := transaction_timestamp();
    IF EXISTS (SELECT FROM ledger_periodend WHERE ends_on >= NEW.ends_on) THEN
        RAISE EXCEPTION 'a closed period stays closed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_guard_periods BEFORE INSERT ON ledger_periodend
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_periods();
CREATE TRIGGER ledger_refuse_change BEFORE UPDATE OR DELETE ON ledger_periodend
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [("ledger", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="PeriodEnd",
            fields=[
                ("ends_on", models.DateField(primary_key=True, serialize=False)),
                (
                    "closed_at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow()
                    ),
                ),
                ("num_postings", models.PositiveIntegerField()),
                ("postings_sha256", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="posting",
            name="meant_on",
            field=models.DateField(null=True),
        ),
        AddConstraintNotValid(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=Q(meant_on__isnull=True) | Q(meant_on__lt=F("effective_on")),
                name="ledger_posting_falls_forward",
            ),
        ),
        migrations.RunSQL(STAMP_POSTING, STAMP_ONLY),
        migrations.RunSQL(
            REFUSE_CLOSED, "DROP FUNCTION ledger_refuse_closed() CASCADE"
        ),
        migrations.RunSQL(
            GUARD_PERIODS,
            "DROP FUNCTION ledger_guard_periods() CASCADE;"
            "DROP TRIGGER ledger_refuse_change ON ledger_periodend",
        ),
    ]
