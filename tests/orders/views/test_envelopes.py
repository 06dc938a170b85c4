"""The group chooses its envelope in the basket; the coordination sees who pays."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orders.models import Order
from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope
from tests.factories.week import Week, make_stock
from tests.orders.views.test_basket import begin, hidden
from vouchers import selectors, services


def fill(buyer: Client, week: Week, quantity: int):
    item = make_stock(week).offer.public_id
    basket = begin(buyer, week)
    address = f"/orders/basket/{basket.public_id}/"
    buyer.post(f"{address}list/", {f"q-{item}": str(quantity)})
    return basket, address


def choose(buyer: Client, week: Week, address: str, envelope: str, part: str = ""):
    return buyer.post(
        address,
        {
            "tier_code": "juste_prix",
            "drop_point": week.drop_point.public_id,
            "envelope": envelope,
            "envelope_cents": part,
        },
    )


def confirm(buyer: Client, address: str):
    fields = hidden(buyer.get(f"{address}confirm/").content.decode())
    return buyer.post(f"{address}confirm/", fields)


def test_the_envelope_that_ends_first_is_proposed(buyer: Client, week: Week) -> None:
    soon = timezone.localdate() + timedelta(days=9)
    make_envelope(week.buyer)
    first = make_envelope(week.buyer, ends_on=soon)

    basket, _address = fill(buyer, week, 2)

    assert basket.envelope == first


def test_the_part_wanted_is_held_at_confirmation(buyer: Client, week: Week) -> None:
    envelope = make_envelope(week.buyer)
    _basket, address = fill(buyer, week, 4)
    choose(buyer, week, address, envelope.public_id, "12,50")

    confirm(buyer, address)

    placed = Order.objects.get()
    assert (placed.envelope, placed.envelope_cents) == (envelope, 1_250)
    assert selectors.left_cents(envelope) == 10_000 - 1_250


def test_without_envelope_the_buyer_pays_all(buyer: Client, week: Week) -> None:
    envelope = make_envelope(week.buyer)
    _basket, address = fill(buyer, week, 4)
    choose(buyer, week, address, "")

    confirm(buyer, address)

    assert Order.objects.get().envelope is None
    assert selectors.left_cents(envelope) == 10_000


@pytest.mark.parametrize("part", ["0", "-1", "tout"])
def test_a_part_that_is_no_amount_is_refused_in_words(
    buyer: Client, week: Week, part: str
) -> None:
    envelope = make_envelope(week.buyer)
    _basket, address = fill(buyer, week, 4)

    answer = choose(buyer, week, address, envelope.public_id, part)

    assert answer.status_code == 422


def test_an_envelope_emptied_meanwhile_is_said_before_anything_is_ordered(
    buyer: Client, week: Week
) -> None:
    envelope = make_envelope(week.buyer)
    _basket, address = fill(buyer, week, 4)
    choose(buyer, week, address, envelope.public_id)
    fields = hidden(buyer.get(f"{address}confirm/").content.decode())
    services.withdraw(
        envelope=envelope, amount_cents=9_900, key="k", on=timezone.localdate()
    )

    answer = buyer.post(f"{address}confirm/", fields)

    assert answer.status_code == 409
    assert "a changé pendant votre lecture" in answer.content.decode()
    assert (Order.objects.count(), selectors.left_cents(envelope)) == (0, 100)


def test_order_and_cycle_say_who_pays_what(buyer: Client, week: Week) -> None:
    envelope = make_envelope(week.buyer)
    _basket, address = fill(buyer, week, 4)
    choose(buyer, week, address, envelope.public_id, "12,50")
    confirm(buyer, address)
    coordination = Client(headers={"accept-language": "fr-CA"})
    coordination.force_login(ground.make_coordinator(week.hub))

    order_page = buyer.get(f"/orders/order/{Order.objects.get().public_id}/")
    cycle_page = coordination.get(f"/orders/cycle/{week.cycle.public_id}/")

    for page in (order_page.content.decode(), cycle_page.content.decode()):
        assert envelope.programme.name in page
        assert "12,50" in page
