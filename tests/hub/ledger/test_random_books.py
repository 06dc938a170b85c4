"""Random weeks of money against an oracle: each request ends as a child would say."""

import itertools
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from hub.core.errors import DomainError
from hub.ledger import posting, sealing
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.errors import KeyReused
from hub.ledger.models import Posting
from hub.ledger.splitting import split
from hub.ledger.statements import balances
from tests.factories.ledger import TODAY
from tests.hub.ledger.oracle import Oracle, Refused
from tests.soak.figures import count, count_answer
from tests.soak.playing import play

_runs = itertools.count(1)
FLOORED = ("fund", "grant", "lot")
FREE = ("bank", "farm")
purses = st.sampled_from(FLOORED + FREE)
amounts = st.integers(0, 120) | st.sampled_from([1, 5, 500])


@dataclass(frozen=True)
class Request:
    """One request as it was sent, and how it ended."""

    verb: str
    asked: dict[str, Any]
    posting_id: int | None
    refused: Refused | None


class Books(RuleBasedStateMachine):
    """One small hub; its codes and keys begin with a number of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.run = f"x{next(_runs)}"
        self.oracle = Oracle(floored=frozenset(self.code(name) for name in FLOORED))
        self.sent: list[Request] = []
        start = [("bank", -600), *((purse, 200) for purse in FLOORED)]
        named = [(self.code(purse), cents) for purse, cents in start]
        self.oracle.post(self.next_key(), named)
        self.send("post", None, moves=self.moves(start))

    def code(self, purse: str) -> str:
        return f"{self.run}:{purse}"

    def ref(self, purse: str) -> AccountRef:
        return AccountRef(self.code(purse), floored=purse in FLOORED)

    def moves(self, moves: list[tuple[str, int]]) -> list[Move]:
        return [Move(self.ref(purse), cents) for purse, cents in moves]

    def next_key(self) -> str:
        return f"{self.run}:{len(self.sent)}"

    def send(self, verb: str, expected: Refused | None, **asked: Any) -> None:
        """Send under the next key; it must end as expected."""
        asked |= {"key": self.next_key(), "effective_on": TODAY}
        if verb in ("post", "hold", "capture"):
            asked["kind"] = "random"
        posting_id, refused = answer(verb, asked)
        assert refused == expected
        count_answer(f"books, {verb}", refused[0] if refused else "")
        self.sent.append(Request(verb, asked, posting_id, refused))

    def teardown(self) -> None:
        count("books")

    @rule(payer=purses, others=st.lists(st.tuples(purses, amounts), max_size=3))
    def post(self, payer: str, others: list[tuple[str, int]]) -> None:
        moves = [(payer, -sum(cents for _, cents in others)), *others]
        named = [(self.code(purse), cents) for purse, cents in moves]
        expected = self.oracle.post(self.next_key(), named)
        self.send("post", expected, moves=self.moves(moves))

    @rule(draws=st.lists(st.tuples(purses, amounts), min_size=1, max_size=4))
    def hold(self, draws: list[tuple[str, int]]) -> None:
        named = [(self.code(purse), cents) for purse, cents in draws]
        expected = self.oracle.hold(self.next_key(), named)
        asked = [(self.ref(purse), cents) for purse, cents in draws]
        self.send("hold", expected, draws=asked)

    @precondition(lambda self: self.oracle.rows)
    @rule(data=st.data(), payee=purses, cents=amounts)
    def capture(self, data: st.DataObject, payee: str, cents: int) -> None:
        hold_key = data.draw(st.sampled_from(sorted(self.oracle.rows)))
        expected = self.oracle.capture(
            self.next_key(), hold_key, self.code(payee), cents
        )
        self.send(
            "capture",
            expected,
            hold_key=hold_key,
            amount_cents=cents,
            moves_to=self.moves([(payee, cents)]),
        )

    @precondition(lambda self: self.oracle.rows)
    @rule(data=st.data(), cents=st.none() | amounts)
    def release(self, data: st.DataObject, cents: int | None) -> None:
        hold_key = data.draw(st.sampled_from(sorted(self.oracle.rows)))
        expected = self.oracle.release(hold_key, cents)
        self.send("release", expected, hold_key=hold_key, amount_cents=cents)

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from(sorted(self.oracle.moved)))
        expected = self.oracle.reverse(self.next_key(), target)
        self.send("reverse", expected, posting_key=target)

    @rule(purse=st.sampled_from(FLOORED), num_parts=st.sampled_from([0, 2, 3, 16]))
    def split_or_merge(self, purse: str, num_parts: int) -> None:
        """The oracle knows of no parts: an account in parts behaves as a whole one."""
        split(code=self.code(purse), num_parts=num_parts)

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        request = data.draw(st.sampled_from(self.sent))

        again = answer(request.verb, request.asked)

        assert again == (request.posting_id, request.refused)

    @rule(data=st.data())
    def send_something_else_under_an_old_key(self, data: st.DataObject) -> None:
        request = data.draw(st.sampled_from(self.sent))

        with pytest.raises(KeyReused):
            getattr(posting, request.verb)(**request.asked, memo="something else")

    @invariant()
    def purses_hold_what_the_oracle_says(self) -> None:
        held = balances(f"hold:{self.run}:")
        found = balances(f"{self.run}:")

        assert sum(found.values()) + sum(held.values()) == 0
        assert nonzero(found) == nonzero(self.oracle.purses)
        assert nonzero(held) == nonzero(
            {f"hold:{key}": row.num_left for key, row in self.oracle.rows.items()}
        )


def answer(verb: str, asked: dict[str, Any]) -> tuple[int | None, Refused | None]:
    """What the ledger answers: a posting, or a refusal with its figures."""
    try:
        done: Posting = getattr(posting, verb)(**asked)
    except DomainError as refusal:
        return None, (refusal.code, refusal.data)
    return done.pk, None


def nonzero(purses: dict[str, int]) -> dict[str, int]:
    return {purse: cents for purse, cents in purses.items() if cents}


@pytest.mark.django_db(transaction=True)
def test_random_books_follow_the_oracle() -> None:
    play(Books, examples=10, steps=25, a_round=100)

    sealing.seal(limit=1_000_000)
    assert audit().is_clean
