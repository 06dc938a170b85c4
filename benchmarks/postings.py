"""Postings for `benchmarks.ledger`: run within Django by `manage.py shell`.

Each way pays five cents from a floored account to an unfloored one, under a fresh key.
"""

import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import count
from multiprocessing import get_context
from secrets import token_hex

import psycopg
from django.conf import settings
from django.db import connections

from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.content import fingerprint
from hub.ledger.splitting import split

DAY = date(2026, 9, 1)
NUM_PROCESSES, NUM_THREADS = 2, 8
NUM_PAYERS, NUM_PAYEES = 1_000, 200
BUSY, SPLIT = "fund:bench:busy", "fund:bench:split"
NUM_PARTS = 32
PAYERS = {"one busy fund": BUSY, "the same, split": SPLIT}
FULL_CENTS = 10**12
Pay = Callable[[str, str, str], None]

_CLAIM = """
    INSERT INTO ledger_posting (key, verb, kind, effective_on, memo, content_sha256)
    VALUES (%s, 'post', 'payment', %s, '', %s)
    ON CONFLICT (key) DO NOTHING RETURNING id, recorded_at, effective_on
"""
_REFUSED = "SELECT code, data FROM ledger_refusal WHERE key = %s"
_ACCOUNTS = "SELECT code, id, floored FROM ledger_account WHERE code = ANY(%s)"
_LOCK = """
    SELECT account_id, balance_cents FROM ledger_balance WHERE account_id = ANY(%s)
    ORDER BY account_id FOR UPDATE
"""
_ENTRIES = """
    INSERT INTO ledger_entry (posting_id, position, account_id, amount_cents)
    VALUES (%s, 0, %s, -5), (%s, 1, %s, 5)
"""
_FUNCTION = """
    SELECT outcome, told, new_id, stamped_at, falls_on, was_meant_on
    FROM ledger_post(%s, 'post', 'payment', NULL, NULL, %s, false, NULL, '', %s,
                     %s::text[], '{t,f}'::boolean[], '{-5,5}'::bigint[])
"""


class Unpaid(Exception):
    """A payment by hand that did not go through: the accounts are always full."""


def race(*, rounds: int, seconds: float) -> None:
    """Let the ways take turns and print each turn as JSON."""
    _fill()
    connections.close_all()
    turns = []
    with ProcessPoolExecutor(NUM_PROCESSES, mp_context=get_context("fork")) as pool:
        _turn(pool, "posting.post", "spread", seconds=0.5)
        for number in range(rounds):
            for accounts in ("spread", *PAYERS):
                ways = list(WAYS)
                ways = ways[number % len(ways) :] + ways[: number % len(ways)]
                if accounts == "the same, split":
                    # The five statements know of no parts.
                    ways.remove("(a) five statements")
                turns += [_turn(pool, way, accounts, seconds) for way in ways]
    print(json.dumps({"turns": sorted(turns, key=_place)}))


def _place(turn: dict[str, object]) -> tuple[int, int]:
    accounts = ("spread", *PAYERS).index(str(turn["accounts"]))
    return accounts, list(WAYS).index(str(turn["way"]))


def _turn(
    pool: ProcessPoolExecutor, way: str, accounts: str, seconds: float
) -> dict[str, object]:
    begins_at = time.time() + 0.5
    asked = [(way, accounts, begins_at, seconds, seed) for seed in range(NUM_PROCESSES)]
    waits_s = [wait for told in pool.map(_work, asked) for wait in told]
    waits_ms = sorted(1_000 * wait for wait in waits_s)
    return {
        "way": way,
        "accounts": accounts,
        "rate": len(waits_ms) / seconds,
        # Every n-th of them in order, so that the turns can be told together.
        "waits_ms": waits_ms[:: max(1, len(waits_ms) // 1_000)],
    }


def _work(asked: tuple[str, str, float, float, int]) -> list[float]:
    """One process: eight threads that pay until the time is over."""
    with ThreadPoolExecutor(NUM_THREADS) as threads:
        works = [
            threads.submit(_pay_on, asked, number) for number in range(NUM_THREADS)
        ]
        return [wait for work in works for wait in work.result()]


def _pay_on(asked: tuple[str, str, float, float, int], number: int) -> list[float]:
    way, accounts, begins_at, seconds, seed = asked
    chance = random.Random(seed * NUM_THREADS + number)
    name = token_hex(6)
    waits_s: list[float] = []
    with WAYS[way]() as pay:
        pay(f"warm:{name}", f"payer:{number}", "payee:0")
        time.sleep(max(0.0, begins_at - time.time()))
        ends_at = begins_at + seconds
        for turn in count():
            payer = f"payer:{chance.randrange(NUM_PAYERS)}"
            payee = f"payee:{chance.randrange(NUM_PAYEES)}"
            began = time.time()
            pay(f"pay:{name}:{turn}", PAYERS.get(accounts, payer), payee)
            if (ended := time.time()) > ends_at:
                return waits_s
            waits_s.append(ended - began)
    return waits_s


class ThroughPosting:
    """The ledger's own door, over Django's connection of this thread."""

    def __enter__(self) -> Pay:
        """How to pay."""
        connections["default"].ensure_connection()
        return self.pay

    def __exit__(self, *_error: object) -> None:
        """Close the connection of this thread."""
        connections.close_all()

    def pay(self, key: str, payer: str, payee: str) -> None:
        posting.post(
            key=key,
            kind="payment",
            moves=[
                Move(AccountRef(payer, floored=True), -5),
                Move(AccountRef(payee, floored=False), 5),
            ],
            effective_on=DAY,
        )


class ByHand:
    """psycopg alone, with its own habit of preparing what is asked often."""

    def __init__(
        self, pay: Callable[[psycopg.Connection, str, str, str], None]
    ) -> None:
        self.pay = pay

    def __enter__(self) -> Pay:
        """How to pay."""
        given = settings.DATABASES["default"]
        self.link = psycopg.connect(
            host=str(given["HOST"]),
            port=str(given["PORT"] or 5432),
            user=str(given["USER"]),
            password=str(given["PASSWORD"]),
            dbname=str(given["NAME"]),
        )
        return partial(self.pay, self.link)

    def __exit__(self, *_error: object) -> None:
        """Close the connection."""
        self.link.close()


def five_statements(link: psycopg.Connection, key: str, payer: str, payee: str) -> None:
    """Claim, refusals, accounts, lock, entries: what `post` did as statements."""
    with link.transaction():
        claimed = link.execute(_CLAIM, [key, DAY, _sha256(key, payer, payee)])
        posted = claimed.fetchone()
        if posted is None or link.execute(_REFUSED, [key]).fetchone():
            raise Unpaid(key)
        rows = link.execute(_ACCOUNTS, [[payer, payee]]).fetchall()
        ids = {code: pk for code, pk, _floored in rows}
        floored = [pk for _code, pk, is_floored in rows if is_floored]
        kept: dict[int, int] = dict(link.execute(_LOCK, [floored]).fetchall())
        if kept[ids[payer]] < 5:
            raise Unpaid(key)
        link.execute(_ENTRIES, [posted[0], ids[payer], posted[0], ids[payee]])


def one_function(link: psycopg.Connection, key: str, payer: str, payee: str) -> None:
    """The function that `post` asks, asked by hand."""
    with link.transaction():
        values = [key, DAY, _sha256(key, payer, payee), [payer, payee]]
        told = link.execute(_FUNCTION, values).fetchone()
        if told is None or told[0] != "written":
            raise Unpaid(key)


def _sha256(key: str, payer: str, payee: str) -> str:
    moves = [[payer, -5], [payee, 5]]
    day = DAY.isoformat()
    return fingerprint("post", key, "payment", day, "", "", None, None, moves)


WAYS: dict[str, Callable[[], ThroughPosting | ByHand]] = {
    "posting.post": ThroughPosting,
    "(a) five statements": partial(ByHand, five_statements),
    "(b) one function": partial(ByHand, one_function),
}


def _fill() -> None:
    """Payers with more than they can ever pay, and payees that exist."""
    bank = AccountRef("bank:bench", floored=False)
    codes = [BUSY, SPLIT, *(f"payer:{number}" for number in range(NUM_PAYERS))]
    for first in range(0, len(codes), 200):
        full = [
            Move(AccountRef(code, floored=True), FULL_CENTS)
            for code in codes[first : first + 200]
        ]
        moves = [Move(bank, -FULL_CENTS) for _ in full] + full
        posting.post(key=f"fill:{first}", kind="gift", moves=moves, effective_on=DAY)
    paid = [
        Move(AccountRef(f"payee:{number}", floored=False), 1)
        for number in range(NUM_PAYEES)
    ]
    moves = [Move(bank, -NUM_PAYEES), *paid]
    posting.post(key="open:payees", kind="gift", moves=moves, effective_on=DAY)
    split(code=SPLIT, num_parts=NUM_PARTS)
