"""The ledger's tables can be taken away and made again, guards and rights included."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connections

from hub.ledger.statements import balances
from tests.factories.ledger import FUND, give


@pytest.mark.django_db(transaction=True)
def test_the_ledger_migrates_back_and_forth():
    call_command("migrate", "ledger", "zero", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_tables WHERE tablename LIKE 'ledger%'),"
            " (SELECT count(*) FROM pg_proc WHERE proname LIKE 'ledger%')"
        )
        left = cursor.fetchone()

    call_command("migrate", "ledger", verbosity=0)

    give(FUND, 5)
    assert (left, balances("fund:")) == ((0, 0), {"fund:montreal": 5})
    with (
        connections["default"].cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        cursor.execute("UPDATE ledger_balance SET balance_cents = 6")
