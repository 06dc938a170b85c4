"""Which rows of the fund pay a draw: the lot that ends first, and only for whom it may.

Each case is a fund of its own in the tables, drawn on through the service that orders
use, and read back from the ledger.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.ledger import statements
from hub.ledger.audit import audit
from hub.models import Organization
from pricing import selectors, services
from pricing.core.errors import FundTooLow
from pricing.models import FundLot, SolidarityFund
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 16)


@dataclass(frozen=True)
class Idea:
    """A lot: its money, how many days it still lasts, whom it is kept for."""

    cents: int
    days: int | None
    groups: tuple[int, ...]


ideas = st.builds(
    Idea,
    cents=st.integers(0, 300),
    days=st.one_of(st.none(), st.integers(-1, 3)),
    groups=st.sampled_from([(), (), (0,), (1,), (0, 1)]),
)


def make_lot(fund: SolidarityFund, idea: Idea, groups: list[Organization]) -> FundLot:
    """A lot whose end is set after its money came: it may have passed since."""
    lot = services.add_lot(
        fund=fund,
        source="Fondation",
        on=TODAY,
        eligible=[groups[number] for number in idea.groups],
    )
    if idea.cents:
        services.deposit(lot=lot, amount_cents=idea.cents, key=lot.public_id, on=TODAY)
    if idea.days is not None:
        lot.ends_on = TODAY + timedelta(days=idea.days)
        lot.save()
    return lot


def free(lots: list[FundLot]) -> list[int]:
    return [statements.balance_cents(selectors.account_code(lot)) for lot in lots]


def rank(idea: Idea) -> tuple[int, bool]:
    """What ends first; of one day, money kept for some before money for all."""
    return (99 if idea.days is None else idea.days, not idea.groups)


@settings(max_examples=30)
@given(
    shelf=st.lists(ideas, min_size=1, max_size=5),
    asked_cents=st.integers(1, 700),
    who=st.integers(0, 1),
)
def test_a_draw_takes_what_ends_first_of_the_money_that_may_pay(
    shelf: list[Idea], asked_cents: int, who: int
) -> None:
    with transaction.atomic():
        hub = ground.make_hub()
        groups = [ground.make_buyer(hub=hub) for _ in range(2)]
        fund = services.open_fund(hub=hub, warn_weeks=0, stop_weeks=0)
        lots = [make_lot(fund, idea, groups) for idea in shelf]
        before = free(lots)

        try:
            services.replace_draw(
                hub_id=hub.pk,
                buyer=groups[who].public_id,
                hold_key=f"fund:{hub.public_id}:order:v1",
                earlier_hold_key="",
                amount_cents=asked_cents,
                on=TODAY,
            )
            is_held = True
        except FundTooLow:
            is_held = False

        after = free(lots)
        given_cents = [was - now for was, now in zip(before, after, strict=True)]
        may_pay = [
            (not idea.groups or who in idea.groups)
            and (idea.days is None or idea.days >= 0)
            for idea in shelf
        ]
        money_cents = sum(
            cents for cents, may in zip(before, may_pay, strict=True) if may
        )
        assert is_held == (money_cents >= asked_cents)
        assert sum(given_cents) == (asked_cents if is_held else 0)
        assert not any(
            cents for cents, may in zip(given_cents, may_pay, strict=True) if not may
        )
        usable = [at for at, may in enumerate(may_pay) if may]
        for one, other in combinations(usable, 2):
            sooner, later = sorted((one, other), key=lambda at: rank(shelf[at]))
            is_tie = rank(shelf[sooner]) == rank(shelf[later])
            assert is_tie or not given_cents[later] or not after[sooner]
        assert audit().is_clean
        transaction.set_rollback(True)
