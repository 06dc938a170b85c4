"""Of whom a second factor is demanded, and when."""

from datetime import date

import pytest

from hub.core.second_factor import Demand, Standing, demand_of, moves_money

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("roles", "is_asked"),
    [
        ({"coordinator"}, True),
        ({"programme_manager"}, True),
        ({"distributor"}, True),
        ({"group_buyer", "distributor"}, True),
        ({"producer"}, False),
        ({"group_buyer"}, False),
        ({"institutional_buyer"}, False),
        ({"driver"}, False),
        ({"funder"}, False),
        ({"merchant"}, False),
        (set(), False),
    ],
)
def test_who_moves_money(roles: set[str], is_asked: bool) -> None:
    assert moves_money(roles, is_operator=False) is is_asked


def test_an_operator_moves_money_without_any_role() -> None:
    assert moves_money(set(), is_operator=True) is True


@pytest.mark.parametrize(
    ("has_factor", "is_proved", "asked_on", "grace_days", "demand"),
    [
        (True, True, None, 14, Demand.NOTHING),
        (False, True, None, 0, Demand.NOTHING),
        (True, False, None, 14, Demand.PROVE),
        (True, False, None, 0, Demand.PROVE),
        (False, False, None, 14, Demand.SOON),
        (False, False, TODAY, 14, Demand.SOON),
        (False, False, date(2026, 6, 2), 14, Demand.SOON),
        (False, False, date(2026, 6, 1), 14, Demand.ADD),
        (False, False, None, 0, Demand.ADD),
        (False, False, TODAY, 0, Demand.ADD),
    ],
)
def test_what_is_asked_now(
    has_factor: bool,
    is_proved: bool,
    asked_on: date | None,
    grace_days: int,
    demand: Demand,
) -> None:
    standing = Standing(has_factor=has_factor, is_proved=is_proved, asked_on=asked_on)

    assert demand_of(standing, today=TODAY, grace_days=grace_days) is demand
