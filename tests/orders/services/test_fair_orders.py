"""An order at the fair price draws nothing: it waits for no fund."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.week import make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("tier_code", "locks"), [("juste_prix", 0), ("solidaire", 1)])
def test_only_an_order_that_draws_locks_the_fund(tier_code: str, locks: int) -> None:
    week = make_week()
    item = make_stock(week).offer.public_id

    with CaptureQueriesContext(connection) as asked:
        order(week, {item: 2}, tier_code=tier_code)

    fund = [each["sql"] for each in asked if "pricing_solidarityfund" in each["sql"]]
    assert sum("FOR UPDATE" in sql for sql in fund) == locks
