"""Which money of the solidarity fund pays for whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.errors import FundTooLow
from pricing.core.funding import LotDraw, MoneyLot, Wish, choose_lots, hold_in_turn

TODAY = date(2026, 11, 21)
SPRING = MoneyLot(
    code="spring",
    balance_cents=2_000,
    ends_on=date(2027, 3, 31),
    eligible_groups=frozenset({"kitchen", "market"}),
)
SUMMER = MoneyLot(
    code="summer",
    balance_cents=3_000,
    ends_on=date(2027, 8, 31),
    eligible_groups=frozenset({"kitchen"}),
)
GIFTS = MoneyLot(code="gifts", balance_cents=10_000)


def test_the_grant_that_ends_first_pays_first_and_gifts_pay_last():
    draws = choose_lots([GIFTS, SUMMER, SPRING], 5_500, "kitchen", TODAY)

    assert draws == [
        LotDraw("spring", 2_000),
        LotDraw("summer", 3_000),
        LotDraw("gifts", 500),
    ]


def test_a_grant_never_pays_for_a_group_it_excludes():
    draws = choose_lots([GIFTS, SUMMER, SPRING], 2_500, "market", TODAY)

    assert draws == [LotDraw("spring", 2_000), LotDraw("gifts", 500)]


def test_a_grant_pays_on_its_last_day_and_not_after():
    last_day, next_day = date(2027, 3, 31), date(2027, 4, 1)

    draws = [
        choose_lots([SPRING, GIFTS], 100, "market", day) for day in (last_day, next_day)
    ]

    assert draws == [[LotDraw("spring", 100)], [LotDraw("gifts", 100)]]


def test_a_draw_the_fund_cannot_pay_says_what_is_missing():
    with pytest.raises(FundTooLow) as refusal:
        choose_lots([SPRING, SUMMER], 2_150, "market", TODAY)

    assert refusal.value.data == {"missing_cents": 150}


def test_a_draw_of_nothing_takes_nothing():
    assert choose_lots([GIFTS], 0, "market", TODAY) == []


lot_lists = st.lists(
    st.builds(
        MoneyLot,
        code=st.text("abcdef", min_size=3, max_size=6),
        balance_cents=st.integers(0, 5_000),
        ends_on=st.none() | st.dates(date(2026, 10, 1), date(2027, 12, 31)),
        eligible_groups=st.none()
        | st.frozensets(st.sampled_from(["kitchen", "market", "school"])),
    ),
    max_size=8,
    unique_by=lambda lot: lot.code,
)


@given(lot_lists, st.integers(0, 20_000), st.randoms())
def test_draws_sum_to_the_amount_from_money_that_may_pay(lots, amount_cents, chance):
    usable = {lot.code: lot for lot in lots if lot.may_pay_for("market", TODAY)}
    missing = amount_cents - sum(lot.balance_cents for lot in usable.values())
    shuffled = list(lots)
    chance.shuffle(shuffled)

    if missing > 0:
        with pytest.raises(FundTooLow) as refusal:
            choose_lots(lots, amount_cents, "market", TODAY)
        assert refusal.value.data == {"missing_cents": missing}
        return
    draws = choose_lots(lots, amount_cents, "market", TODAY)

    assert sum(draw.amount_cents for draw in draws) == amount_cents
    assert [d for d in draws if d.amount_cents > usable[d.code].balance_cents] == []
    assert draws == choose_lots(shuffled, amount_cents, "market", TODAY)


AFTER_SPRING = date(2027, 4, 1)


def test_what_an_order_had_of_a_lot_stays_its_own_after_the_lot_has_ended():
    draws = choose_lots([GIFTS, SPRING], 700, "kitchen", AFTER_SPRING, {"spring": 300})

    assert draws == [LotDraw("spring", 300), LotDraw("gifts", 400)]


def test_what_an_order_had_is_kept_before_a_lot_that_ends_first_is_touched():
    draws = choose_lots([GIFTS, SPRING], 400, "kitchen", TODAY, {"gifts": 300})

    assert draws == [LotDraw("spring", 100), LotDraw("gifts", 300)]


def test_of_what_an_order_had_no_more_is_kept_than_it_needs():
    draws = choose_lots([SPRING], 200, "kitchen", AFTER_SPRING, {"spring": 300})

    assert draws == [LotDraw("spring", 200)]


LOTS = ("a", "b", "c")
cents = st.integers(0, 300)
rows = st.lists(st.tuples(st.sampled_from(LOTS), cents), max_size=3)
wishes = st.builds(
    Wish, buyer_group=st.just("g"), amount_cents=cents, held=rows, own=rows
)


@given(
    balances=st.tuples(cents, cents, cents),
    asked=st.lists(wishes, max_size=4),
)
def test_wishes_lack_something_exactly_when_one_cannot_be_held(balances, asked) -> None:
    lots = [
        MoneyLot(code=code, balance_cents=balance)
        for code, balance in zip(LOTS, balances, strict=True)
    ]

    lacking = hold_in_turn(lots, asked, TODAY)

    free = dict(zip(LOTS, balances, strict=True))
    for wish, missing_cents in zip(asked, lacking, strict=True):
        if sum(amount for _, amount in wish.held) >= wish.amount_cents:
            assert missing_cents == 0
            continue
        for code, amount in wish.held:
            free[code] += amount
        now = [MoneyLot(code=code, balance_cents=free[code]) for code in LOTS]
        kept = dict.fromkeys(LOTS, 0)
        for code, amount in (*wish.held, *wish.own):
            kept[code] += amount
        if missing_cents:
            with pytest.raises(FundTooLow) as refusal:
                choose_lots(now, wish.amount_cents, "g", TODAY, kept)
            assert refusal.value.data == {"missing_cents": missing_cents}
            return
        for draw in choose_lots(now, wish.amount_cents, "g", TODAY, kept):
            free[draw.code] -= draw.amount_cents
