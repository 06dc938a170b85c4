"""What a correction takes of the fund is said before, to the cent."""

from dataclasses import asdict

import pytest

from hub.core.errors import DomainError
from hub.ledger import statements
from hub.models import Notice
from orders import services
from orders.models import Invoice, OrderKey
from pricing.core.errors import FundTooLow
from tests.factories.scarce import spend
from tests.factories.week import NOW
from tests.orders.services.test_corrections import settled

pytestmark = pytest.mark.django_db


def look(invoice: Invoice, units: int) -> services.BeforeCorrection:
    pk = invoice.lines.get().order_line_id
    return services.before_correction(
        invoice=invoice, quantities={pk: units}, by=None, now=NOW
    )


def free_cents(invoice: Invoice) -> int:
    return services.money_behind(invoice.order_id).fund_free_cents or 0


def act(invoice: Invoice, units: int) -> tuple[str | None, int | None]:
    """The code of the refusal, or what the invoice in its place comes to."""
    try:
        _credit, again = services.correct_invoice(
            invoice=invoice,
            quantities={invoice.lines.get().order_line_id: units},
            reason="deux caisses gelées",
            by=None,
            now=NOW,
            key="once",
        )
    except DomainError as refusal:
        return refusal.code, None
    return None, again.buyer_cents if again else 0


@pytest.mark.parametrize("units", [0, 2, 4, 5, 6])
@pytest.mark.parametrize("left_cents", [0, 249, 250, 1_000])
@pytest.mark.parametrize("tier", ["solidaire", "soutien"])
def test_the_look_is_what_the_act_does_or_why_it_is_refused(tier, left_cents, units):
    day, invoice = settled(tier)
    spend(day.week, free_cents(invoice) - left_cents)

    before = look(invoice, units)
    code, again_cents = act(invoice, units)

    said = before.refusal.code if before.refusal else None
    after = services.money_behind(invoice.order_id)
    assert (said, before.again_cents) == (code, again_cents)
    assert before.money.fund_free_cents == left_cents
    if code is None:
        assert before.after == after
        assert before.is_emptied == (after.fund_free_cents == 0 and left_cents > 0)
    else:
        assert (before.after, after) == (None, before.money)


def test_a_fund_too_low_is_said_with_what_is_missing():
    day, invoice = settled("solidaire")
    spend(day.week, free_cents(invoice) - 249)

    before = look(invoice, 5)

    assert isinstance(before.refusal, FundTooLow)
    assert before.missing_cents == 1


def test_a_look_leaves_nothing_behind():
    day, invoice = settled("solidaire")
    kept = (
        asdict(services.money_behind(invoice.order_id)),
        statements.balances(""),
        Invoice.objects.count(),
        OrderKey.objects.count(),
        Notice.objects.count(),
    )

    look(invoice, 2)

    assert kept == (
        asdict(services.money_behind(invoice.order_id)),
        statements.balances(""),
        Invoice.objects.count(),
        OrderKey.objects.count(),
        Notice.objects.count(),
    )
    assert act(invoice, 2) == (None, 2_000)
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]
