"""What the database itself refuses about invoices, whoever asks.

Rights (the command `migrate`) keep the runtime role from UPDATE, DELETE and TRUNCATE;
the triggers here say the same to everyone else. TRUNCATE stays possible for the owner
of the tables, who empties test databases with it.
"""

from django.db import migrations

TABLES = ("orders_invoice", "orders_invoiceline", "orders_farmsale")

REFUSE_CHANGE = """
CREATE FUNCTION orders_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: write a credit note', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""

# The counter of the seller is locked by who numbers; these rules stand behind it.
GUARD_INVOICE = """
CREATE FUNCTION orders_guard_invoice() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    next_number integer;
    original orders_invoice%ROWTYPE;
BEGIN
    SELECT coalesce(max(number), 0) + 1 INTO next_number
    FROM orders_invoice WHERE hub_id = NEW.hub_id;
    IF NEW.number <> next_number THEN
        RAISE EXCEPTION 'invoice % would leave a gap: % comes next',
            NEW.number, next_number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'credit_note' THEN
        SELECT * INTO original FROM orders_invoice WHERE id = NEW.corrects_id;
        IF original.kind <> 'invoice' OR original.hub_id <> NEW.hub_id
            OR original.buyer_id <> NEW.buyer_id
            OR NEW.buyer_cents <> -original.buyer_cents
            OR NEW.farm_cents <> -original.farm_cents
            OR NEW.draw_cents <> -original.draw_cents
        THEN
            RAISE EXCEPTION 'a credit note takes back the whole of its invoice'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER orders_guard_invoice BEFORE INSERT ON orders_invoice
    FOR EACH ROW EXECUTE FUNCTION orders_guard_invoice();
"""


def drop(function: str) -> str:
    """The way back: the function goes, and its triggers with it."""
    return f"DROP FUNCTION {function}() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_invoices")]

    operations = [
        migrations.RunSQL(REFUSE_CHANGE, drop("orders_refuse_change")),
        *(
            migrations.RunSQL(
                "CREATE TRIGGER orders_refuse_change"
                f" BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION orders_refuse_change()",
                f"DROP TRIGGER orders_refuse_change ON {table}",
            )
            for table in TABLES
        ),
        migrations.RunSQL(GUARD_INVOICE, drop("orders_guard_invoice")),
    ]
