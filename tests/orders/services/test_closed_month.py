"""A day billed after its month was closed: the paper, the books and the farm agree."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from hub.ledger.audit import audit
from hub.ledger.periods import close_period
from hub.ledger.proving import prove_day
from orders import selectors, services
from orders.models import Invoice
from tests.factories.day import NOW, deliver, make_day
from tests.factories.hub import make_producer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)


@pytest.fixture(params=["juste_prix", "solidaire"])
def day(request):
    """Delivered in June, its books closed at the end of June, billed in July."""
    day = make_day(wants={"a": (4, 0)}, tiers={"a": request.param})
    deliver(day, "a", units=3)
    close_period(ends_on=date(2026, 6, 30), today=LATER.date())
    return day


def bill(day):
    with time_machine.travel(LATER, tick=False):
        services.bill_day(
            hub=day.week.hub,
            service_on=day.week.cycle.service_on,
            by=day.coordinator,
            now=LATER,
        )
    return Invoice.objects.get()


def test_the_invoice_has_the_day_of_the_books(day):
    paper = bill(day)

    assert (paper.service_on, paper.effective_on) == (
        day.week.cycle.service_on,
        date(2026, 7, 1),
    )
    assert audit().is_clean


def test_the_farms_statements_add_up_in_both_months(day):
    paper = bill(day)
    farm = day.week.farm

    def sums(since, until):
        book = selectors.book_of(farm, since=since, until=until + timedelta(days=1))
        sales = selectors.farm_sales(farm, since=since, until=until)
        sold = sum(sale.farm_cents for sale in sales)
        return book.opening_cents, sold, book.closing_cents

    assert sums(date(2026, 6, 1), date(2026, 6, 30)) == (0, 0, 0)
    july = sums(date(2026, 7, 1), date(2026, 7, 31))
    assert july == (0, paper.farm_cents, paper.farm_cents)


def test_the_root_of_the_last_night_stands_on_the_statement(day):
    bill(day)
    proof, _report = prove_day(LATER.date() - timedelta(days=1))
    client = Client()
    client.force_login(make_producer(day.week.farm))

    with time_machine.travel(LATER, tick=False):
        page = client.get(reverse("orders:statement"))
        paper = client.get(reverse("orders:statement_pdf"))

    assert proof.sha256 in page.content.decode()
    assert paper.status_code == 200
