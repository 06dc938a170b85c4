"""A correction moves only the difference, and each dollar from or to its own lot."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from hub.ledger import posting, statements
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from orders import services
from orders.core.errors import GiftSpent
from orders.models import Invoice
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from pricing.models import FundLot
from tests.factories.day import NOW, Day, deliver, make_day
from tests.factories.week import make_week

pytestmark = pytest.mark.django_db


@dataclass
class Granted:
    """An order at 80 %: 2,50 $ a case of the first farm come from the fund.

    A grant of 6,00 $ that ends is spent first, then 10,00 $ of contributions.
    """

    day: Day
    grant: FundLot

    @property
    def free(self) -> tuple[int, int]:
        """Cents that may still be promised: of the grant, of the contributions."""
        lots = (self.grant, self.day.week.lot)
        codes = [pricing_selectors.account_code(lot) for lot in lots]
        return (statements.balance_cents(codes[0]), statements.balance_cents(codes[1]))

    def end_grant(self) -> None:
        FundLot.objects.filter(pk=self.grant.pk).update(
            ends_on=NOW.date() - timedelta(days=1)
        )

    def bill(self) -> list[Invoice]:
        return services.bill_day(
            hub=self.day.hub,
            service_on=self.day.week.cycle.service_on,
            by=None,
            now=NOW,
        )


def make_granted(*, units: int = 5, others: int = 0) -> Granted:
    week = make_week(fund_cents=1_000)
    grant = pricing_services.add_lot(
        fund=week.lot.fund, source="Fondation", on=NOW.date(), ends_on=NOW.date()
    )
    pricing_services.deposit(lot=grant, amount_cents=600, key="g", on=NOW.date())
    day = make_day(wants={"a": (units, others)}, tiers={"a": "solidaire"}, week=week)
    return Granted(day, grant)


def correct(invoice: Invoice, units: int, key: str = "once"):
    return services.correct_invoice(
        invoice=invoice,
        quantities={invoice.lines.get().order_line_id: units},
        reason="comptage",
        by=None,
        now=NOW,
        key=key,
    )


def generous(*, left_cents: int) -> tuple[Day, Invoice]:
    """Four cases at 115 %, of whose gift of 7,52 $ the fund has kept so much."""
    day = make_day(wants={"a": (5, 0)}, tiers={"a": "soutien"}, fund_cents=0)
    deliver(day, "a", units=4)
    (invoice,) = services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=None, now=NOW
    )
    lot = AccountRef(pricing_selectors.account_code(day.week.lot), floored=True)
    outside = AccountRef(f"funder:{day.hub.public_id}", floored=False)
    spent_cents = 752 - left_cents
    posting.post(
        key="spent",
        kind="fund-deposit",
        moves=[Move(lot, -spent_cents), Move(outside, spent_cents)],
        effective_on=NOW.date(),
    )
    return day, invoice


def test_a_smaller_gift_asks_only_the_difference_of_the_fund():
    day, invoice = generous(left_cents=188)

    _, again = correct(invoice, 3)

    lot = pricing_selectors.account_code(day.week.lot)
    assert again is not None
    assert (again.draw_cents, statements.balance_cents(lot)) == (-3 * 188, 0)
    assert audit().is_clean


def test_a_difference_that_the_fund_has_spent_is_refused_to_the_cent():
    day, invoice = generous(left_cents=187)

    with pytest.raises(GiftSpent) as refusal:
        correct(invoice, 3)

    lot = pricing_selectors.account_code(day.week.lot)
    assert refusal.value.data == {"missing_cents": 1}
    assert (Invoice.objects.count(), statements.balance_cents(lot)) == (1, 187)


def test_a_larger_gift_needs_nothing_of_the_fund():
    day, invoice = generous(left_cents=0)

    correct(invoice, 5)

    lot = pricing_selectors.account_code(day.week.lot)
    assert statements.balance_cents(lot) == 188


def test_a_smaller_draw_goes_back_to_the_lots_that_paid_it():
    granted = make_granted()
    deliver(granted.day, "a", units=4)
    (invoice,) = granted.bill()
    before = granted.free

    correct(invoice, 2)

    # 10,00 $ were 6,00 $ of the grant and 4,00 $ of contributions; 5,00 $ remain
    assert (before, granted.free) == ((0, 600), (100, 1_000))
    assert audit().is_clean


def test_a_larger_draw_keeps_the_grant_that_had_paid_though_it_has_ended():
    granted = make_granted()
    deliver(granted.day, "a", units=4)
    (invoice,) = granted.bill()
    granted.end_grant()

    correct(invoice, 5)

    assert granted.free == (0, 350)
    assert audit().is_clean


@pytest.fixture
def twice_billed() -> tuple[Granted, Invoice]:
    """The order's hold was replaced, for other goods, since the invoice was written."""
    granted = make_granted(units=4, others=1)
    deliver(granted.day, "a", 0, units=2)
    deliver(granted.day, "a", 1, units=0)
    (invoice,) = granted.bill()
    deliver(granted.day, "a", 1)
    granted.bill()
    granted.end_grant()
    granted.day.orders["a"].refresh_from_db()
    assert invoice.hold_key != granted.day.orders["a"].hold_key
    return granted, invoice


def test_a_hold_that_was_replaced_still_pays_what_it_had_paid(twice_billed):
    granted, invoice = twice_billed
    before = granted.free

    _, again = correct(invoice, 1)

    # the grant paid 5,00 $ for two cases; one stays paid by it, though it has ended
    assert again is not None
    assert (again.hold_key, before) == (invoice.hold_key, (0, 620))
    assert granted.free == (250, 620)
    assert audit().is_clean


def test_a_larger_draw_adds_to_the_hold_that_was_replaced(twice_billed):
    granted, invoice = twice_billed

    correct(invoice, 4)

    # four cases: 5,00 $ of the grant as before, 5,00 $ of contributions
    assert granted.free == (0, 120)
    assert audit().is_clean


def test_what_is_credited_whole_goes_back_to_its_lots(twice_billed):
    granted, invoice = twice_billed

    _, again = correct(invoice, 0)

    assert (again, granted.free) == (None, (500, 620))
    assert audit().is_clean
