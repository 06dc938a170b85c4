"""What a margin on one basis is worth on the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.errors import MarginOutOfRange
from pricing.core.margins import markup_equivalent_bps, share_of_sale_bps


def test_a_markup_of_fifteen_percent_is_thirteen_percent_of_the_sale():
    assert share_of_sale_bps(1_500) == 1_304


def test_a_commission_of_twenty_two_percent_is_a_markup_of_twenty_eight():
    assert markup_equivalent_bps(2_200) == 2_821


def test_a_commission_of_the_whole_price_has_no_markup():
    with pytest.raises(MarginOutOfRange) as refusal:
        markup_equivalent_bps(10_000)

    assert refusal.value.data == {"basis": "commission_on_price", "rate_bps": 10_000}


@given(st.integers(0, 8_000))
def test_a_commission_turned_into_a_markup_and_back_is_itself(commission_bps):
    markup_bps = markup_equivalent_bps(commission_bps)

    assert abs(share_of_sale_bps(markup_bps) - commission_bps) <= 1
