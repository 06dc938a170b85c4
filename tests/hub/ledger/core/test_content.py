"""Equal content has an equal fingerprint; any difference shows."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.content import Content, Verb

FUND = AccountRef("fund:montreal", floored=True)
FARM = AccountRef("farm:k7", floored=False)
EXPIRY = datetime(2026, 9, 7, 12, tzinfo=UTC)
CONTENT = Content(
    verb=Verb.HOLD,
    key="order:k7",
    kind="draw",
    effective_on=date(2026, 9, 1),
    memo="carottes",
    about_key="order:k6",
    amount_cents=5,
    expires_at=EXPIRY,
    moves=(Move(FUND, -5), Move(FARM, 5)),
)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": Verb.POST},
        {"key": "order:k8"},
        {"kind": "sale"},
        {"effective_on": date(2026, 9, 2)},
        {"memo": "carotte"},
        {"about_key": "order:k5"},
        {"amount_cents": 6},
        {"amount_cents": None},
        {"expires_at": EXPIRY + timedelta(microseconds=1)},
        {"expires_at": None},
        {"moves": (Move(FARM, 5), Move(FUND, -5))},
        {"moves": (Move(FUND, -6), Move(FARM, 6))},
    ],
)
def test_one_different_fact_changes_the_fingerprint(change):
    assert replace(CONTENT, **change).sha256() != CONTENT.sha256()


def test_the_same_moment_in_another_time_zone_is_the_same_content():
    toronto = EXPIRY.astimezone(timezone(timedelta(hours=-4)))

    assert replace(CONTENT, expires_at=toronto).sha256() == CONTENT.sha256()


def test_the_fingerprint_never_changes_between_versions():
    facts = (
        '["hold","order:k7","draw","2026-09-01","carottes","order:k6",5,'
        '"2026-09-07T12:00:00+00:00",[["fund:montreal",-5],["farm:k7",5]]]'
    )

    assert CONTENT.sha256() == hashlib.sha256(facts.encode()).hexdigest()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"key": "Order"}, "not a ledger code"),
        ({"kind": ""}, "not a ledger code"),
        ({"effective_on": EXPIRY}, "not a business day"),
        ({"memo": "x" * 201}, "at most 200"),
        ({"memo": "\x00"}, "at most 200"),
        ({"amount_cents": -1}, "negative amount"),
        ({"amount_cents": 1.5}, "whole cents"),
        ({"expires_at": EXPIRY.replace(tzinfo=None)}, "time zone"),
    ],
)
def test_malformed_content_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        replace(CONTENT, **change)
