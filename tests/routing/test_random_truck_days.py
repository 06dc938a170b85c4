"""Random days of the trucks: hands, phones, refusals, breakdowns, bills, corrections.

After every step books, stock, shipments and papers agree with an oracle in plain
figures; a step that is refused leaves everything as it was.
"""

from typing import ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from hub.ledger import sealing
from hub.ledger.audit import audit
from orders.models import Invoice
from routing import services
from tests.factories.week import NOW
from tests.routing.truckday.hands import Hands
from tests.routing.truckday.office import Office
from tests.routing.truckday.road import Road, cases
from tests.routing.truckday.world import World, make_world
from tests.soak.figures import count
from tests.soak.playing import play


class TruckDays(Hands, Road, Office, RuleBasedStateMachine):
    """One day, undone whole when the example ends; every example begins with it."""

    today: ClassVar[World]

    def __init__(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        super().__init__(self.today)

    def teardown(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            sealing.seal(limit=1_000_000)
            assert audit().is_clean
            count("truck days")
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @initialize(
        begun=st.sampled_from(["planning", "out", "out", "out", "home"]),
        payer=st.sampled_from(["buyer", "farm"]),
        policy=st.sampled_from(["fixed_order", "per_unit", "equal"]),
        difference=st.sampled_from(["kept", "returned", "settled"]),
        units=cases,
    )
    def the_day_begins(
        self, begun: str, payer: str, policy: str, difference: str, units: int
    ) -> None:
        services.set_settlement_rule(
            hub=self.world.hub, payer=payer, policy=policy, difference=difference
        )
        if begun != "planning":
            services.publish_plan(plan=self.world.plan, by=None, now=NOW)
            self.the_trucks_leave()
        if begun == "home":
            self.drive_all(units)

    @invariant()
    def all_agrees(self) -> None:
        self.prove()


@pytest.mark.django_db
@pytest.mark.parametrize("flow", ["direct", "cross_dock"])
def test_random_truck_days_keep_books_stock_shipments_and_papers(flow: str) -> None:
    machine = type("TruckDaysOf", (TruckDays,), {"today": make_world(flow)})
    play(machine, examples=4, steps=12, a_round=5)

    assert Invoice.objects.count() == 0
