"""What the runtime role may do with the tables of the ledger."""

APPEND_ONLY_TABLES = (
    "ledger_account",
    "ledger_posting",
    "ledger_entry",
    "ledger_reversal",
    "ledger_refusal",
    "ledger_seal",
    "ledger_periodend",
    "ledger_dayproof",
    "ledger_rollup",
)
BALANCE_TABLE = "ledger_balance"
PART_TABLE = "ledger_part"


def runtime_rights_sql(role: str) -> list[str]:
    """The statements that leave `role` no way to change what was posted.

    PostgreSQL asks for the right to update one column before it locks a row; the
    balance table gives it on its primary key, which a trigger keeps as it is. The
    balance itself is changed by the database alone, with each entry, and so are the
    parts of a split one.
    """
    name = '"' + role.replace('"', '""') + '"'
    statements = []
    for table in (*APPEND_ONLY_TABLES, BALANCE_TABLE):
        statements.append(f"REVOKE ALL ON TABLE {table} FROM {name}")
        statements.append(f"GRANT SELECT, INSERT ON TABLE {table} TO {name}")
    statements.append(f"GRANT UPDATE (account_id) ON TABLE {BALANCE_TABLE} TO {name}")
    return statements


def part_rights_sql(role: str) -> list[str]:
    """The statements that leave `role` nothing but a look at the parts of a balance."""
    name = '"' + role.replace('"', '""') + '"'
    return [
        f"REVOKE ALL ON TABLE {PART_TABLE} FROM {name}",
        f"GRANT SELECT ON TABLE {PART_TABLE} TO {name}",
    ]
