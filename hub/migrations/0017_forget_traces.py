"""Traces of more than seven years ago may be taken away, and no other ones."""

from django.db import migrations

TABLES = ("hub_trace", "hub_tracereader")
KEPT = "interval '2557 days'"

# By hand nobody takes anything away, whatever its age.
REFUSE_BY_HAND = """
CREATE FUNCTION hub_refuse_by_hand() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('charroi.forgetting', true) = 'traces' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'rows of % are never taken away by hand', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""

# Row by row: what is young stays, whoever asks. The reader of a trace is as old as it.
KEEP_YOUNG = f"""
CREATE FUNCTION hub_keep_young_traces() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    written timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'hub_trace' THEN
        written := OLD.recorded_at;
    ELSE
        SELECT recorded_at INTO written FROM hub_trace WHERE id = OLD.trace_id;
    END IF;
    IF written IS NULL OR written > now() - {KEPT} THEN
        RAISE EXCEPTION 'rows of % are kept for seven years', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
"""

# The runtime role has no right to DELETE here: it may only ask for what is due.
FORGET = f"""
CREATE FUNCTION hub_forget_traces(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old bigint[];
BEGIN
    SELECT array_agg(id) INTO old FROM (
        SELECT id FROM hub_trace WHERE recorded_at <= now() - {KEPT}
        ORDER BY id LIMIT most
    ) AS due;
    PERFORM set_config('charroi.forgetting', 'traces', true);
    DELETE FROM hub_tracereader WHERE trace_id = ANY(old);
    DELETE FROM hub_trace WHERE id = ANY(old);
    PERFORM set_config('charroi.forgetting', '', true);
    RETURN coalesce(cardinality(old), 0);
END $$;
"""


def _refusing(table: str, verbs: str) -> str:
    return (
        f"CREATE TRIGGER hub_refuse_change BEFORE {verbs} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION hub_refuse_change()"
    )


def _dropping(table: str) -> str:
    return f"DROP TRIGGER hub_refuse_change ON {table}"


class Migration(migrations.Migration):

    dependencies = [
        ("hub", "0016_calendars"),
    ]

    operations = [
        migrations.RunSQL(
            REFUSE_BY_HAND, "DROP FUNCTION hub_refuse_by_hand() CASCADE"
        ),
        migrations.RunSQL(KEEP_YOUNG, "DROP FUNCTION hub_keep_young_traces() CASCADE"),
        *(
            migrations.RunSQL(
                [
                    _dropping(table),
                    _refusing(table, "UPDATE"),
                    f"CREATE TRIGGER hub_refuse_by_hand BEFORE DELETE ON {table}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION hub_refuse_by_hand()",
                    f"CREATE TRIGGER hub_keep_young_traces BEFORE DELETE ON {table}"
                    " FOR EACH ROW EXECUTE FUNCTION hub_keep_young_traces()",
                ],
                [_dropping(table), _refusing(table, "UPDATE OR DELETE")],
            )
            for table in TABLES
        ),
        migrations.RunSQL(FORGET, "DROP FUNCTION hub_forget_traces(integer)"),
    ]
