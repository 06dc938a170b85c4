"""A day's figures counted anew by two people at once miss no paper."""

import threading

import pytest
from django.db import transaction

from hub.indicators import totals_between
from orders import services
from orders.models import Invoice, Seller
from tests.factories.day import NOW, Day, deliver, make_day
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def day() -> Day:
    """Two orders of four and two cases at 12,50 $, settled."""
    day = make_day(wants={"a": (4, 0), "b": (2, 0)})
    for name in "ab":
        deliver(day, name)
    on = day.week.cycle.service_on
    services.bill_day(hub=day.hub, service_on=on, by=None, now=NOW)
    services.leave_figures(hub=day.hub, on=on, now=NOW)
    return day


def corrected_while_told(day: Day) -> int:
    """A group tells its households while another invoice of the day is corrected."""
    invoice = Invoice.objects.get(order=day.orders["a"])
    is_corrected = threading.Event()

    def correct() -> str:
        with transaction.atomic():
            services.correct_invoice(
                invoice=invoice,
                quantities={invoice.lines.get().order_line_id: 1},
                reason="comptage",
                by=None,
                now=NOW,
                key="once",
            )
            is_corrected.set()
            wait_until_somebody_waits()
        return "corrected"

    def tell() -> str:
        assert is_corrected.wait(60)
        services.tell_households(order=day.orders["b"], num_households=9, now=NOW)
        return "told"

    assert all_at_once([correct, tell]) == ["corrected", "told"]
    on = day.week.cycle.service_on
    totals = totals_between(day.hub, since=on, until=on)
    assert totals.value("households") == 9
    return totals.value("buyer_invoiced")


def test_who_counts_last_has_seen_every_paper(day) -> None:
    assert corrected_while_told(day) == 3 * 1_250


def test_without_the_seller_s_row_the_figures_are_those_of_before(
    day, monkeypatch
) -> None:
    """The control: the correction was not to be seen yet when the day was counted."""
    monkeypatch.setattr(Seller.objects, "select_for_update", Seller.objects.all)

    assert corrected_while_told(day) == 6 * 1_250
