"""A close and the changes of orders that it meets: waits, and never a deadlock."""

import threading

import pytest
from django.db import transaction

from hub.ledger import posting, statements
from orders.models import CycleClosing, Order
from orders.services import close_cycle
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.accounts import fund_lot
from pricing.models import SolidarityFund
from producers.models import Availability
from producers.services import stock
from tests.factories.week import NOW, make_stock, make_week, order
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


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


def test_a_close_waits_for_the_fund_before_it_gives_money_back_to_its_lots() -> None:
    """One order drew on a grant, the next on the general lot; both get less."""
    week = make_week()
    row = make_stock(week)
    grant = pricing_services.add_lot(
        fund=week.lot.fund, source="Fondation", on=NOW.date(), ends_on=NOW.date()
    )
    pricing_services.deposit(lot=grant, amount_cents=750, key="g", on=NOW.date())
    wants = {row.offer.public_id: 3}
    for key in ("first", "second"):
        order(week, wants, tier_code="solidaire", key=key)
    Availability.objects.filter(pk=row.pk).update(quantity=2, short_quantity=4)
    hub = week.hub.public_id
    general_account = fund_lot(hub=hub, lot=week.lot.public_id)
    grant_account = fund_lot(hub=hub, lot=grant.public_id)
    is_held = threading.Event()

    def buy() -> str:
        """Lock as an order does: the fund, then its lots in ascending id."""
        with transaction.atomic():
            SolidarityFund.objects.select_for_update().get(hub=week.hub)
            posting.lock_accounts([general_account])
            is_held.set()
            wait_until_somebody_waits()
            posting.lock_accounts([grant_account])
        return "bought"

    def close() -> str:
        assert is_held.wait(60)
        close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
        return "closed"

    answers = all_at_once([buy, close])

    assert answers == ["bought", "closed"]
    state = pricing_selectors.fund_state(fund=week.lot.fund, on=NOW.date())
    assert (state.free_cents, state.held_cents) == (10_250, 500)
    assert statements.balance_cents(grant_account.code) == 500
