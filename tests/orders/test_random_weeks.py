"""Random weeks with real rows: whatever is pressed, in whatever order, all adds up."""

import itertools
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Sum
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hub.core.errors import DomainError
from hub.ledger import statements
from hub.ledger.audit import audit
from hub.models import Cycle, Place
from orders import services
from orders.models import LineSource, Order, OrderLine
from pricing import accounts
from producers import services as producer_services
from producers.core.errors import WeekClosed
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import NOW, change, make_stock, make_week

FUND_CENTS = 3_000
PRICE_CENTS = 1_000
STANDING = [Order.Status.PLACED, Order.Status.ALLOCATED]

_presses = itertools.count(1)
tiers = st.sampled_from(["solidaire", "juste_prix", "soutien"])
units = st.integers(0, 12)
wishes = st.dictionaries(st.integers(0, 3), st.integers(-1, 9), max_size=3)


class Weeks(RuleBasedStateMachine):
    """One small hub: two farms, a pooled line, three buyers, a fund of 30 $."""

    @initialize()
    def begin(self) -> None:
        self.week = make_week(fund_cents=FUND_CENTS)
        pool = farms.make_pooled_offer(self.week.hub, price_cents=PRICE_CENTS)
        second = ground.make_farm(hub=self.week.hub)
        ground.make_place(second, kind=Place.Kind.FARM, point=ground.FARM_POINT)
        self.rows = [
            make_stock(self.week, quantity=8, price_cents=PRICE_CENTS),
            make_stock(self.week, quantity=3, price_cents=PRICE_CENTS),
            make_stock(
                self.week, quantity=5, price_cents=PRICE_CENTS, pooled_offer=pool
            ),
            make_stock(
                self.week,
                quantity=4,
                price_cents=PRICE_CENTS,
                pooled_offer=pool,
                farm=second,
            ),
        ]
        self.items = [
            self.rows[0].offer.public_id,
            self.rows[1].offer.public_id,
            pool.public_id,
            "nothing-like-it",
        ]
        buyers = [ground.make_buyer(hub=self.week.hub) for _ in range(3)]
        self.doors = {buyer: ground.make_place(buyer) for buyer in buyers}
        self.sent: list[tuple[Callable[..., Any], dict[str, Any], int]] = []

    def send(self, service: Callable[..., Any], **asked: Any) -> None:
        """Press a button; what is refused moves nothing."""
        before = self.counted()
        asked["key"] = f"press-{next(_presses)}"
        try:
            found = service(**asked)
        except DomainError:
            assert self.counted() == before
            return
        self.sent.append((service, asked, found.pk))

    def counted(self) -> tuple[Any, ...]:
        """Everything a refusal must leave alone."""
        stock = Availability.objects.filter(offer__hub=self.week.hub)
        return (
            list(stock.order_by("pk").values_list("quantity", "reserved")),
            Order.objects.filter(cycle=self.week.cycle).count(),
            self.free_cents(),
            Cycle.objects.get(pk=self.week.cycle.pk).revision,
        )

    def wanted(self, wishes: dict[int, int]) -> dict[str, int]:
        return {self.items[number]: quantity for number, quantity in wishes.items()}

    def orders(self) -> list[Order]:
        return list(Order.objects.filter(cycle=self.week.cycle).order_by("pk"))

    def free_cents(self) -> int:
        return statements.total_cents(accounts.fund_prefix(hub=self.week.hub.public_id))

    @rule(number=st.integers(0, 3), quantity=units)
    def a_farm_posts_raises_or_lowers(self, number: int, quantity: int) -> None:
        try:
            producer_services.post_availability(
                offer=self.rows[number].offer,
                week_on=self.rows[number].week_on,
                quantity=quantity,
                price_cents=None,
                lot="",
                by=self.week.person,
                now=NOW,
            )
        except WeekClosed:
            assert Cycle.objects.get(pk=self.week.cycle.pk).status == "closed"

    @rule(buyer=st.integers(0, 2), tier_code=tiers, wishes=wishes)
    def a_buyer_orders(
        self, buyer: int, tier_code: str, wishes: dict[int, int]
    ) -> None:
        who = list(self.doors)[buyer]
        self.send(
            services.place_order,
            cycle=self.week.cycle,
            buyer=who,
            drop_point=self.doors[who],
            change=change(self.week, self.wanted(wishes), tier_code=tier_code),
        )

    @precondition(lambda self: self.orders())
    @rule(data=st.data(), tier_code=tiers, wishes=wishes, is_late=st.booleans())
    def a_buyer_changes_an_order(
        self,
        data: st.DataObject,
        tier_code: str,
        wishes: dict[int, int],
        is_late: bool,
    ) -> None:
        order = data.draw(st.sampled_from(self.orders()))
        self.send(
            services.change_order,
            order=order,
            change=change(self.week, self.wanted(wishes), tier_code=tier_code),
            seen_version=order.version - is_late,
        )

    @precondition(lambda self: self.orders())
    @rule(data=st.data())
    def a_buyer_cancels(self, data: st.DataObject) -> None:
        order = data.draw(st.sampled_from(self.orders()))
        self.send(services.cancel_order, order=order, by=self.week.person, now=NOW)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def a_phone_sends_again(self, data: st.DataObject) -> None:
        service, asked, pk = data.draw(st.sampled_from(self.sent))
        before = self.counted()

        again = service(**asked)

        assert (again.pk, self.counted()) == (pk, before)

    @precondition(lambda self: len(self.sent) > 2)
    @rule()
    def the_hub_closes(self) -> None:
        services.close_cycle(cycle_id=self.week.cycle.pk, by=None, now=NOW)

    @invariant()
    def stock_is_conserved(self) -> None:
        if not hasattr(self, "week"):
            return
        behind: Counter[int] = Counter()
        for source in LineSource.objects.filter(
            line__order__cycle=self.week.cycle, line__order__status__in=STANDING
        ):
            behind[source.availability_id] += source.reserved
        for row in Availability.objects.filter(offer__hub=self.week.hub):
            assert row.reserved == behind[row.pk]
            assert row.reserved <= row.quantity + row.short_quantity

    @invariant()
    def every_line_adds_up_and_the_farm_s_price_knows_no_tier(self) -> None:
        if not hasattr(self, "week"):
            return
        lines = OrderLine.objects.filter(order__cycle=self.week.cycle)
        for line in lines:
            paid = line.buyer_cents + line.draw_cents + line.rounding_cents
            due = line.farm_cents + line.transport_cents + line.margin_cents
            assert paid == due + line.tps_cents + line.tvq_cents
            assert line.farm_unit_cents == PRICE_CENTS
            given = line.ordered if line.allocated is None else line.allocated
            assert line.farm_cents == PRICE_CENTS * given

    @invariant()
    def the_fund_holds_what_orders_may_draw(self) -> None:
        if not hasattr(self, "week"):
            return
        hub = self.week.hub.public_id
        held = statements.total_cents(accounts.fund_holds_prefix(hub=hub))
        draws = OrderLine.objects.filter(
            order__cycle=self.week.cycle, order__status__in=STANDING, draw_cents__gt=0
        ).aggregate(cents=Sum(F("draw_cents"), default=0))["cents"]

        assert held == draws
        assert self.free_cents() + held == FUND_CENTS

    @invariant()
    def the_ledger_is_clean(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(sum(amount_cents), 0) FROM ledger_entry")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_random_weeks_add_up() -> None:
    short = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        # Shrinking over a database takes minutes; the long run does it.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    is_long = os.environ.get("HYPOTHESIS_PROFILE") == "soak"

    run_state_machine_as_test(Weeks, settings=settings() if is_long else short)

    wrong = {name: found for name, found in audit().checks.items() if found}
    assert wrong == {}
