"""Files of a day that was closed, driven and settled: each is whole as its page."""

from datetime import timedelta

import time_machine
from django.test import Client
from django.urls import reverse

from hub.models import Person
from orders.models import Invoice
from tests.access.exports import files_of
from tests.factories import hub as ground
from tests.factories.settled import NOW, DrivenDay, bring_all, make_driven_day, settle


def signed_in(person: Person) -> Client:
    client = Client(headers={"accept-language": "fr-CA"})
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def pages_of_the_hub(driven: DrivenDay) -> list[str]:
    cycle = [driven.day.week.cycle.public_id]
    day = [f"{driven.service_on:%Y-%m-%d}"]
    buyer = Invoice.objects.earliest("pk").buyer.public_id
    pool = [driven.pool.public_id, driven.service_on]
    return [
        reverse("orders:shares", args=cycle),
        reverse("orders:packing_lists", args=cycle),
        reverse("orders:settle_day", args=day),
        reverse("orders:accounts"),
        reverse("orders:account", args=[buyer]),
        f"{reverse('hub:impact')}?since={day[0]}&until={day[0]}",
        reverse("routing:settlement", args=pool),
    ]


def pages_of_the_farm(driven: DrivenDay) -> list[str]:
    cycle = [driven.day.week.cycle.public_id]
    day = f"{driven.service_on:%Y-%m-%d}"
    return [
        reverse("orders:sold_in", args=cycle),
        reverse("orders:lot_labels", args=cycle),
        reverse("orders:statements"),
        f"{reverse('orders:statement')}?since={day}&until={day}",
    ]


def test_files_of_a_settled_day_hold_the_rows_of_their_pages(db):
    driven = make_driven_day()
    hub = signed_in(driven.day.coordinator)
    farm = signed_in(ground.make_producer(driven.day.week.farm))
    with time_machine.travel(NOW, tick=False):
        day = reverse("routing:day", args=[driven.pool.public_id, driven.service_on])
        found = files_of(hub, day)
    bring_all(driven, short={0: 1})
    settle(driven)

    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        for page in pages_of_the_hub(driven):
            found |= files_of(hub, page)
        for page in pages_of_the_farm(driven):
            found |= files_of(farm, page)

    assert {name: len(rows) for name, rows in found.items()} == {
        "shipments": 3,
        "plans": 1,
        "allocation": 3,
        "farm_allocation": 2,
        "packing_lists": 3,
        "day_orders": 2,
        "buyers_owe": 2,
        "farms_owed": 2,
        "movements": 1,
        "results": 17,
        "routes_paid": 1,
        "hub_parts": 1,
        "shares": 3,
        "sold_in": 1,
        "lot_labels": 2,
        "statements": 1,
        "statement": 2,
    }
    # One case of the first farm came for "a" and two for "b", at 10,00 $ each.
    assert [row[-2:] for row in found["statement"]] == [["1", "10,00"], ["2", "20,00"]]
