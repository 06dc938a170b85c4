"""A busy floored account split into sub-accounts: its balance lies in several rows.

Only the balance is split. Entries name the account as before, so statements, holds,
closed periods, seals and exports see one account and need not know.
"""

import django.db.models.deletion
from django.db import migrations, models

# What a split account has ready for `net` cents, locked until the transaction ends.
#
# First whichever part is free and holds enough; nobody waits. Then, if at least half of
# them hold enough, a wait for one of those. Otherwise all of them in ascending id, and
# what they hold is laid out evenly anew: so a refusal is told under all locks only, and
# what one large deposit brought into one part is soon in all of them. A block that
# ends in LG001 gives back its locks: nobody holds one part while waiting for a lower
# one. Each session has an order of its own in which it looks at the parts.
LOCK_PARTS = """
CREATE FUNCTION ledger_lock_parts(of_account bigint, net bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept bigint;
    num bigint;
    num_rich bigint;
BEGIN
    FOR attempt IN 1..3 LOOP
        EXIT WHEN net = 0;
        BEGIN
            SELECT p.balance_cents INTO kept FROM ledger_part p
            WHERE p.account_id = of_account AND p.balance_cents >= -net
            ORDER BY hashint8(p.number::bigint * 65537 + pg_backend_pid())
            LIMIT 1 FOR UPDATE SKIP LOCKED;
            IF FOUND THEN
                RETURN kept;
            END IF;
            RAISE EXCEPTION 'none is free' USING ERRCODE = 'LG001';
        EXCEPTION WHEN SQLSTATE 'LG001' THEN NULL;
        END;
        BEGIN
            SELECT count(*), count(*) FILTER (WHERE p.balance_cents >= -net)
            INTO num, num_rich FROM ledger_part p WHERE p.account_id = of_account;
            EXIT WHEN num_rich * 2 < num OR num = 0;
            SELECT p.balance_cents INTO kept FROM ledger_part p WHERE p.id = (
                SELECT rich.id FROM ledger_part rich
                WHERE rich.account_id = of_account AND rich.balance_cents >= -net
                ORDER BY hashint8(rich.number::bigint * 65537 + pg_backend_pid())
                LIMIT 1
            ) FOR UPDATE;
            IF kept >= -net THEN
                RETURN kept;
            END IF;
            RAISE EXCEPTION 'somebody was faster' USING ERRCODE = 'LG001';
        EXCEPTION WHEN SQLSTATE 'LG001' THEN NULL;
        END;
    END LOOP;
    SELECT sum(p.balance_cents) INTO kept FROM (
        SELECT balance_cents FROM ledger_part
        WHERE account_id = of_account ORDER BY id FOR UPDATE
    ) p;
    IF net <> 0 AND kept + net >= 0 THEN
        PERFORM ledger_lay_out(of_account, kept);
    END IF;
    RETURN kept;
END $$;
"""

LAY_OUT = """
CREATE FUNCTION ledger_lay_out(of_account bigint, total bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    num bigint;
BEGIN
    SELECT count(*) INTO num FROM ledger_part WHERE account_id = of_account;
    UPDATE ledger_part p
    SET balance_cents = floor(total::numeric / num)
        + CASE WHEN p.number < total - floor(total::numeric / num) * num
               THEN 1 ELSE 0 END
    WHERE p.account_id = of_account;
END $$;
REVOKE EXECUTE ON FUNCTION ledger_lay_out(bigint, bigint) FROM PUBLIC;
"""

# Called by the trigger alone, with the locks of `ledger_lock` in hand: one part that
# holds enough, or all of them when no single one does.
MOVE_PARTS = """
CREATE FUNCTION ledger_move_parts(of_account bigint, net bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    chosen bigint;
BEGIN
    SELECT p.id INTO chosen FROM ledger_part p
    WHERE p.account_id = of_account AND p.balance_cents >= -net
    ORDER BY hashint8(p.number::bigint * 65537 + pg_backend_pid())
    LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE ledger_part SET balance_cents = balance_cents + net WHERE id = chosen;
        RETURN;
    END IF;
    PERFORM ledger_lay_out(of_account, (
        SELECT sum(p.balance_cents)::bigint + net FROM (
            SELECT balance_cents FROM ledger_part
            WHERE account_id = of_account ORDER BY id FOR UPDATE
        ) p
    ));
END $$;
REVOKE EXECUTE ON FUNCTION ledger_move_parts(bigint, bigint) FROM PUBLIC;
"""

# In share as a posting: an account is never split or merged under somebody's locks.
LOCK = """
CREATE OR REPLACE FUNCTION ledger_lock(codes text[], cents bigint[])
RETURNS TABLE (locked_code text, net_cents bigint, kept_cents bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    one record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(20260102);
    FOR one IN
        SELECT a.id, a.code, sum(asked.cents)::bigint AS net
        FROM unnest(codes, cents) asked (code, cents)
        JOIN ledger_account a ON a.code = asked.code
        WHERE a.floored GROUP BY a.id ORDER BY a.id
    LOOP
        locked_code := one.code;
        net_cents := one.net;
        SELECT b.balance_cents INTO kept_cents FROM ledger_balance b
        WHERE b.account_id = one.id AND b.num_parts = 0 FOR UPDATE;
        IF NOT FOUND THEN
            kept_cents := ledger_lock_parts(one.id, one.net);
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
"""

UNSPLIT_LOCK = """
CREATE OR REPLACE FUNCTION ledger_lock(codes text[], cents bigint[])
RETURNS TABLE (locked_code text, net_cents bigint, kept_cents bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT a.id, a.code, sum(asked.cents)::bigint AS net
        FROM unnest(codes, cents) asked (code, cents)
        JOIN ledger_account a ON a.code = asked.code
        WHERE a.floored GROUP BY a.id ORDER BY a.id
    LOOP
        locked_code := one.code;
        net_cents := one.net;
        SELECT b.balance_cents INTO kept_cents FROM ledger_balance b
        WHERE b.account_id = one.id FOR UPDATE;
        RETURN NEXT;
    END LOOP;
END $$;
"""

APPLY_ENTRIES = """
CREATE OR REPLACE FUNCTION ledger_apply_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    num_floored bigint;
    num_moved bigint;
    split record;
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
    WHERE b.account_id = moved.account_id AND b.num_parts = 0;
    GET DIAGNOSTICS num_moved = ROW_COUNT;
    IF num_moved < num_floored THEN
        FOR split IN
            SELECT e.account_id, sum(e.amount_cents)::bigint AS net_cents
            FROM new_entries e JOIN ledger_balance b ON b.account_id = e.account_id
            WHERE b.num_parts > 0 GROUP BY e.account_id ORDER BY e.account_id
        LOOP
            PERFORM ledger_move_parts(split.account_id, split.net_cents);
            num_moved := num_moved + 1;
        END LOOP;
    END IF;
    IF num_moved <> num_floored THEN
        RAISE EXCEPTION 'a floored account has no balance row'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""

UNSPLIT_APPLY_ENTRIES = """
CREATE OR REPLACE FUNCTION ledger_apply_entries() RETURNS trigger
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
"""

# Alone among postings: those under way are waited for. Zero parts merge the account.
SPLIT = """
CREATE FUNCTION ledger_split(a_code text, num integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of_account bigint;
    total bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(20260102);
    SELECT b.account_id, b.balance_cents INTO of_account, total
    FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id
    WHERE a.code = a_code AND a.code NOT LIKE 'hold:%' FOR UPDATE OF b;
    IF of_account IS NULL OR num < 0 THEN
        RETURN NULL;
    END IF;
    total := total + coalesce(
        (SELECT sum(balance_cents) FROM ledger_part WHERE account_id = of_account), 0);
    DELETE FROM ledger_part WHERE account_id = of_account;
    INSERT INTO ledger_part (account_id, number, balance_cents)
    SELECT of_account, number, 0 FROM generate_series(0, num - 1) number;
    UPDATE ledger_balance SET num_parts = num,
        balance_cents = CASE WHEN num = 0 THEN total ELSE 0 END
    WHERE account_id = of_account;
    IF num > 0 THEN
        PERFORM ledger_lay_out(of_account, total);
    END IF;
    RETURN total;
END $$;
"""

# On the way back no account may stay split: its balance would be left in its parts.
MERGE_ALL = """
SELECT ledger_split(a.code, 0) FROM ledger_account a
JOIN ledger_balance b ON b.account_id = a.id WHERE b.num_parts > 0
"""


class Migration(migrations.Migration):

    dependencies = [("ledger", "0005_posting")]

    operations = [
        migrations.AddField(
            "balance",
            "num_parts",
            models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Part",
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
                ("number", models.PositiveSmallIntegerField()),
                ("balance_cents", models.BigIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="ledger.account",
                        db_index=False,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "part",
            models.UniqueConstraint(
                fields=("account", "number"), name="ledger_part_once"
            ),
        ),
        migrations.AddConstraint(
            "part",
            models.CheckConstraint(
                condition=models.Q(("balance_cents__gte", 0)),
                name="ledger_part_not_below_zero",
            ),
        ),
        migrations.RunSQL(
            LAY_OUT, "DROP FUNCTION ledger_lay_out(bigint, bigint)"
        ),
        migrations.RunSQL(
            LOCK_PARTS, "DROP FUNCTION ledger_lock_parts(bigint, bigint)"
        ),
        migrations.RunSQL(
            MOVE_PARTS, "DROP FUNCTION ledger_move_parts(bigint, bigint)"
        ),
        migrations.RunSQL(LOCK, UNSPLIT_LOCK),
        migrations.RunSQL(APPLY_ENTRIES, UNSPLIT_APPLY_ENTRIES),
        migrations.RunSQL(SPLIT, MERGE_ALL + ";DROP FUNCTION ledger_split"),
    ]
