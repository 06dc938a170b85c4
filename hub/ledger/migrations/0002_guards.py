"""What the database itself refuses, whoever asks: the guards around the tables.

Rights (`hub.ledger.rights`) keep the runtime role from UPDATE, DELETE and TRUNCATE;
the triggers here say the same to everyone else. TRUNCATE stays possible for the owner
of the tables, who empties test databases with it.
"""

from django.db import migrations

APPEND_ONLY_TABLES = (
    "ledger_account",
    "ledger_posting",
    "ledger_entry",
    "ledger_reversal",
    "ledger_refusal",
    "ledger_seal",
)

# Every function fixes its search path with pg_temp last: otherwise a temporary table
# of the same name, which any role may make, would be read in place of ours.

REFUSE_CHANGE = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: post a correction', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""

STAMP_POSTING = """
CREATE FUNCTION ledger_stamp_posting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.recorded_at := transaction_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_stamp_posting BEFORE INSERT ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_stamp_posting();
"""

GUARD_BALANCE = """
CREATE FUNCTION ledger_guard_balance() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.balance_cents <> 0 THEN
        RAISE EXCEPTION 'a balance begins at zero' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM ledger_account WHERE id = NEW.account_id AND floored
    ) THEN
        RAISE EXCEPTION 'only a floored account keeps a balance'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.account_id <> OLD.account_id THEN
        RAISE EXCEPTION 'a balance stays with its account'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_guard_balance BEFORE INSERT OR UPDATE ON ledger_balance
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_balance();
CREATE TRIGGER ledger_refuse_change BEFORE DELETE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""

# Runs as the owner of the tables: the runtime role has no right to write a balance.
APPLY_ENTRIES = """
CREATE FUNCTION ledger_apply_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    num_floored bigint;
    num_moved bigint;
BEGIN
    IF EXISTS (
        SELECT FROM new_entries e JOIN ledger_posting p ON p.id = e.posting_id
        WHERE p.recorded_at <> transaction_timestamp()
    ) THEN
        RAISE EXCEPTION 'entries are written together with their posting'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT count(DISTINCT a.id) INTO num_floored
    FROM new_entries e JOIN ledger_account a ON a.id = e.account_id
    WHERE a.floored;
    UPDATE ledger_balance b SET balance_cents = b.balance_cents + moved.net_cents
    FROM (
        SELECT account_id, sum(amount_cents)::bigint AS net_cents
        FROM new_entries GROUP BY account_id
    ) moved
    WHERE b.account_id = moved.account_id;
    GET DIAGNOSTICS num_moved = ROW_COUNT;
    IF num_moved <> num_floored THEN
        RAISE EXCEPTION 'a floored account has no balance row'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_apply_entries AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS new_entries
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_apply_entries();
"""

SUM_ZERO = """
CREATE FUNCTION ledger_sum_zero() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    total_cents numeric;
BEGIN
    SELECT sum(amount_cents) INTO total_cents
    FROM ledger_entry WHERE posting_id = NEW.posting_id;
    IF total_cents <> 0 THEN
        RAISE EXCEPTION 'posting % sums to % cents, not to zero',
            NEW.posting_id, total_cents USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_sum_zero AFTER INSERT OR UPDATE ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_sum_zero();
"""


def drop(function: str) -> str:
    """The way back: the function goes, and its triggers with it."""
    return f"DROP FUNCTION {function}() CASCADE"


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE_CHANGE, drop("ledger_refuse_change")),
        *(
            migrations.RunSQL(
                "CREATE TRIGGER ledger_refuse_change"
                f" BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()",
                f"DROP TRIGGER ledger_refuse_change ON {table}",
            )
            for table in APPEND_ONLY_TABLES
        ),
        migrations.RunSQL(STAMP_POSTING, drop("ledger_stamp_posting")),
        migrations.RunSQL(GUARD_BALANCE, drop("ledger_guard_balance")),
        migrations.RunSQL(APPLY_ENTRIES, drop("ledger_apply_entries")),
        migrations.RunSQL(SUM_ZERO, drop("ledger_sum_zero")),
    ]
