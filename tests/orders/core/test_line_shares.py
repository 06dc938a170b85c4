"""A shortage among the lines that asked, by small examples and random weeks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.line_shares import LineShare, share_shortage
from orders.core.reasons import Reason
from tests.factories.allocation import claim, claim_lists, quantities


def test_everyone_gets_everything_when_there_is_enough():
    shares = share_shortage(20, [claim(1, 12), claim(2, 8)])

    assert shares == [
        LineShare(1, 12, Reason("full", {"ordered": 12})),
        LineShare(2, 8, Reason("full", {"ordered": 8})),
    ]


def test_a_shortage_is_shared_in_proportion_to_the_orders():
    shares = share_shortage(10, [claim(1, 12), claim(2, 8)])

    assert shares == [
        LineShare(
            1,
            6,
            Reason(
                "shared_shortage",
                {"ordered": 12, "allocated": 6, "supply": 10, "asked": 20},
            ),
        ),
        LineShare(
            2,
            4,
            Reason(
                "shared_shortage",
                {"ordered": 8, "allocated": 4, "supply": 10, "asked": 20},
            ),
        ),
    ]


def test_who_missed_some_in_the_last_weeks_counts_for_more():
    # weights 10 and 10 + 20: ten units are shared about 1 to 3
    shares = share_shortage(10, [claim(1, 10), claim(2, 10, memory=20)])

    assert quantities(shares) == [3, 7]
    assert shares[1].reason == Reason(
        "shared_with_memory",
        {"ordered": 10, "allocated": 7, "supply": 10, "asked": 20, "memory": 20},
    )


def test_a_small_order_gets_something_before_a_large_one_is_whole():
    assert quantities(share_shortage(60, [claim(1, 100), claim(2, 1)])) == [59, 1]


def test_when_there_is_not_one_each_those_who_missed_most_come_first():
    claims = [claim(1, 9), claim(2, 1, memory=1), claim(3, 4)]

    assert quantities(share_shortage(1, claims)) == [0, 1, 0]
    assert quantities(share_shortage(2, claims)) == [1, 1, 0]


def test_equals_are_settled_by_the_tie_key():
    late, early = replace(claim(1, 5), tie_key="b"), replace(claim(2, 5), tie_key="a")

    shares = share_shortage(5, [late, early])

    assert [(share.line_id, share.allocated) for share in shares] == [(2, 3), (1, 2)]


def test_when_there_is_nothing_each_line_says_so():
    shares = share_shortage(0, [claim(1, 5)])

    assert shares == [LineShare(1, 0, Reason("none_available", {"ordered": 5}))]


def test_a_negative_supply_is_a_mistake():
    with pytest.raises(ValueError, match="cannot be negative"):
        share_shortage(-1, [])


supplies = st.integers(0, 260)


@given(supplies, claim_lists())
def test_shares_sum_to_what_there_is_and_never_pass_an_order(supply, claims):
    shares = quantities(share_shortage(supply, claims))

    assert sum(shares) == min(supply, sum(c.ordered for c in claims))
    assert [
        s for s, c in zip(shares, claims, strict=True) if not 0 <= s <= c.ordered
    ] == []


@given(supplies, claim_lists())
def test_more_supply_never_lowers_a_share(supply, claims):
    before = quantities(share_shortage(supply, claims))
    after = quantities(share_shortage(supply + 1, claims))

    assert [a for a, b in zip(after, before, strict=True) if a < b] == []


@given(supplies, claim_lists())
def test_nobody_is_left_with_nothing_when_there_is_one_each(supply, claims):
    asking = [c for c in claims if c.ordered]

    shares = quantities(share_shortage(supply, asking))

    assert (0 in shares) == (supply < len(asking))


@given(supplies, claim_lists(min_size=1), st.integers(1, 20))
def test_a_longer_memory_never_lowers_a_share(supply, claims, more):
    remembered = [replace(claims[0], memory=claims[0].memory + more), *claims[1:]]

    before = quantities(share_shortage(supply, claims))[0]
    after = quantities(share_shortage(supply, remembered))[0]

    assert after >= before


@given(supplies, claim_lists())
def test_a_larger_order_never_gets_less_than_a_smaller_one(supply, claims):
    plain = [replace(c, memory=0) for c in claims]

    shares = quantities(share_shortage(supply, plain))

    by_size = sorted(zip((c.ordered for c in plain), shares, strict=True))
    unfair = [
        (small, large)
        for small, large in zip(by_size, by_size[1:], strict=False)
        if small[0] < large[0] and small[1] > large[1]
    ]
    assert unfair == []


@given(supplies, claim_lists(), st.randoms())
def test_the_order_of_arguments_and_row_numbers_do_not_matter(supply, claims, chance):
    renumbered = [replace(c, line_id=1_000 - c.line_id) for c in claims]
    chance.shuffle(renumbered)

    one = share_shortage(supply, claims)
    other = share_shortage(supply, renumbered)

    assert [(1_000 - s.line_id, s.allocated, s.reason) for s in other] == [
        (s.line_id, s.allocated, s.reason) for s in one
    ]


def test_over_the_weeks_two_equal_groups_get_nearly_the_same():
    # five units for two groups of five, twelve weeks: without memory the first of
    # the tie would get three every week, 36 to 24
    missed: tuple[list[int], list[int]] = ([], [])
    got = [0, 0]
    for _ in range(12):
        claims = [claim(i + 1, 5, memory=sum(missed[i][-4:])) for i in range(2)]
        for i, quantity in enumerate(quantities(share_shortage(5, claims))):
            missed[i].append(5 - quantity)
            got[i] += quantity

    assert got == [31, 29]
