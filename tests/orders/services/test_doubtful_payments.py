"""Payments refused, doubtful, proposed: nothing moves that should not.

“a” owes 62,50 $ on invoice 1 and “b” 37,50 $ on invoice 2.
"""

from datetime import timedelta
from typing import Any

import pytest

from hub.ledger.core.errors import KeyReused, NotEnoughMoney
from orders import selectors, services
from orders.core.errors import NotAPayment, PaidInFuture
from orders.core.errors.payments import (
    DoubleUndecided,
    InvoiceNotOpen,
    MatchAboveLeft,
    NotADouble,
    PaidAboveMatched,
    PaidAboveOpen,
    PaymentStays,
    PaymentTaken,
    ProposalOutdated,
)
from orders.models import PaymentMatch, ReceivedPayment
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


REFUSED: dict[str, tuple[Any, dict[str, Any]]] = {
    "nothing": (NotAPayment, {"amount_cents": 0}),
    "more than waits": (MatchAboveLeft, {"amount_cents": 6_251}),
    "more for invoices than matched": (PaidAboveMatched, {"a": 6_251}),
    "more than is open": (PaidAboveOpen, {"amount_cents": 6_250, "b": 3_751}),
    "below nothing": (NotAPayment, {"a": -1}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_match_that_cannot_be_moves_nothing(billed: Billed, name: str) -> None:
    payment = receive(billed.hub, 6_250)
    before = books(billed)
    refusal, asked = REFUSED[name]
    buyer = "b" if "b" in asked else "a"

    with pytest.raises(refusal):
        match(payment, billed, buyer, **asked)

    assert books(billed) == before
    assert PaymentMatch.objects.count() == 0


def test_an_invoice_of_another_or_corrected_meanwhile_is_not_paid(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 3_750)
    correct(billed, "a", 3)
    before = books(billed)

    asked: list[dict[str, Any]] = [{"a": 3_750}, {"b": 3_750}]
    for pays in asked:
        with pytest.raises(InvoiceNotOpen):
            match(payment, billed, "a", **pays)

    assert books(billed) == before


def test_a_payment_of_nothing_or_of_tomorrow_is_refused(billed: Billed) -> None:
    with pytest.raises(NotAPayment):
        receive(billed.hub, 0)
    with pytest.raises(PaidInFuture):
        receive(billed.hub, 100, on=TODAY + timedelta(days=1))

    assert books(billed)["bank"] == 0
    assert ReceivedPayment.objects.count() == 0


def test_the_same_key_records_once_and_other_content_is_refused(
    billed: Billed,
) -> None:
    first = receive(billed.hub, 100, key="one")

    again = receive(billed.hub, 100, key="one")

    assert again == first
    with pytest.raises(KeyReused):
        receive(billed.hub, 101, key="one")
    assert selectors.suspense_cents(billed.hub) == 100


def test_a_payment_that_looks_like_another_waits_for_a_decision(
    billed: Billed,
) -> None:
    first = receive(billed.hub, 6_250, payer="OASIS", reference="F-1")
    second = receive(
        billed.hub,
        6_250,
        payer="Oasis",
        reference="f 1",
        on=TODAY - timedelta(days=2),
    )

    assert second.double_of == first
    assert selectors.suspense_cents(billed.hub) == 12_500
    with pytest.raises(DoubleUndecided):
        match(second, billed, "a", a=6_250)
    assert books(billed)["a"] == -6_250


def decide(payment: ReceivedPayment, *, is_another: bool) -> ReceivedPayment:
    return services.decide_double(
        payment=payment, is_another=is_another, by=None, today=TODAY, now=NOW
    )


def test_the_same_written_twice_leaves_the_books_and_stays_readable(
    billed: Billed,
) -> None:
    receive(billed.hub, 6_250, payer="OASIS")
    second = receive(billed.hub, 6_250, payer="OASIS")

    decide(second, is_another=False)

    second.refresh_from_db()
    assert (second.left_cents, second.double_decision) == (0, "same")
    assert selectors.suspense_cents(billed.hub) == 6_250
    assert books(billed)["bank"] == -6_250
    with pytest.raises(NotADouble):
        decide(second, is_another=True)
    assert selectors.suspense_faults() == []


def test_another_payment_is_kept_and_can_be_matched(billed: Billed) -> None:
    match(receive(billed.hub, 3_000, payer="OASIS"), billed, "a", a=3_000)
    second = receive(billed.hub, 3_000, payer="OASIS")

    decide(second, is_another=True)
    match(second, billed, "a", key="m2", a=3_000)

    assert still_open(billed) == {1: 250, 2: 3_750}


def test_what_a_person_wrote_and_the_bank_repeats_is_told(billed: Billed) -> None:
    buyer = billed.buyer("a")
    buyer.name = "Oasis de Rosemont"
    buyer.save()
    services.record_payment(
        buyer=buyer,
        amount_cents=6_250,
        method="virement",
        key="byhand",
        on=TODAY,
        today=TODAY,
    )

    told = services.record_received(
        hub=billed.hub,
        told=services.Received(
            on=TODAY, amount_cents=6_250, payer="VIREMENT INTERAC / OASIS ROSEMONT"
        ),
        source=ReceivedPayment.Source.API,
        key="bank",
        today=TODAY,
        by=None,
        now=NOW,
    )

    assert told.is_undecided
    assert still_open(billed) == {2: 3_750}


def test_a_payment_written_by_mistake_is_taken_back_once(billed: Billed) -> None:
    payment = receive(billed.hub, 6_250)
    made = match(payment, billed, "a", a=6_250)
    ask: dict[str, Any] = {"payment": payment, "by": None, "today": TODAY, "now": NOW}
    with pytest.raises(PaymentStays):
        services.take_back(**ask)
    unmatch(made)

    services.take_back(**ask)

    assert books(billed) == {"bank": 0, "suspense": 0, "a": -6_250, "b": -3_750}
    with pytest.raises(PaymentTaken):
        services.take_back(**ask)
    with pytest.raises(PaymentTaken):
        match(payment, billed, "a", key="m2", a=1)
    assert selectors.suspense_faults() == []


def test_a_proposal_is_confirmed_as_it_was_shown_or_not_at_all(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 6_250, reference="facture 1")
    (proposal,) = selectors.books_of(billed.hub).proposals(payment)
    correct(billed, "a", 3)
    before = books(billed)

    with pytest.raises(ProposalOutdated):
        confirm(payment, proposal.fingerprint)

    assert books(billed) == before


def confirm(payment: ReceivedPayment, fingerprint: str) -> PaymentMatch:
    return services.confirm_proposal(
        payment=payment, fingerprint=fingerprint, on=TODAY, now=NOW, by=None
    )


def test_a_confirmed_proposal_is_done_once_and_its_words_are_learnt(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 6_250, payer="TI-COOP 45", reference="facture 1")
    (proposal,) = selectors.books_of(billed.hub).proposals(payment)

    first = confirm(payment, proposal.fingerprint)
    again = confirm(payment, proposal.fingerprint)

    later = receive(billed.hub, 1_000, payer="Ti-Coop 45")
    (next_one,) = selectors.books_of(billed.hub).proposals(later)
    assert again == first
    assert books(billed)["a"] == 0
    assert next_one.buyer_id == billed.buyer("a").pk
    assert [reason.code for reason in next_one.reasons] == ["learnt"]


@pytest.mark.parametrize("says_so", [True, False])
def test_only_a_hub_that_says_so_lets_exact_ones_be_matched_by_themselves(
    billed: Billed, says_so: bool
) -> None:
    services.state_payment_rule(
        hub=billed.hub, matches_exact=says_so, alarm_days=14, by=None
    )
    exact = receive(billed.hub, 6_250, reference="facture 1")
    named_alone = receive(billed.hub, 3_700, reference="facture 2")

    done = services.match_exact(
        hub=billed.hub, payments=[exact, named_alone], on=TODAY, now=NOW
    )

    assert [(row.payment, row.rule) for row in done] == (
        [(exact, "exact_payment")] if says_so else []
    )
    assert still_open(billed) == ({2: 3_750} if says_so else {1: 6_250, 2: 3_750})


def test_a_hand_written_payment_pays_the_oldest_invoices(billed: Billed) -> None:
    payment = services.record_payment(
        buyer=billed.buyer("a"),
        amount_cents=7_000,
        method="chèque 4",
        key="cheque4",
        on=TODAY,
        today=TODAY,
    )

    again = services.record_payment(
        buyer=billed.buyer("a"),
        amount_cents=7_000,
        method="chèque 4",
        key="cheque4",
        on=TODAY,
        today=TODAY,
    )

    assert again == payment
    assert books(billed) == {"bank": -7_000, "suspense": 0, "a": 750, "b": -3_750}
    assert still_open(billed) == {2: 3_750}
    assert selectors.credit_cents(billed.buyer("a")) == 750


def test_the_check_of_suspense_sees_money_that_no_record_knows(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 6_250)
    ReceivedPayment.objects.filter(pk=payment.pk).update(left_cents=6_249)

    faults = selectors.suspense_faults()

    assert [(row.subject, row.kept_cents, row.counted_cents) for row in faults] == [
        (f"suspense:{billed.hub.public_id}", 6_250, 6_249),
        (payment.public_id, 6_249, 6_250),
    ]


def test_no_more_is_matched_than_was_received_even_behind_our_back(
    billed: Billed,
) -> None:
    payment = receive(billed.hub, 1_000)
    ReceivedPayment.objects.filter(pk=payment.pk).update(
        left_cents=5_000, amount_cents=5_000
    )

    with pytest.raises(NotEnoughMoney):
        match(payment, billed, "a", a=5_000)

    assert books(billed)["suspense"] == 1_000
