"""A close and the changes of orders that it meets: waits, and never a deadlock."""

import threading
import time

import pytest
from django.db import connection, transaction

from orders.models import CycleClosing, Order
from orders.services import close_cycle
from producers.services import stock
from tests.factories.week import NOW, make_stock, make_week, order
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def wait_until_somebody_waits() -> None:
    """Until a lock is waited for in this database, ten seconds at most."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            (num_waiting,) = cursor.fetchone()
        if num_waiting:
            return
        time.sleep(0.05)


def test_a_close_that_meets_a_change_waits_for_it_before_it_locks_goods() -> None:
    week = make_week()
    row = make_stock(week)
    placed = order(week, {row.offer.public_id: 3})
    is_held = threading.Event()

    def change() -> str:
        """Lock as a change does: the order, then its goods."""
        with transaction.atomic():
            Order.objects.select_for_update().get(pk=placed.pk)
            is_held.set()
            wait_until_somebody_waits()
            stock.lock_availabilities([row.pk])
        return "changed"

    def close() -> str:
        assert is_held.wait(60)
        close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
        return "closed"

    answers = all_at_once([change, close])

    assert answers == ["changed", "closed"]
    assert CycleClosing.objects.get().summary["units"] == 3
