"""A day settled by several people at once; numbers taken by twenty at once."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Max

from hub.ledger import statements
from hub.ledger.audit import audit
from hub.models import Organization
from orders import services
from orders.models import Invoice, Seller, Shipment
from pricing.models import FundLot, SolidarityFund
from tests.factories.day import NOW, Day, deliver, make_day
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_AT_ONCE = 20


def bill(day: Day, service_on: date) -> list[int]:
    found = services.bill_day(
        hub=day.hub, service_on=service_on, by=day.coordinator, now=NOW
    )
    return [invoice.number for invoice in found]


def test_a_day_settled_by_ten_people_at_once_is_settled_once() -> None:
    day = make_day(wants={"a": (4, 0), "b": (2, 0)}, tiers={"a": "solidaire"})
    for name in "ab":
        deliver(day, name)

    answers = all_at_once([lambda: bill(day, day.week.cycle.service_on)] * 10)

    assert answers == [[1, 2]] * 10
    assert Invoice.objects.count() == 2
    owed = -sum(statements.balances("buyer:").values())
    assert (owed, audit().is_clean) == (4_000 + 2_500, True)


def many_days() -> tuple[Day, list[date]]:
    """Twenty orders without a fund to wait for, each delivered on a day of its own."""
    names = {f"b{number}": (1, 0) for number in range(NUM_AT_ONCE)}
    day = make_day(wants=names, fund_cents=0)
    FundLot.objects.all().delete()
    SolidarityFund.objects.all().delete()
    first_on = day.week.cycle.service_on
    for number, name in enumerate(names):
        shipment = deliver(day, name)
        Shipment.objects.filter(pk=shipment.pk).update(
            service_on=first_on + timedelta(days=number)
        )
    return day, [first_on + timedelta(days=number) for number in range(NUM_AT_ONCE)]


def numbers() -> list[int]:
    return sorted(Invoice.objects.values_list("number", flat=True))


def test_twenty_invoices_at_once_are_numbered_without_gap_or_twin() -> None:
    day, days = many_days()

    answers = all_at_once([partial(bill, day, on) for on in days])

    each = [[number] for number in range(1, NUM_AT_ONCE + 1)]
    assert sorted(map(str, answers)) == sorted(map(str, each))
    assert numbers() == list(range(1, NUM_AT_ONCE + 1))


def test_numbers_read_without_the_lock_collide(monkeypatch) -> None:
    """The control: all but the first, when nobody waits for the seller's row."""
    day, days = many_days()
    bill(day, days.pop(0))  # opens the accounts, for whose rows all would wait
    have_read = threading.Barrier(len(days))

    def unlocked(*args, **kwargs):
        highest = Invoice.objects.aggregate(last=Max("number"))["last"] or 0
        have_read.wait(60)
        seller = Seller.objects.get(hub=day.hub)
        seller.last_number = highest
        return _Rows(seller)

    monkeypatch.setattr(Seller.objects, "select_for_update", unlocked)

    answers = all_at_once([partial(bill, day, on) for on in days])

    assert answers.count("stopped by the table") == len(days) - 1
    assert numbers() == [1, 2]


class _Rows:
    """What a query without its lock would have answered."""

    def __init__(self, seller: Seller) -> None:
        self.seller = seller

    def select_related(self, _name: str) -> "_Rows":
        return self

    def get(self, hub: Organization) -> Seller:
        assert hub == self.seller.hub
        return self.seller


def test_a_billing_that_is_undone_gives_its_number_back() -> None:
    day = make_day(wants={"a": (1, 0), "b": (1, 0)}, fund_cents=0)
    deliver(day, "a")
    on = day.week.cycle.service_on
    with transaction.atomic():
        assert bill(day, on) == [1]
        transaction.set_rollback(True)
    assert numbers() == []
    deliver(day, "b")

    assert bill(day, on) == [1, 2]
