"""Sessions of the database end at random while many pay: nothing lost, nothing twice.

A client pays until it knows the answer, under one key for one payment, and sends one
payment in twenty a second time. The control makes a fresh key for each try, and must
charge too much.
"""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connections

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import NotEnoughMoney
from hub.ledger.models import Posting, Refusal
from hub.ledger.statements import balance_cents
from tests.factories.ledger import FARM, FUND, GRANT, TODAY, give
from tests.soak.figures import count

pytestmark = pytest.mark.django_db(transaction=True)
NUM_CLIENTS = 16
PAID_CENTS = 100
TWICE_PERCENT = 5
POOR_PERCENT = 5
"""How many ask an empty fund: their refusal must be kept through kills as well."""
Naming = Callable[[str], str]

KILL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user
    AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    ORDER BY random() LIMIT 2
"""


@dataclass
class Told:
    """What the clients know, together."""

    paid: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    num_twice: int = 0
    num_broken: int = 0
    num_kills: int = 0


def one_key(intent: str) -> str:
    return intent


def a_fresh_key(intent: str) -> str:
    return f"{intent}:{token_hex(8)}"


def until_known(told: Told, intent: str, *, is_poor: bool, name: Naming) -> bool:
    """Send one payment until its outcome is known; whether it was paid."""
    payer = GRANT if is_poor else FUND
    while True:
        try:
            posting.post(
                key=name(intent),
                kind="payment",
                moves=[Move(payer, -PAID_CENTS), Move(FARM, PAID_CENTS)],
                effective_on=TODAY,
            )
        except NotEnoughMoney:
            return False
        except (OperationalError, InterfaceError):
            told.num_broken += 1
            connections.close_all()
        else:
            return True


def pay_on(told: Told, ends_at: float, name: Naming, client: int) -> None:
    """One client: one payment after the other until the time is over."""
    chance, number = random.Random(client), 0
    try:
        while time.monotonic() < ends_at:
            number += 1
            intent = f"pay:{client}:{number}"
            is_poor = chance.randrange(100) < POOR_PERCENT
            times = 2 if chance.randrange(100) < TWICE_PERCENT else 1
            told.num_twice += times - 1
            answers = {
                until_known(told, intent, is_poor=is_poor, name=name)
                for _ in range(times)
            }
            assert answers == {not is_poor}
            (told.refused if is_poor else told.paid).append(intent)
    finally:
        connections.close_all()


def kill_on(told: Told, ends_at: float) -> None:
    """End two sessions of this database every tenth of a second, whoever has them."""
    asked = connections["default"].get_connection_params()
    asked.pop("cursor_factory", None)
    asked.pop("context", None)
    with psycopg.connect(**asked, autocommit=True) as link:
        while time.monotonic() < ends_at:
            time.sleep(0.1)
            told.num_kills += len(link.execute(KILL).fetchall())


def chaos(seconds: float, name: Naming) -> Told:
    give(FUND, 10**9)
    give(GRANT, PAID_CENTS - 1)
    connections.close_all()  # ours would be ended too
    told, ends_at = Told(), time.monotonic() + seconds
    killer = threading.Thread(target=kill_on, args=[told, ends_at])
    killer.start()
    with ThreadPoolExecutor(NUM_CLIENTS) as clients:
        list(clients.map(partial(pay_on, told, ends_at, name), range(NUM_CLIENTS)))
    killer.join()
    return told


def overcharged_cents(told: Told) -> int:
    return balance_cents(FARM.code) - PAID_CENTS * len(told.paid)


def require_nothing_lost_and_nothing_twice(told: Told) -> None:
    posted = Posting.objects.filter(key__startswith="pay:")
    refused = Refusal.objects.filter(key__startswith="pay:")

    assert min(told.num_kills, told.num_broken, told.num_twice) > 0
    assert sorted(posted.values_list("key", flat=True)) == sorted(told.paid)
    assert sorted(refused.values_list("key", flat=True)) == sorted(told.refused)
    assert overcharged_cents(told) == 0
    assert audit().is_clean


def remember(told: Told, what: str) -> None:
    count(f"kills, {what}: sessions ended", told.num_kills)
    count(f"kills, {what}: tries broken", told.num_broken)
    count(f"kills, {what}: sent twice", told.num_twice)
    count(f"kills, {what}: payments acknowledged", len(told.paid))
    count(f"kills, {what}: refusals acknowledged", len(told.refused))
    count(f"kills, {what}: cents overcharged", overcharged_cents(told))


def test_ten_seconds_of_kills_lose_nothing_and_charge_nothing_twice() -> None:
    told = chaos(10, one_key)

    require_nothing_lost_and_nothing_twice(told)


def test_without_one_key_for_all_tries_kills_charge_too_much() -> None:
    told = chaos(5, a_fresh_key)

    assert told.num_kills > 0
    assert overcharged_cents(told) > 0


@pytest.mark.soak
def test_a_minute_of_kills_loses_nothing_and_charges_nothing_twice() -> None:
    told = chaos(60, one_key)
    remember(told, "one key")

    require_nothing_lost_and_nothing_twice(told)


@pytest.mark.soak
def test_a_minute_of_kills_without_keys_charges_too_much() -> None:
    told = chaos(60, a_fresh_key)
    remember(told, "fresh keys")

    assert overcharged_cents(told) > 0
