"""The page of the books: audit, roots and periods, and nobody's money."""

from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from hub.ledger.audit import audit
from hub.ledger.periods import close_period, next_period
from hub.ledger.proving import prove_day
from hub.models import Membership
from tests.factories.hub import (
    make_coordinator,
    make_farm,
    make_hub,
    make_member,
)
from tests.factories.ledger import FARM, FUND, give

pytestmark = pytest.mark.django_db(transaction=True)


def words(client: Client) -> str:
    client.force_login(make_coordinator(make_hub()))
    answer = client.get("/books/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_the_first_night_the_page_says_so(client: Client) -> None:
    shown = words(client)

    assert "No night has passed yet" in shown
    assert "No period is closed yet." in shown
    assert "Root of each day" not in shown


def test_it_shows_the_audit_the_root_and_the_periods(client: Client) -> None:
    give(FUND, 123_456)
    yesterday = timezone.localdate() - timedelta(days=1)
    proof, _report = prove_day(yesterday)
    close_period(ends_on=date(2026, 9, 30), today=timezone.localdate())

    shown = words(client)

    assert "Everything holds" in shown
    assert f'<code class="small">{proof.sha256}</code>' in shown
    assert f"verify.py ledger.jsonl {yesterday.isoformat()}:{proof.sha256}" in shown
    assert "1 posting, closed" in shown


def test_it_shows_nobodys_money(client: Client) -> None:
    give(FUND, 123_456)
    give(FARM, 98_765)
    prove_day(timezone.localdate() - timedelta(days=1))

    shown = words(client)

    told = [FUND.code, FARM.code, "123", "987", "$"]
    assert [word for word in told if word in shown.partition("<main")[2]] == []


def test_a_fault_is_not_hidden(client: Client) -> None:
    give(FUND, 100)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ALTER TABLE ledger_balance DISABLE TRIGGER USER;"
            "UPDATE ledger_balance SET balance_cents = 7;"
            "ALTER TABLE ledger_balance ENABLE TRIGGER USER"
        )
    assert not audit().is_clean
    prove_day(timezone.localdate() - timedelta(days=1))

    shown = words(client)

    assert "A fault was found" in shown
    assert "Everything holds" not in shown


def test_the_board_reads_it_and_a_farm_does_not(client: Client) -> None:
    hub = make_hub()
    funder = make_member(hub, role=Membership.Role.FUNDER)
    farm = make_member(make_farm(hub=hub), role=Membership.Role.PRODUCER)
    answers = []

    for person in (funder, farm):
        client.force_login(person)
        answers.append(client.get("/books/").status_code)

    assert answers == [200, 404]


@pytest.mark.parametrize(
    ("closed", "today", "expected"),
    [
        (None, date(2026, 11, 5), (date(2026, 10, 31), date(2026, 11, 20))),
        (None, date(2026, 11, 25), (date(2026, 10, 31), date(2026, 11, 25))),
        (
            date(2026, 10, 31),
            date(2026, 11, 25),
            (date(2026, 11, 30), date(2026, 12, 20)),
        ),
        (
            date(2026, 12, 15),
            date(2026, 12, 16),
            (date(2026, 12, 31), date(2027, 1, 20)),
        ),
    ],
)
def test_the_next_period_is_the_month_before(
    closed: date | None, today: date, expected: tuple[date, date]
) -> None:
    assert next_period(closed=closed, today=today, month_closes_on=20) == expected
