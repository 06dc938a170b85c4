"""The page of payment terms: read, agreed, refused with nothing written."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orders.models import PaymentTerms
from tests.factories.day import NOW, Day, deliver, make_day
from tests.orders.views.conftest import signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


@pytest.fixture
def day() -> Day:
    day = make_day(wants={"a": (4, 0)}, fund_cents=0)
    deliver(day, "a")
    return day


@pytest.fixture
def hub(day: Day) -> Client:
    return signed_in(day.coordinator)


def asked(day: Day, **changed: str) -> dict[str, str]:
    whom = day.orders["a"].buyer.public_id
    usual = {"whom": whom, "rule": "net", "days": "45", "starts_on": TODAY.isoformat()}
    return usual | changed


def test_terms_are_agreed_and_printed_on_the_next_invoice(day, hub):
    hub.post(reverse("orders:terms"), asked(day))
    hub.post(reverse("orders:settle_day", args=[day.week.cycle.service_on]))

    row = PaymentTerms.objects.get()
    invoice = day.orders["a"].invoices.get()
    page = hub.get(reverse("orders:invoice", args=[invoice.public_id]))
    assert (row.side, row.rule, row.days) == ("buyer", "net", 45)
    assert invoice.due_on == TODAY + timedelta(days=45)
    assert "À payer au plus tard le" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"days": "181"}, 422),
        ({"days": "-1"}, 422),
        ({"days": "1,5"}, 422),
        ({"rule": "tomorrow"}, 422),
        ({"whom": "nobody"}, 422),
        ({"starts_on": ""}, 422),
        ({"rule": "on_delivery", "days": "3"}, 409),
        ({"rule": "when_paid", "days": "0"}, 409),
    ],
)
def test_terms_that_cannot_be_are_refused(day, hub, changed, status):
    answer = hub.post(reverse("orders:terms"), asked(day, **changed))

    assert (answer.status_code, PaymentTerms.objects.count()) == (status, 0)


def test_terms_before_what_was_billed_are_refused_in_words(day, hub):
    hub.post(reverse("orders:settle_day", args=[day.week.cycle.service_on]))

    answer = hub.post(reverse("orders:terms"), asked(day))

    first_on = (TODAY + timedelta(days=1)).isoformat()
    assert (answer.status_code, PaymentTerms.objects.count()) == (409, 0)
    assert f"au plus tôt le {first_on}" in answer.content.decode()
