"""Long books for `benchmarks.ledger`: run within Django by `manage.py shell`.

Postings of four entries, as a bill has them: two buyers, a farm, the hub's margin. They
are copied in under the ledger's own triggers and with the fingerprints of what was
asked, so that the audit finds what it would find in books that grew by themselves.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median

from django.db import connection, connections, transaction

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.content import Content, Verb
from hub.ledger.models import Account
from hub.ledger.rollups import roll_up
from hub.ledger.sealing import seal
from hub.ledger.statements import balance_cents

FIRST_DAY = date(2026, 1, 1)
LONG, KEPT = (
    AccountRef("farm:long", floored=False),
    AccountRef("fund:long", floored=True),
)
NUM_LONG = 100_000
NUM_OTHERS = 400
CHUNK = 10_000
_POSTINGS = """
    COPY ledger_posting (id, key, verb, kind, effective_on, memo, content_sha256)
    FROM STDIN
"""
_ENTRIES = (
    "COPY ledger_entry (posting_id, position, account_id, amount_cents) FROM STDIN"
)
_IDS = """
    SELECT nextval(pg_get_serial_sequence('ledger_posting', 'id'))
    FROM generate_series(1, %s)
"""


def measure(*, num_entries: int) -> None:
    """Write the books, seal them, audit them, ask for balances; print it as JSON."""
    moves = list(_moves(num_entries // 4))
    began = time.monotonic()
    _write(moves)
    written = time.monotonic()
    while seal():
        pass
    sealed = time.monotonic()
    report = audit()
    audited = time.monotonic()
    summed_ms = _asked_ms(LONG.code)
    roll_up()
    told = {
        "entries": report.num_entries,
        "postings": report.num_postings,
        "write_s": written - began,
        "seal_s": sealed - written,
        "audit_s": audited - sealed,
        "findings": sum(map(len, report.checks.values())),
        "long_entries": min(NUM_LONG, num_entries // 4),
        "summed_ms": summed_ms,
        "rolled_ms": _asked_ms(LONG.code),
        "kept_ms": _asked_ms(KEPT.code),
    }
    connections.close_all()
    print(json.dumps(told))


def _asked_ms(code: str) -> float:
    return median(_timed_ms(lambda: balance_cents(code)) for _ in range(51))


def _timed_ms(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return 1_000 * (time.monotonic() - began)


def _moves(num: int) -> Iterator[tuple[Move, ...]]:
    chance = random.Random(1)
    for number in range(num):
        cents = chance.randint(100, 9_999)
        farm = LONG if number < NUM_LONG else _one("farm", chance)
        gift = chance.randint(1, 99)
        yield (
            Move(_one("buyer", chance), -cents - gift),
            Move(farm, cents - 10),
            Move(AccountRef("hub:long:margin", floored=False), 10),
            Move(KEPT, gift),
        )


def _one(kind: str, chance: random.Random) -> AccountRef:
    return AccountRef(f"{kind}:{chance.randrange(NUM_OTHERS)}", floored=False)


def _write(books: list[tuple[Move, ...]]) -> None:
    refs = {move.account for moves in books for move in moves}
    with transaction.atomic():
        posting.lock_accounts(refs)
    ids = dict(Account.objects.values_list("code", "pk"))
    for start in range(0, len(books), CHUNK):
        _copy(books[start : start + CHUNK], ids)


@transaction.atomic
def _copy(books: list[tuple[Move, ...]], ids: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_IDS, [len(books)])
        pks = [pk for (pk,) in cursor.fetchall()]
        chunk = list(zip(pks, books, strict=True))
        with cursor.copy(_POSTINGS) as file:
            for pk, moves in chunk:
                day = FIRST_DAY + timedelta(days=pk % 300)
                content = Content(
                    verb=Verb.POST,
                    key=f"bill:{pk}",
                    kind="sale",
                    effective_on=day,
                    moves=moves,
                )
                sha256 = content.sha256()
                file.write_row((pk, content.key, "post", "sale", day, "", sha256))
        with cursor.copy(_ENTRIES) as file:
            for pk, moves in chunk:
                for place, move in enumerate(moves):
                    row = (pk, place, ids[move.account.code], move.amount_cents)
                    file.write_row(row)
