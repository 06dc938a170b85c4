"""A farm that sold and is owed, a loan that it has, a run that pays it."""

from datetime import date, timedelta

from django.utils import timezone

from orders import selectors, services
from orders.core.loans import Every, Plan
from orders.models import FarmLoan, PayoutRun
from orders.services import LoanAsked, RunAsked
from tests.factories.day import NOW, Day, deliver, make_day

TODAY = timezone.localdate(NOW)
DUE_ON = TODAY + timedelta(days=30)
"""By then all that is due on delivery is due."""


def make_sold(num_cases: int = 10) -> Day:
    """A farm that is owed ten dollars a case, and a buyer who owes 12,50 $ for each."""
    day = make_day(wants={"a": (num_cases, 0)}, fund_cents=0)
    deliver(day, "a")
    services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=day.coordinator, now=NOW
    )
    return day


def lend(
    day: Day,
    *,
    amount_cents: int = 6_000,
    num_instalments: int = 2,
    share_bps: int = 2_500,
    first_on: date = TODAY,
    key: str = "loan",
) -> FarmLoan:
    """A loan to the first farm, its instalments a week apart."""
    plan = Plan(
        amount_cents=amount_cents,
        num_instalments=num_instalments,
        every=Every.WEEK,
        first_on=first_on,
        share_bps=share_bps,
    )
    asked = LoanAsked(
        farm=day.farms[0], purpose="a cold room", plan=plan, method="cheque", on=TODAY
    )
    return services.grant_loan(
        hub=day.hub, asked=asked, key=key, today=TODAY, by=day.coordinator
    )


def read_run(day: Day, *, through: date = DUE_ON) -> RunAsked:
    """What a person reads before they pay."""
    rows = selectors.payouts_due(day.hub, through=through, today=TODAY)
    return RunAsked(
        through=through,
        fingerprint=selectors.fingerprint_of(rows, through=through),
        method="transfer",
        on=TODAY,
    )


def pay(day: Day, asked: RunAsked | None = None, *, key: str = "run") -> PayoutRun:
    """Pay what was read, or what is due."""
    return services.pay_farms(
        hub=day.hub,
        asked=asked or read_run(day),
        key=key,
        today=TODAY,
        by=day.coordinator,
    )
