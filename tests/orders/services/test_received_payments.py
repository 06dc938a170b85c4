"""Money received: in the books at once, matched, taken back, given back.

“a” owes 62,50 $ on invoice 1 and “b” 37,50 $ on invoice 2.
"""

import pytest

from hub.ledger.core.errors import KeyReused
from hub.models import Trace
from orders import selectors, services
from orders.core.errors.payments import (
    CreditSpent,
    CreditTooLow,
    MatchUndone,
)
from orders.models import InvoicePayment
from tests.factories.day import NOW
from tests.factories.payments import (
    TODAY,
    Billed,
    books,
    correct,
    make_billed,
    match,
    receive,
    still_open,
    unmatch,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def billed() -> Billed:
    return make_billed()


def test_money_is_in_the_books_before_anybody_knows_whose_it_is(
    billed: Billed,
) -> None:
    receive(billed.hub, 6_250, payer="OASIS")

    assert books(billed) == {
        "bank": -6_250,
        "suspense": 6_250,
        "a": -6_250,
        "b": -3_750,
    }
    assert selectors.suspense_cents(billed.hub) == 6_250
    assert selectors.suspense_faults() == []


def test_a_match_moves_it_to_the_buyer_and_pays_its_invoice(billed: Billed) -> None:
    payment = receive(billed.hub, 6_250)

    made = match(payment, billed, "a", a=6_250)

    assert books(billed) == {"bank": -6_250, "suspense": 0, "a": 0, "b": -3_750}
    assert still_open(billed) == {2: 3_750}
    assert made.payment.left_cents == 0
    assert Trace.objects.filter(kind="payment_matched").count() == 1


def test_one_payment_pays_in_part_and_another_the_rest(billed: Billed) -> None:
    match(receive(billed.hub, 2_000), billed, "a", key="m1", a=2_000)

    before = still_open(billed)
    match(receive(billed.hub, 4_250), billed, "a", key="m2", a=4_250)

    assert before == {1: 4_250, 2: 3_750}
    assert still_open(billed) == {2: 3_750}
    assert books(billed)["a"] == 0


def test_one_payment_of_two_organizations_is_matched_in_two_parts(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 10_000)

    match(payment, billed, "a", key="m1", amount_cents=6_250, a=6_250)
    payment.refresh_from_db()
    waiting = payment.left_cents
    match(payment, billed, "b", key="m2", b=3_750)

    assert waiting == 3_750
    assert books(billed) == {"bank": -10_000, "suspense": 0, "a": 0, "b": 0}
    assert selectors.suspense_faults() == []


def test_what_is_over_stays_the_buyers_credit_and_pays_another_invoice(
    billed: Billed,
) -> None:
    match(receive(billed.hub, 7_000), billed, "a", a=5_000)

    credit = selectors.credit_cents(billed.buyer("a"))
    used = services.use_credit(
        buyer=billed.buyer("a"),
        pays={billed.invoices["a"].pk: 1_250},
        key="use",
        by=None,
        now=NOW,
    )

    assert credit == 2_000
    assert selectors.credit_cents(billed.buyer("a")) == 750
    assert still_open(billed) == {2: 3_750}
    assert books(billed) == {"bank": -7_000, "suspense": 0, "a": 750, "b": -3_750}
    assert [row.amount_cents for row in used] == [1_250]


def test_the_same_match_again_gives_the_first_answer(billed: Billed) -> None:
    payment = receive(billed.hub, 6_250)
    first = match(payment, billed, "a", a=6_250)
    after = books(billed)

    again = match(payment, billed, "a", a=6_250)

    assert again == first
    assert books(billed) == after
    with pytest.raises(KeyReused):
        match(payment, billed, "a", a=6_249)
    assert books(billed) == after


def test_a_match_taken_back_leaves_the_money_waiting_to_be_matched_anew(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 3_750)
    made = match(payment, billed, "a", a=3_750)

    unmatch(made)

    payment.refresh_from_db()
    waiting, opened, back = payment.left_cents, still_open(billed), books(billed)
    match(payment, billed, "b", key="m2", b=3_750)
    assert waiting == 3_750
    assert opened == {1: 6_250, 2: 3_750}
    assert back == {"bank": -3_750, "suspense": 3_750, "a": -6_250, "b": -3_750}
    assert books(billed)["b"] == 0
    with pytest.raises(MatchUndone):
        unmatch(made)
    assert selectors.suspense_faults() == []


def test_a_corrected_invoice_is_paid_by_what_paid_the_one_it_replaces(
    billed: Billed,
) -> None:
    match(receive(billed.hub, 6_250), billed, "a", a=6_250)

    correct(billed, "a", 3)

    assert still_open(billed) == {2: 3_750}
    assert selectors.credit_cents(billed.buyer("a")) == 2_500
    assert books(billed)["a"] == 2_500


def test_what_more_a_correction_bills_is_open(billed: Billed) -> None:
    correct(billed, "a", 4)
    again = selectors.open_invoices(billed.hub, buyer=billed.buyer("a"))[0]
    payment = receive(billed.hub, 5_000)
    services.match_payment(
        payment=payment,
        buyer=billed.buyer("a"),
        pays={again.pk: 5_000},
        key="m1",
        on=TODAY,
        now=NOW,
        by=None,
    )
    after = still_open(billed)

    services.correct_invoice(
        invoice=selectors.invoices_by_pk([again.pk])[again.pk],
        quantities={billed.day.orders["a"].lines.get().pk: 5},
        reason="elle y était",
        by=None,
        now=NOW,
        key="correct-again",
    )

    # Number 6: two papers for each of the two corrections came after 1 and 2.
    assert after == {2: 3_750}
    assert still_open(billed) == {2: 3_750, 6: 1_250}
    assert books(billed)["a"] == -1_250


def test_an_invoice_credited_whole_leaves_its_payment_as_credit(
    billed: Billed,
) -> None:
    match(receive(billed.hub, 6_250), billed, "a", a=6_250)

    correct(billed, "a", 0)

    assert still_open(billed) == {2: 3_750}
    assert selectors.credit_cents(billed.buyer("a")) == 6_250


def refund(billed: Billed, cents: int, key: str = "back") -> None:
    services.refund_credit(
        buyer=billed.buyer("a"),
        amount_cents=cents,
        method="virement 12",
        key=key,
        on=TODAY,
        today=TODAY,
        by=None,
    )


def test_a_credit_is_given_back_once_and_never_above_what_it_is(
    billed: Billed,
) -> None:
    match(receive(billed.hub, 7_000), billed, "a", a=6_250)

    refund(billed, 750)
    refund(billed, 750)

    assert books(billed) == {"bank": -6_250, "suspense": 0, "a": 0, "b": -3_750}
    with pytest.raises(CreditTooLow):
        refund(billed, 1, key="other")
    assert books(billed)["bank"] == -6_250


def test_a_match_whose_credit_was_given_back_stays(billed: Billed) -> None:
    made = match(receive(billed.hub, 7_000), billed, "a", a=6_250)
    refund(billed, 750)
    after = books(billed)

    with pytest.raises(CreditSpent):
        unmatch(made)

    assert books(billed) == after
    assert InvoicePayment.objects.filter(undone_at=None).count() == 1


def test_a_match_whose_credit_pays_elsewhere_waits_until_that_is_taken_back(
    billed: Billed,
) -> None:
    made = match(receive(billed.hub, 7_000), billed, "a")
    (used,) = services.use_credit(
        buyer=billed.buyer("a"),
        pays={billed.invoices["a"].pk: 6_250},
        key="use",
        by=None,
        now=NOW,
    )
    with pytest.raises(CreditSpent):
        unmatch(made)

    services.give_credit_back(used=used, by=None, now=NOW)
    unmatch(made)

    assert still_open(billed) == {1: 6_250, 2: 3_750}
    assert selectors.suspense_cents(billed.hub) == 7_000


def test_money_that_came_by_mistake_is_sent_back(billed: Billed) -> None:
    payment = receive(billed.hub, 6_250)

    for _ in range(2):
        services.refund_payment(
            payment=payment,
            amount_cents=2_250,
            method="chèque 9",
            key="back",
            on=TODAY,
            today=TODAY,
            by=None,
        )

    payment.refresh_from_db()
    assert payment.left_cents == 4_000
    assert books(billed)["suspense"] == 4_000
    assert books(billed)["bank"] == -4_000
    assert selectors.suspense_faults() == []
