"""An invoice corrected after its day was settled: the hub's account, and no share."""

import pytest
from django.test import Client
from django.urls import reverse

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import services as order_services
from orders.models import Invoice
from routing import selectors, services
from routing.indicators import settled_figures
from routing.models import CostShare, PayerSettlement
from tests.factories.day import NOW, deliver
from tests.factories.settled import DrivenDay, bring_all, make_driven_day, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def driven() -> DrivenDay:
    """Four cases, 1 $ of transport each; members settle their differences."""
    driven = make_driven_day(wants={"a": (4, 0)})
    services.set_settlement_rule(
        hub=driven.hub, payer="buyer", policy="fixed_order", difference="settled"
    )
    bring_all(driven)
    return driven


def correct(driven: DrivenDay, units: int):
    invoice = Invoice.objects.get(kind="invoice", corrections=None)
    return order_services.correct_invoice(
        invoice=invoice,
        quantities={invoice.lines.get().order_line_id: units},
        reason="deux caisses gelées",
        by=None,
        now=NOW,
        key=f"{units}",
    )


def transport_of(driven: DrivenDay) -> int:
    return statements.balance_cents(f"hub:{driven.hub.public_id}:transport")


def settled_rows() -> list[list[object]]:
    return [
        list(CostShare.objects.values()),
        list(PayerSettlement.objects.values()),
    ]


def test_the_difference_comes_to_the_hub_s_account_and_no_share_changes(driven):
    settlement = settle(driven)
    before, left_cents = settled_rows(), transport_of(driven)

    credit, again = correct(driven, 2)

    (since,) = selectors.corrected_since(settlement, driven.day.coordinator)
    assert settled_rows() == before
    assert transport_of(driven) == left_cents - 200 == since.left_cents
    assert [row.papers for row in since.corrections] == [(credit, again)]
    assert (since.part.left_cents, since.changed_cents) == (left_cents, -200)
    assert audit().is_clean


def test_its_entry_on_the_account_bears_the_name_of_the_correction(driven):
    settle(driven)
    code = f"hub:{driven.hub.public_id}:transport"

    credit, again = correct(driven, 2)

    lines = statements.statement(
        code,
        since=driven.service_on.replace(day=1),
        until=NOW.date().replace(year=2030),
    ).lines
    by_key = {line.posting_key: line.amount_cents for line in lines}
    assert again is not None
    assert (by_key[credit.posting_key], by_key[again.posting_key]) == (-400, 200)


def test_the_figures_of_the_day_follow_the_correction(driven):
    settle(driven)
    day = {"pool": driven.pool, "service_on": driven.service_on}
    before = settled_figures(**day)

    correct(driven, 2)

    after = settled_figures(**day)
    assert before is not None
    assert after is not None
    names = ("buyer_invoiced_cents", "farm_payable_cents", "driven_cost_cents")
    cost_cents = driven.plan.cost_cents
    assert [before[name] for name in names] == [5_000, 4_000, cost_cents]
    assert [after[name] for name in names] == [2_500, 2_000, cost_cents]


def test_what_was_corrected_before_is_in_the_shares_and_is_no_correction_since(driven):
    order_services.bill_day(
        hub=driven.hub, service_on=driven.service_on, by=None, now=NOW
    )
    correct(driven, 2)

    settlement = settle(driven)

    (since,) = selectors.corrected_since(settlement, driven.day.coordinator)
    assert (since.part.credited_cents, since.corrections) == (200, [])
    assert transport_of(driven) == since.left_cents


def test_what_comes_after_all_is_billed_to_the_same_account(driven):
    settlement = settle(driven)
    correct(driven, 0)
    deliver(driven.day, "a", units=3)

    order_services.bill_day(
        hub=driven.hub, service_on=driven.service_on, by=None, now=NOW
    )

    (since,) = selectors.corrected_since(settlement, driven.day.coordinator)
    assert [row.transport_cents for row in since.corrections] == [-400, 300]
    assert transport_of(driven) == since.left_cents


def test_the_page_of_the_settled_day_shows_it(driven):
    settle(driven)
    credit, again = correct(driven, 2)
    client = Client()
    client.force_login(driven.day.coordinator)

    page = client.get(
        reverse("routing:settlement", args=[driven.pool.public_id, driven.service_on])
    )

    shown = page.content.decode().replace("\u00a0", " ")
    for paper in (credit, again):
        assert reverse("orders:invoice", args=[paper.public_id]) in shown
    assert shown.count("-2,00 $") == 3
