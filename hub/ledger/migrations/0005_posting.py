"""Posting as functions of the database: one way there and back for a whole posting.

A claim, the refusals kept, the accounts, their locks and the entries were five ways
there and back. The functions run with the rights of who calls them: triggers, CHECKs
and rights stand around them as they did around single statements.
"""

from django.db import migrations

# Which account row stands for each code, those that do not exist yet added. New codes
# are inserted in alphabetical order, before any balance is locked: two postings that
# open the same accounts wait for each other in one direction only. Answers with a code
# that was opened otherwise, if there is one.
#
# Here and below, no scan of a whole table: a plan that is kept while a table is small
# would read all of it when it has grown.
OPEN = """
CREATE FUNCTION ledger_open(codes text[], floors boolean[]) RETURNS text
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    missing text[];
    opened_otherwise text;
BEGIN
    SELECT array_agg(DISTINCT asked.code) INTO missing FROM unnest(codes) asked (code)
    WHERE NOT EXISTS (SELECT FROM ledger_account a WHERE a.code = asked.code);
    IF missing IS NOT NULL THEN
        INSERT INTO ledger_account (code, floored)
        SELECT DISTINCT ON (asked.code COLLATE "C") asked.code, asked.floored
        FROM unnest(codes, floors) asked (code, floored)
        WHERE asked.code = ANY (missing)
        ORDER BY asked.code COLLATE "C"
        ON CONFLICT DO NOTHING;
        INSERT INTO ledger_balance (account_id, balance_cents)
        SELECT a.id, 0 FROM ledger_account a
        WHERE a.code = ANY (missing) AND a.floored
        ORDER BY a.code COLLATE "C"
        ON CONFLICT DO NOTHING;
    END IF;
    SELECT min(a.code COLLATE "C") INTO opened_otherwise
    FROM unnest(codes, floors) asked (code, floored)
    JOIN ledger_account a ON a.code = asked.code
    WHERE a.floored <> asked.floored;
    RETURN opened_otherwise;
END $$;
"""

# The balances of floored accounts, locked in ascending id until the transaction ends.
# `cents` says what is to happen to each account.
LOCK = """
CREATE FUNCTION ledger_lock(codes text[], cents bigint[])
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

# Each later statement takes its snapshot after the wait for the claim, so it sees what
# whoever had the key before has left: a posting, a refusal, or nothing.
CLAIM = """
CREATE FUNCTION ledger_claim(
    a_key text, a_verb text, a_kind text, a_hold_id bigint, an_amount bigint,
    a_day date, may_fall_later boolean, an_expiry timestamptz, a_memo text,
    a_sha256 text, OUT outcome text, OUT told jsonb, OUT new_id bigint,
    OUT stamped_at timestamptz, OUT falls_on date, OUT was_meant_on date
) LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO ledger_posting (key, verb, kind, hold_id, amount_cents, effective_on,
                                meant_on, expires_at, memo, content_sha256)
    VALUES (a_key, a_verb, a_kind, a_hold_id, an_amount, a_day,
            CASE WHEN may_fall_later THEN a_day END, an_expiry, a_memo, a_sha256)
    ON CONFLICT (key) DO NOTHING
    RETURNING id, recorded_at, effective_on, meant_on
    INTO new_id, stamped_at, falls_on, was_meant_on;
    IF new_id IS NULL THEN
        outcome := 'known';
        RETURN;
    END IF;
    SELECT jsonb_build_object('sha256', r.content_sha256, 'code', r.code,
                              'data', r.data)
    INTO told FROM ledger_refusal r WHERE r.key = a_key;
    outcome := CASE WHEN told IS NULL THEN 'claimed' ELSE 'refused' END;
END $$;
"""

# What is short is told and not raised: the claim must stand while the refusal is kept.
WRITE = """
CREATE FUNCTION ledger_write(
    a_posting_id bigint, codes text[], floors boolean[], cents bigint[],
    OUT outcome text, OUT told jsonb
) LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    opened_otherwise text := ledger_open(codes, floors);
BEGIN
    IF opened_otherwise IS NOT NULL THEN
        outcome := 'opened otherwise';
        told := jsonb_build_object('account', opened_otherwise);
        RETURN;
    END IF;
    SELECT 'short', jsonb_build_object(
        'account', l.locked_code, 'balance_cents', l.kept_cents,
        'missing_cents', -l.net_cents - l.kept_cents)
    INTO outcome, told FROM ledger_lock(codes, cents) l
    WHERE l.net_cents < 0 AND l.kept_cents + l.net_cents < 0
    ORDER BY l.locked_code COLLATE "C" LIMIT 1;
    IF outcome IS NOT NULL THEN
        RETURN;
    END IF;
    INSERT INTO ledger_entry (posting_id, position, account_id, amount_cents)
    SELECT a_posting_id, move.place - 1, a.id, move.cents
    FROM unnest(codes, cents) WITH ORDINALITY move (code, cents, place)
    JOIN ledger_account a ON a.code = move.code
    ORDER BY move.place;
    outcome := 'written';
END $$;
"""

POST = """
CREATE FUNCTION ledger_post(
    a_key text, a_verb text, a_kind text, a_hold_id bigint, an_amount bigint,
    a_day date, may_fall_later boolean, an_expiry timestamptz, a_memo text,
    a_sha256 text, codes text[], floors boolean[], cents bigint[],
    OUT outcome text, OUT told jsonb, OUT new_id bigint,
    OUT stamped_at timestamptz, OUT falls_on date, OUT was_meant_on date
) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    SELECT * INTO outcome, told, new_id, stamped_at, falls_on, was_meant_on
    FROM ledger_claim(a_key, a_verb, a_kind, a_hold_id, an_amount, a_day,
                      may_fall_later, an_expiry, a_memo, a_sha256);
    IF outcome = 'claimed' THEN
        SELECT * INTO outcome, told FROM ledger_write(new_id, codes, floors, cents);
    END IF;
END $$;
"""

_CLAIMED = "text, text, text, bigint, bigint, date, boolean, timestamptz, text, text"
_MOVES = "text[], boolean[], bigint[]"


class Migration(migrations.Migration):

    dependencies = [("ledger", "0004_proofs")]

    operations = [
        migrations.RunSQL(OPEN, "DROP FUNCTION ledger_open(text[], boolean[])"),
        migrations.RunSQL(LOCK, "DROP FUNCTION ledger_lock(text[], bigint[])"),
        migrations.RunSQL(CLAIM, f"DROP FUNCTION ledger_claim({_CLAIMED})"),
        migrations.RunSQL(WRITE, f"DROP FUNCTION ledger_write(bigint, {_MOVES})"),
        migrations.RunSQL(POST, f"DROP FUNCTION ledger_post({_CLAIMED}, {_MOVES})"),
    ]
