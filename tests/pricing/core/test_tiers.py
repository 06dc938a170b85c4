"""Whether what some tiers add pays for what others are spared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.errors import MultiplierOutOfRange, NothingToWeigh
from pricing.core.tiers import DEFAULT_TIERS, BreakEven, TierSetting, break_even


def test_the_published_practice_repays_a_third_of_its_low_tier():
    # 25 x 0.245 = 6.125 drawn, 25 x 0.075 = 1.875 given: 30.6 %, a gap of 4.25 %
    assert break_even([25, 50, 25], [7_550, 10_000, 10_750]) == BreakEven(
        draw_bps=613,
        contribution_bps=188,
        net_bps=425,
        coverage_bps=3_061,
        is_balanced=False,
    )


def test_equal_shares_of_equal_steps_balance():
    assert break_even([1, 3, 1], [8_000, 10_000, 12_000]) == BreakEven(
        draw_bps=400,
        contribution_bps=400,
        net_bps=0,
        coverage_bps=10_000,
        is_balanced=True,
    )


def test_tiers_that_draw_nothing_have_nothing_to_cover():
    assert break_even([1, 1], [10_000, 11_000]) == BreakEven(
        draw_bps=0,
        contribution_bps=500,
        net_bps=-500,
        coverage_bps=None,
        is_balanced=False,
    )


@pytest.mark.parametrize(
    ("shares", "multipliers"),
    [([1], [1, 2]), ([-1, 2], [1, 2])],
)
def test_shares_that_do_not_match_the_tiers_are_a_mistake(shares, multipliers):
    with pytest.raises(ValueError, match=r"Shares|share"):
        break_even(shares, multipliers)


@pytest.mark.parametrize("shares", [[0, 0], []])
def test_shares_of_nothing_are_refused(shares):
    with pytest.raises(NothingToWeigh):
        break_even(shares, [8_000] * len(shares))


@pytest.mark.parametrize("multiplier_bps", [-1, 0, 20_001])
def test_a_tier_of_nothing_or_above_twice_the_price_is_refused(multiplier_bps):
    with pytest.raises(MultiplierOutOfRange) as refusal:
        TierSetting(
            code="solidaire", multiplier_bps=multiplier_bps, needs_agreement=False
        )

    assert refusal.value.data == {"multiplier_bps": multiplier_bps}


@given(
    st.lists(
        st.tuples(st.integers(1, 1_000), st.integers(0, 30_000)),
        min_size=1,
        max_size=6,
    )
)
def test_tiers_balance_exactly_when_share_times_multiplier_sums_to_one(tiers):
    shares = [share for share, _ in tiers]
    multipliers = [multiplier for _, multiplier in tiers]
    weighed = sum(share * multiplier for share, multiplier in tiers)

    result = break_even(shares, multipliers)

    assert result.is_balanced == (weighed == 10_000 * sum(shares))


@given(st.integers(1, 500))
def test_the_unit_of_the_shares_does_not_matter(scale):
    shares = [25 * scale, 50 * scale, 25 * scale]

    result = break_even(shares, [7_550, 10_000, 10_750])

    assert result == break_even([25, 50, 25], [7_550, 10_000, 10_750])


def test_a_hub_begins_with_three_tiers_from_the_lowest_up():
    assert [(tier.code, tier.multiplier_bps) for tier in DEFAULT_TIERS] == [
        ("solidaire", 8_000),
        ("juste_prix", 10_000),
        ("soutien", 11_500),
    ]
