"""Captures spend a hold from the front, releases give it back from the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.ledger.core.accounts import AccountRef
from hub.ledger.core.holds import given_back, piece, require_draws

SPRING = AccountRef("lot:spring", floored=True)
SUMMER = AccountRef("lot:summer", floored=True)
DRAWS = [(SPRING, 2_000), (SUMMER, 575)]


def test_the_last_drawn_goes_back_first():
    parts = given_back(DRAWS, released_before_cents=0, amount_cents=600)

    assert parts == [(SPRING, 25), (SUMMER, 575)]


def test_a_second_release_goes_on_where_the_first_ended():
    parts = given_back(DRAWS, released_before_cents=600, amount_cents=100)

    assert parts == [(SPRING, 100)]


def test_releasing_nothing_gives_nothing_back():
    assert given_back(DRAWS, released_before_cents=0, amount_cents=0) == []


def test_a_negative_draw_is_refused():
    with pytest.raises(ValueError, match="negative draw on lot:spring"):
        require_draws([(SPRING, -1)])


@given(
    drawn=st.lists(st.integers(0, 500), max_size=6),
    cuts=st.lists(st.integers(0, 3_000), max_size=5),
)
def test_pieces_put_together_give_every_draw_back(drawn, cuts):
    draws = [(AccountRef(f"lot:{n}", floored=True), c) for n, c in enumerate(drawn)]
    total = sum(drawn)
    edges = sorted({0, total, *(cut for cut in cuts if cut < total)})

    back: dict[AccountRef, int] = {}
    for start, stop in zip(edges, edges[1:], strict=False):
        for account, part in piece(draws, start_cents=start, stop_cents=stop):
            back[account] = back.get(account, 0) + part

    assert back == {account: cents for account, cents in draws if cents > 0}
