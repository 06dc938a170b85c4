"""One code for an address, three attempts, ten minutes, one use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hub.models import SignInCode
from hub.services.sign_in_codes import (
    GOOD_FOR,
    Outcome,
    forget_codes,
    issue_code,
    try_code,
)

pytestmark = pytest.mark.django_db
ADDRESS = "lea@rang.example"
NOW = timezone.now()


def test_a_code_opens_once() -> None:
    ticket, code = issue_code(address=ADDRESS, now=NOW)

    tries = [try_code(ticket=ticket, code=code, now=NOW) for _ in range(2)]

    assert tries == [Outcome.RIGHT, Outcome.SPENT]


def test_dashes_blanks_and_small_letters_are_forgiven() -> None:
    ticket, code = issue_code(address=ADDRESS, now=NOW)

    typed = f" {code.replace('-', ' ').lower()} "

    assert try_code(ticket=ticket, code=typed, now=NOW) is Outcome.RIGHT


def test_the_third_wrong_code_closes_it() -> None:
    ticket, code = issue_code(address=ADDRESS, now=NOW)

    tries = [try_code(ticket=ticket, code=typed, now=NOW) for typed in ("B", "C", "D")]

    assert tries == [Outcome.WRONG, Outcome.WRONG, Outcome.SPENT]
    assert try_code(ticket=ticket, code=code, now=NOW) is Outcome.SPENT


def test_a_new_code_closes_the_one_before() -> None:
    old_ticket, old_code = issue_code(address=ADDRESS, now=NOW)
    new_ticket, new_code = issue_code(address="LEA@rang.example ", now=NOW)

    old = try_code(ticket=old_ticket, code=old_code, now=NOW)
    new = try_code(ticket=new_ticket, code=new_code, now=NOW)

    assert (old, new) == (Outcome.SPENT, Outcome.RIGHT)


def test_a_code_opens_only_in_the_browser_that_asked() -> None:
    _ticket, code = issue_code(address=ADDRESS, now=NOW)
    other, _code = issue_code(address="omar@rang.example", now=NOW)

    assert try_code(ticket=other, code=code, now=NOW) is Outcome.WRONG


def test_a_code_is_good_for_ten_minutes() -> None:
    ticket, code = issue_code(address=ADDRESS, now=NOW)
    late = NOW + GOOD_FOR + timedelta(seconds=1)

    assert try_code(ticket=ticket, code=code, now=late) is Outcome.SPENT
    assert (forget_codes(now=late), SignInCode.objects.count()) == (1, 0)


def test_neither_the_address_nor_the_code_is_kept() -> None:
    ticket, code = issue_code(address=ADDRESS, now=NOW)
    row = SignInCode.objects.values().get()

    written = " ".join(map(str, row.values()))

    assert [secret for secret in (ADDRESS, code, code[:4]) if secret in written] == []
    assert row["ticket"] == ticket
