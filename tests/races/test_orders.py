"""Many buyers at once, through HTTP: real server threads, real connections.

The server answers with a bounded number of threads, as in production; each client is
a browser of its own with its own sign-in, and all of them wait behind one barrier.
"""

import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

import orders.services
import producers.services
from hub.core.periods import monday_of
from hub.ledger import statements
from hub.models import Cycle, Job, Person
from hub.services import jobs
from orders.models import Basket, BasketLine, CycleClosing, Order, OrderLine, Shipment
from orders.services import close_cycle
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from producers.models import Availability, Offer
from producers.services import stock
from tests.factories import hub as ground
from tests.factories.week import Week, make_stock, make_week
from tests.races.bounded_server import BoundedServer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_BUYERS = 200
NUM_CRATES = 50
TOKEN = "r" * 32
"""What the browser got with its first page, in the cookie and in each form."""
PRICE_CENTS = 1_000
DRAW_CENTS = 250
"""12.50 at full price, a fifth of it paid by the fund."""
UNIT_CENTS = {"juste_prix": 1_250, "solidaire": 1_000}


@dataclass(frozen=True)
class Answer:
    """What one client got."""

    status: int
    location: str
    words: str


@dataclass(frozen=True)
class Press:
    """One press of a button: who, where, with which fields."""

    cookie: str
    path: str
    fields: dict[str, str]


@pytest.fixture
def server() -> Iterator[BoundedServer]:
    with BoundedServer(num_threads=8) as running:
        yield running


@pytest.fixture
def week() -> Week:
    """The usual week, moved to today: HTTP asks the real clock."""
    week = make_week(fund_cents=0)
    now = timezone.now()
    week.cycle.opens_at = now - timedelta(days=1)
    week.cycle.closes_at = now + timedelta(days=1)
    week.cycle.service_on = timezone.localdate(now) + timedelta(days=2)
    week.cycle.save()
    return week


def crates(week: Week, quantity: int) -> Availability:
    row = make_stock(week, quantity=quantity, price_cents=PRICE_CENTS)
    row.week_on = monday_of(week.cycle.service_on)
    row.save()
    return row


def sign_in(person: Person) -> str:
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    return f"sessionid={session}; csrftoken={TOKEN}"


def ready_to_confirm(
    week: Week, item: str, *, tier_code: str = "juste_prix", quantity: int = 1
) -> Press:
    """A new buyer of the hub whose basket stands on the confirmation page."""
    buyer = ground.make_buyer(hub=week.hub)
    person = ground.make_group_buyer(buyer)
    door = ground.make_place(buyer)
    basket = Basket.objects.create(
        cycle=week.cycle,
        buyer=buyer,
        drop_point=door,
        tier_code=tier_code,
        changed_by=person,
    )
    offer = Offer.objects.get(public_id=item)
    BasketLine.objects.create(basket=basket, offer_id=offer.pk, quantity=quantity)
    return Press(
        cookie=sign_in(person),
        path=f"/orders/basket/{basket.public_id}/confirm/",
        fields={
            "seen": basket.changed_at.isoformat(),
            "total": str(UNIT_CENTS[tier_code] * quantity),
        },
    )


def all_at_once(server: BoundedServer, presses: list[Press]) -> list[Answer]:
    barrier = threading.Barrier(len(presses))

    def press_it(press: Press) -> Answer:
        barrier.wait(timeout=60)
        return send(server, press)

    with ThreadPoolExecutor(max_workers=len(presses)) as pool:
        return list(pool.map(press_it, presses))


def send(server: BoundedServer, press: Press) -> Answer:
    fields = press.fields | {"csrfmiddlewaretoken": TOKEN}
    connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
    try:
        connection.request(
            "POST",
            press.path,
            body=urlencode(fields),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": press.cookie,
            },
        )
        answer = connection.getresponse()
        words = answer.read().decode()
        return Answer(answer.status, answer.headers.get("Location", ""), words)
    finally:
        connection.close()


def ordered_units() -> int:
    lines = OrderLine.objects.filter(order__status=Order.Status.PLACED)
    return sum(lines.values_list("ordered", flat=True))


@pytest.mark.parametrize("attempt", [1, 2])
def test_two_hundred_buyers_on_fifty_crates_get_exactly_fifty(
    server: BoundedServer, week: Week, attempt: int
) -> None:
    row = crates(week, NUM_CRATES)
    presses = [ready_to_confirm(week, row.offer.public_id) for _ in range(NUM_BUYERS)]

    answers = all_at_once(server, presses)

    row.refresh_from_db()
    refused = [answer.words for answer in answers if answer.status == 409]
    assert Counter(a.status for a in answers) == {302: NUM_CRATES, 409: 150}
    assert (row.reserved, ordered_units()) == (NUM_CRATES, NUM_CRATES)
    assert all("il en reste 0, vous en demandez 1" in words for words in refused)


def read_without_lock(ids: Collection[int]) -> list[Availability]:
    """The same read as `lock_availabilities`, without its lock and with a pause."""
    rows = list(
        Availability.objects.select_related("offer__variant__product__producer")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    time.sleep(0.05)
    return rows


def test_without_the_lock_more_orders_are_confirmed_than_crates_are_counted(
    server: BoundedServer, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = crates(week, 6)
    presses = [ready_to_confirm(week, row.offer.public_id) for _ in range(24)]
    for module in (stock, producers.services):
        monkeypatch.setattr(module, "lock_availabilities", read_without_lock)

    all_at_once(server, presses)

    # reservations overwrite each other: the shelf counts fewer than were sold
    row.refresh_from_db()
    assert ordered_units() > row.reserved


def test_the_fund_s_last_dollars_are_promised_once(
    server: BoundedServer, week: Week
) -> None:
    fund_cents = 5 * DRAW_CENTS + 100
    deposit(week, fund_cents)
    row = crates(week, 100)
    presses = [
        ready_to_confirm(week, row.offer.public_id, tier_code="solidaire")
        for _ in range(16)
    ]

    answers = all_at_once(server, presses)

    free = statements.balance_cents(pricing_selectors.account_code(week.lot))
    refused = [answer.words for answer in answers if answer.status == 409]
    assert Counter(a.status for a in answers) == {302: 5, 409: 11}
    assert (free, ordered_units()) == (100, 5)
    assert all("ne peut couvrir ce rabais" in words for words in refused)


def deposit(week: Week, amount_cents: int) -> None:
    pricing_services.deposit(
        lot=week.lot,
        amount_cents=amount_cents,
        key=week.lot.public_id,
        on=timezone.localdate(),
    )


def press_close(week: Week) -> Press:
    """A coordinator's press of the one button that closes a cycle."""
    cookie = sign_in(ground.make_coordinator(week.hub))
    return Press(cookie, f"/routing/closing/{week.cycle.public_id}/close", {})


def closes_begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fills with the cycle of each close that passes the door of its job."""
    begun: list[int] = []

    def counted(**asked: Any) -> CycleClosing:
        begun.append(asked["cycle_id"])
        return close_cycle(**asked)

    monkeypatch.setattr(orders.services, "close_cycle", counted)
    return begun


def test_twenty_presses_close_a_cycle_once(
    server: BoundedServer,
    week: Week,
    worker_at_once: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = crates(week, 30)
    placed = [ready_to_confirm(week, row.offer.public_id) for _ in range(10)]
    for press in placed:
        send(server, press)
    begun = closes_begun(monkeypatch)

    answers = all_at_once(server, [press_close(week)] * 20)

    assert {(a.status, a.location) for a in answers} == {
        (302, f"/routing/closing/{week.cycle.public_id}/")
    }
    assert (Job.objects.count(), begun) == (1, [week.cycle.pk])
    assert (CycleClosing.objects.count(), Shipment.objects.count()) == (1, 10)
    assert Cycle.objects.get(pk=week.cycle.pk).status == Cycle.Status.CLOSED


def take_without_asking(*, job_id: int, claim: str, **_asked: Any) -> Job:
    """A claim that looks neither at the state of the job nor at who holds it."""
    Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING, claim=claim)
    return Job.objects.get(pk=job_id)


def test_without_its_claim_a_close_begins_many_times_and_still_allocates_once(
    server: BoundedServer,
    week: Week,
    worker_at_once: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = crates(week, 30)
    send(server, ready_to_confirm(week, row.offer.public_id))
    begun = closes_begun(monkeypatch)
    monkeypatch.setattr(jobs, "claim_job", take_without_asking)

    all_at_once(server, [press_close(week)] * 8)

    assert len(begun) > 1
    assert (CycleClosing.objects.count(), Shipment.objects.count()) == (1, 1)


def test_one_confirmation_sent_fifty_times_is_one_order(
    server: BoundedServer, week: Week
) -> None:
    row = crates(week, 100)
    press = ready_to_confirm(week, row.offer.public_id, quantity=3)

    answers = all_at_once(server, [press] * 50)

    placed = Order.objects.get()
    row.refresh_from_db()
    assert {(a.status, a.location) for a in answers} == {
        (302, f"/orders/order/{placed.public_id}/")
    }
    assert row.reserved == 3


def test_nothing_is_ordered_while_the_cycle_closes(
    server: BoundedServer, week: Week, worker_at_once: None
) -> None:
    row = crates(week, 100)
    presses = [ready_to_confirm(week, row.offer.public_id) for _ in range(20)]

    answers = all_at_once(server, [*presses, press_close(week)])

    row.refresh_from_db()
    allocated = OrderLine.objects.filter(order__status=Order.Status.ALLOCATED)
    units = sum(line.allocated or 0 for line in allocated)
    confirmed = sum(answer.status == 302 for answer in answers[:-1])
    assert {answer.status for answer in answers} <= {302, 409}
    assert (row.reserved, units, ordered_units()) == (confirmed, confirmed, 0)
