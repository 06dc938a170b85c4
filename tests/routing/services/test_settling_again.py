"""A settled day is reopened, corrected, and settled anew; the books stay whole."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from hub.models import IndicatorFact, Notice
from orders import services as order_services
from orders.core.errors import RequestReused
from orders.models import Invoice, OrderLine
from routing import selectors, services
from routing.core.errors import DayNotSettled
from routing.indicators import settled_figures
from routing.models import CostShare, DaySettlement
from routing.services.settling_again import Line
from tests.factories import hub as ground
from tests.factories.settled import (
    NOW,
    DrivenDay,
    bring_all,
    make_driven_day,
    settle,
)

pytestmark = pytest.mark.django_db

BACK = services.WayBack(reason="Deux caisses gelées.", by=None, now=NOW)


@pytest.fixture
def driven() -> DrivenDay:
    driven = make_driven_day(wants={"a": (4, 0)})
    services.set_settlement_rule(
        hub=driven.hub, payer="buyer", policy="fixed_order", difference="settled"
    )
    bring_all(driven)
    return driven


def reopen(driven: DrivenDay, key: str = "again") -> DaySettlement:
    return services.reopen_day(
        pool=driven.pool, service_on=driven.service_on, ask=BACK, key=key
    )


def correct(units: int) -> None:
    order_services.correct_invoice(
        invoice=Invoice.objects.get(),
        quantities={OrderLine.objects.get().pk: units},
        reason="gelées",
        by=None,
        now=NOW,
        key="frozen",
    )


def balances() -> dict[str, int]:
    """What stands on each account, those at zero left out."""
    return {code: cents for code, cents in statements.balances("").items() if cents}


def look(driven: DrivenDay) -> list[tuple[int, int]]:
    lines: list[Line] = services.look_at_day(driven.pool, driven.service_on)
    return [(line.settled_cents, line.counted_cents) for line in lines]


def test_a_reopened_day_leaves_the_books_as_before_it_was_settled(driven):
    order_services.bill_day(
        hub=driven.hub, service_on=driven.service_on, by=None, now=NOW
    )
    billed = balances()
    settle(driven)

    reopen(driven)

    assert balances() == billed
    assert selectors.settlement_of(driven.pool, driven.service_on) is None
    assert audit().is_clean


def test_settled_anew_without_a_change_it_comes_to_the_same_cents(driven):
    first = settle(driven)
    once = balances()
    reopen(driven)

    second = settle(driven)

    assert (balances(), second.number, first.number) == (once, 2, 1)
    assert audit().is_clean


def test_the_preview_is_what_settling_anew_gives(driven):
    settle(driven)
    correct(2)
    seen = look(driven)
    buyer = driven.day.orders["a"].buyer
    reopen(driven)

    settle(driven)

    moved = {
        line.organization.pk: line.settled_cents
        for line in services.look_at_day(driven.pool, driven.service_on)
    }
    assert [counted for _was, counted in seen] == [
        moved[driven.carrier.pk] if was > 0 else moved[buyer.pk] for was, _ in seen
    ]
    assert any(was != counted for was, counted in seen)
    assert all(was == counted for was, counted in look(driven))


def test_the_first_settlement_stays_as_history(driven):
    first = settle(driven)
    shares = list(CostShare.objects.values_list("pk", "share_cents"))
    reopen(driven)
    settle(driven)

    (kept,) = selectors.withdrawn_settlements(driven.pool, driven.service_on)
    assert (kept, kept.withdrawn_reason) == (first, "Deux caisses gelées.")
    assert (
        list(
            CostShare.objects.filter(hub__settlement=first).values_list(
                "pk", "share_cents"
            )
        )
        == shares
    )
    assert len(selectors.pay_of(driven.carrier)) == 1
    assert len(selectors.days_of_payer(driven.day.orders["a"].buyer)) == 1


def test_reports_forget_a_reopened_day_and_count_it_anew(driven):
    settle(driven)
    counted = settled_figures(pool=driven.pool, service_on=driven.service_on)
    reopen(driven)
    forgotten = IndicatorFact.objects.filter(key__startswith="routing:").count()
    unsettled = settled_figures(pool=driven.pool, service_on=driven.service_on)

    settle(driven)

    again = settled_figures(pool=driven.pool, service_on=driven.service_on)
    assert (forgotten, unsettled, again) == (0, None, counted)


def test_who_was_credited_is_told_once(driven):
    buyer = driven.day.orders["a"].buyer
    ground.make_group_buyer(buyer)
    settle(driven)
    reopen(driven)
    reopen(driven)

    told = Notice.objects.filter(kind="day_reopened")
    assert list(told.values_list("organization__name", flat=True)) == [buyer.name]


def test_who_was_credited_nothing_is_told_nothing(driven):
    services.set_settlement_rule(
        hub=driven.hub, payer="buyer", policy="fixed_order", difference="kept"
    )
    ground.make_group_buyer(driven.day.orders["a"].buyer)
    settle(driven)

    reopen(driven)

    assert Notice.objects.filter(kind="day_reopened").count() == 0


def test_what_was_said_of_the_day_before_it_was_reopened_stays_true(driven):
    code = f"carrier:{driven.carrier.public_id}"
    until = driven.service_on + timedelta(days=1)
    month = {"since": driven.service_on.replace(day=1), "until": until}
    settle(driven)
    told = statements.statement(code, **month)
    ask = replace(BACK, now=NOW + timedelta(days=9))

    services.reopen_day(
        pool=driven.pool, service_on=driven.service_on, ask=ask, key="again"
    )

    assert told.lines != ()
    assert statements.statement(code, **month) == told
    assert statements.balance_cents(code) == 0


def test_a_day_that_is_not_settled_has_nothing_to_reopen(driven):
    before = balances()

    with pytest.raises(DayNotSettled):
        reopen(driven)

    assert (balances(), DaySettlement.objects.count()) == (before, 0)


def test_a_key_reopens_one_day_only(driven):
    settle(driven)
    first = reopen(driven)
    settle(driven)

    assert reopen(driven) == first
    with pytest.raises(RequestReused):
        services.reopen_day(
            pool=driven.pool,
            service_on=driven.service_on.replace(day=1),
            ask=BACK,
            key="again",
        )


def test_a_coordination_reads_only_the_members_of_its_own_hubs():
    driven = make_driven_day(wants={"a": (4, 0)}, num_hubs=2)
    for hub in driven.pool.hubs.all():
        services.set_settlement_rule(
            hub=hub, payer="buyer", policy="fixed_order", difference="settled"
        )
    bring_all(driven)
    settle(driven)

    lines = services.look_at_day(
        driven.pool, driven.service_on, person=driven.day.coordinator
    )

    assert {line.hub_id for line in lines} == {None, driven.hub.pk}
