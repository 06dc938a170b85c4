"""Many baskets at once on the same crates: real threads, real connections."""

import threading
import time
from collections import Counter
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections

from producers import services
from producers.core.errors import NotEnoughStock
from producers.models import Availability
from producers.services import stock
from tests.factories.producers import make_availability

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_BUYERS = 16
NUM_TRIES = 5
NUM_CRATES = 50


def ask_for_crates(wants: dict[int, int], barrier: threading.Barrier) -> list[str]:
    """One buyer, who tries several times; what came of each try."""
    answers = []
    try:
        barrier.wait(timeout=30)
        for _ in range(NUM_TRIES):
            try:
                services.reserve(wants=wants)
                answers.append("reserved")
            except NotEnoughStock:
                answers.append("refused")
            except IntegrityError:
                answers.append("stopped by the table")
    finally:
        connections.close_all()
    return answers


def all_at_once(baskets: list[dict[int, int]]) -> Counter[str]:
    barrier = threading.Barrier(len(baskets))
    with ThreadPoolExecutor(max_workers=len(baskets)) as pool:
        asked = [pool.submit(ask_for_crates, wants, barrier) for wants in baskets]
        return Counter(answer for each in asked for answer in each.result(timeout=60))


def read_without_lock(ids: Collection[int]) -> list[Availability]:
    """The same read as `lock_availabilities`, without its lock and with a pause."""
    rows = list(
        Availability.objects.select_related("offer__variant__product")
        .filter(pk__in=ids)
        .order_by("pk")
    )
    time.sleep(0.02)
    return rows


def test_sixteen_buyers_on_fifty_crates_get_exactly_fifty() -> None:
    row = make_availability(quantity=NUM_CRATES)

    answers = all_at_once([{row.pk: 1} for _ in range(NUM_BUYERS)])

    row.refresh_from_db()
    assert answers == {"reserved": 50, "refused": NUM_BUYERS * NUM_TRIES - 50}
    assert (row.reserved, row.short_quantity) == (50, 0)


def test_without_the_lock_promises_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    row = make_availability(quantity=NUM_CRATES)
    monkeypatch.setattr(stock, "lock_availabilities", read_without_lock)

    answers = all_at_once([{row.pk: 1} for _ in range(NUM_BUYERS)])

    row.refresh_from_db()
    assert answers["reserved"] > row.reserved


def test_baskets_in_opposite_orders_never_wait_for_each_other() -> None:
    carrots, beets = make_availability(quantity=30), make_availability(quantity=30)
    one_way = {carrots.pk: 1, beets.pk: 1}
    other_way = {beets.pk: 1, carrots.pk: 1}

    answers = all_at_once([one_way, other_way] * (NUM_BUYERS // 2))

    carrots.refresh_from_db()
    beets.refresh_from_db()
    assert answers == {"reserved": 30, "refused": NUM_BUYERS * NUM_TRIES - 30}
    assert (carrots.reserved, beets.reserved) == (30, 30)
