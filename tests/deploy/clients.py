"""Programs that order and pay under keys, and remember what they were told.

Each asks again under the same key until it knows the answer, as docs/api.md says.
"""

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from itertools import count
from typing import Any

from tests.deploy.world import World
from tests.factories.sites import Program

PAUSE_S = 0.1
LAST_LIMIT_S = 40


class Clients:
    """Four clients: two order, two add to an envelope; `at_work` is their time."""

    def __init__(self, port: int, world: World) -> None:
        self.world = world
        self.buyer = Program(port, world.order_key)
        self.programme = Program(port, world.envelope_key)
        _status, envelope = self.programme.read(f"/envelopes/{world.envelope_id}")
        self.envelope_before_cents: int = envelope["left_cents"]
        self.orders: dict[str, str] = {}
        self.paid_cents: dict[str, int] = {}
        self.statuses: set[int] = set()
        self.told: set[str] = set()
        self.num_refused = 0
        self._numbers = count(1)
        self._end = threading.Event()

    @property
    def num_done(self) -> int:
        """How many effects were acknowledged."""
        return len(self.orders) + len(self.paid_cents)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let them work meanwhile; at the end each knows the answer to all it asked."""
        works = [self._order, self._pay] * 2
        threads = [threading.Thread(target=self._repeat, args=[each]) for each in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._end.set()
            for thread in threads:
                thread.join(LAST_LIMIT_S)
        assert not any(thread.is_alive() for thread in threads)

    def _repeat(self, work: Callable[[], None]) -> None:
        while not self._end.is_set():
            work()

    def _order(self) -> None:
        key = uuid.uuid4().hex
        answer = self._until_known(self.buyer, "/orders", self.world.order_asked, key)
        self.orders[key] = answer["id"]

    def _pay(self) -> None:
        key, amount_cents = uuid.uuid4().hex, next(self._numbers)
        path = f"/envelopes/{self.world.envelope_id}/top-up"
        self._until_known(self.programme, path, {"amount_cents": amount_cents}, key)
        self.paid_cents[key] = amount_cents

    def _until_known(
        self, program: Program, path: str, asked: dict[str, Any], key: str
    ) -> dict[str, Any]:
        """Ask until an effect is acknowledged; every other answer is remembered."""
        for _attempt in range(round(LAST_LIMIT_S / PAUSE_S)):
            try:
                status, _headers, words = program.act(path, asked, once=key)
            except (OSError, HTTPException):
                threading.Event().wait(PAUSE_S)
                continue
            self.statuses.add(status)
            answer: dict[str, Any] = json.loads(words)
            if status in (200, 201):
                return answer
            self.told.add(answer["error"]["code"])
            self.num_refused += 1
            threading.Event().wait(PAUSE_S)
        raise AssertionError(f"{path} never answered")
