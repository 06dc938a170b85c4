"""Codes, moves and what may be posted."""

import pytest

from hub.ledger.core.accounts import (
    AccountRef,
    Move,
    hold_account,
    net_by_code,
    opposite,
    real_moves,
    require_balanced,
    require_key,
    require_no_hold_account,
)

FUND = AccountRef("fund:montreal", floored=True)
FARM = AccountRef("farm:k7", floored=False)


@pytest.mark.parametrize("code", ["fund", "fund:montreal:2026-09", "a_b.c:9x"])
def test_small_words_joined_by_colons_are_a_code(code):
    assert AccountRef(code, floored=True).code == code


@pytest.mark.parametrize(
    "code",
    ["", "Fund", "fund:", ":fund", "fund::x", "fund x", "é", "fund\n", "a" * 251],
)
def test_anything_else_is_not_a_code(code):
    with pytest.raises(ValueError, match="not a ledger code"):
        AccountRef(code, floored=True)


def test_a_key_is_shorter_than_a_code():
    require_key("k" * 200)

    with pytest.raises(ValueError, match="not a ledger code"):
        require_key("k" * 201)


@pytest.mark.parametrize("amount", [1.0, "1", True, None, 10**15 + 1])
def test_only_whole_cents_move(amount):
    with pytest.raises(ValueError, match="whole cents"):
        Move(FUND, amount)


def test_a_hold_has_a_floored_account_of_its_own():
    assert hold_account("order:k7") == AccountRef("hold:order:k7", floored=True)


def test_the_key_of_a_hold_leaves_room_for_the_keys_around_it():
    with pytest.raises(ValueError, match="not a ledger code"):
        hold_account("k" * 171)


def test_moves_of_nothing_are_left_out():
    assert real_moves([Move(FUND, 0), Move(FARM, 5)]) == (Move(FARM, 5),)


def test_moves_must_sum_to_zero():
    require_balanced([Move(FUND, -5), Move(FARM, 5)])

    with pytest.raises(ValueError, match="sum to 1 cents"):
        require_balanced([Move(FUND, -5), Move(FARM, 6)])


def test_the_account_of_a_hold_is_out_of_reach():
    with pytest.raises(ValueError, match="belongs to the holds"):
        require_no_hold_account([Move(hold_account("order:k7"), 5)])


def test_moves_on_one_account_are_netted():
    moves = [Move(FUND, -5), Move(FARM, 8), Move(FUND, -3)]

    assert net_by_code(moves) == {"fund:montreal": -8, "farm:k7": 8}


def test_the_opposite_keeps_the_order():
    moves = [Move(FUND, -5), Move(FARM, 5)]

    assert opposite(moves) == (Move(FUND, 5), Move(FARM, -5))
