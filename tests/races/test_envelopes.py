"""The last dollars of an envelope asked by sixteen orders at once, over HTTP."""

from collections import Counter

import pytest
from django.utils import timezone

from orders.models import Basket, BasketLine
from tests.factories import hub as ground
from tests.factories.vouchers import make_envelope
from tests.factories.week import Week
from tests.races.bounded_server import BoundedServer
from tests.races.crowd import NO_LEDGER_LOCK, rewritten, without_constraint
from tests.races.test_orders import (
    Press,
    all_at_once,
    crates,
    ordered_units,
    server,
    sign_in,
    week,
)
from vouchers import indicators
from vouchers.models import Envelope
from vouchers.services import holds

__all__ = ["server", "week"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NUM_ORDERS = 16
CRATE = 1_250


def presses_on(week: Week, envelope: Envelope) -> list[Press]:
    """Sixteen orders of one group, about to be confirmed.

    Each is of goods and of a cycle of its own, so that they share the envelope alone.
    """
    cookie = sign_in(ground.make_group_buyer(week.buyer))
    found = []
    for _ in range(NUM_ORDERS):
        cycle = ground.make_cycle(
            week.hub,
            service_on=week.cycle.service_on,
            opens_at=week.cycle.opens_at,
            closes_at=week.cycle.closes_at,
        )
        basket = Basket.objects.create(
            cycle=cycle,
            buyer=week.buyer,
            drop_point=week.drop_point,
            tier_code="juste_prix",
            envelope=envelope,
        )
        offer = crates(week, 5).offer
        BasketLine.objects.create(basket=basket, offer=offer, quantity=1)
        found.append(
            Press(
                cookie=cookie,
                path=f"/orders/basket/{basket.public_id}/confirm/",
                fields={
                    "seen": basket.changed_at.isoformat(),
                    "total": str(CRATE),
                    "envelope": str(CRATE),
                },
            )
        )
    return found


def money(envelope: Envelope) -> tuple[int, int]:
    """Left and held."""
    seen = indicators.envelope_seen(envelope, on=timezone.localdate())
    return seen.left_cents, seen.held_cents


def test_the_last_dollars_of_an_envelope_are_promised_once(
    server: BoundedServer, week: Week
) -> None:
    envelope = make_envelope(week.buyer, amount_cents=5 * CRATE + 100)

    answers = all_at_once(server, presses_on(week, envelope))

    refused = [answer.words for answer in answers if answer.status == 409]
    assert Counter(answer.status for answer in answers) == {302: 5, 409: 11}
    assert (money(envelope), ordered_units()) == ((100, 5 * CRATE), 5)
    assert all("a changé pendant votre lecture" in words for words in refused)


def test_without_locks_and_floor_the_envelope_is_overdrawn(
    server: BoundedServer, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "_lock_by_public_id", lambda _public_ids: None)
    monkeypatch.setattr("vouchers.services.lock_envelopes", lambda _pks: [])
    for fund in ("pricing.services", "pricing.services.fund"):
        monkeypatch.setattr(f"{fund}.lock_fund", lambda _hub_id: None)

    with without_constraint("ledger_balance", "ledger_balance_not_below_zero"):
        envelope = make_envelope(week.buyer, amount_cents=5 * CRATE + 100)
        with rewritten(*NO_LEDGER_LOCK):
            all_at_once(server, presses_on(week, envelope))
        left_cents, _held_cents = money(envelope)

    assert left_cents < 0
