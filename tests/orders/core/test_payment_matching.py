"""Who may have paid, and why: hand examples, and what always holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.payment_matching import (
    Paid,
    Payer,
    Proposal,
    numbers_in,
    propose,
)
from orders.core.payments import Open

DAY = date(2026, 6, 18)
OASIS = Payer(pk=1, name="Oasis de Rosemont")
CHAUDRON = Payer(pk=2, name="La Chaudronnée")
PAYERS = [OASIS, CHAUDRON]


def opened(number: int, cents: int, buyer: int = 1) -> Open:
    return Open(
        pk=number,
        number=number,
        buyer_id=buyer,
        open_cents=cents,
        issued_on=DAY + timedelta(days=number),
    )


OPEN = [
    opened(1012, 6_250),
    opened(1013, 3_000),
    opened(1015, 2_000),
    opened(1014, 6_250, buyer=2),
]


def told(cents: int, payer: str = "", reference: str = "") -> list[Proposal]:
    paid = Paid(amount_cents=cents, payer=payer, reference=reference)
    return propose(paid, PAYERS, OPEN)


def short(found: list[Proposal]) -> list[Any]:
    return [
        (
            row.buyer_id,
            {invoice.number: cents for invoice, cents in row.pays},
            [reason.code for reason in row.reasons],
            "exact" if row.is_exact else "certain" if row.is_certain else "",
        )
        for row in found
    ]


def test_the_number_and_the_amount_of_an_invoice_are_exact() -> None:
    found = told(6_250, reference="Paiement facture 1012")

    assert short(found)[0] == (
        1,
        {1012: 6_250},
        ["invoice_named", "exact_amount"],
        "exact",
    )


def test_two_named_invoices_that_add_up_are_exact() -> None:
    found = told(9_250, reference="F1012, F1013")

    assert short(found) == [
        (1, {1012: 6_250, 1013: 3_000}, ["invoice_named", "exact_sum"], "exact")
    ]


def test_a_named_invoice_paid_in_part_is_proposed_and_not_certain() -> None:
    found = told(5_000, reference="no 1012")

    assert short(found) == [(1, {1012: 5_000}, ["invoice_named"], "")]


def test_what_is_over_the_named_invoice_is_left_as_credit() -> None:
    found = told(7_000, reference="1012")

    assert short(found) == [(1, {1012: 6_250}, ["invoice_named"], "")]


def test_a_name_and_the_only_sum_are_certain() -> None:
    found = told(5_000, payer="VIREMENT INTERAC OASIS ROSEMONT")

    assert short(found) == [
        (1, {1013: 3_000, 1015: 2_000}, ["exact_sum", "name"], "certain")
    ]


def test_a_name_is_known_without_its_accents() -> None:
    found = told(100, payer="CHAUDRONNEE")

    assert short(found) == [(2, {1014: 100}, ["name"], "")]


def test_all_that_a_buyer_owes_is_told_so() -> None:
    found = told(11_250, payer="Oasis Rosemont")

    assert [row[2] for row in short(found)] == [["all_open", "name"]]


def test_an_amount_alone_is_shown_for_each_and_certain_for_none() -> None:
    found = told(6_250)

    assert short(found) == [
        (1, {1012: 6_250}, ["exact_amount"], ""),
        (2, {1014: 6_250}, ["exact_amount"], ""),
    ]


def test_a_name_that_contradicts_the_number_leaves_nothing_certain() -> None:
    found = told(6_250, payer="La Chaudronnée", reference="facture 1012")

    assert [(row[0], row[3]) for row in short(found)] == [(1, ""), (2, "")]


def test_words_confirmed_before_are_learnt() -> None:
    known = Payer(pk=1, name="Oasis", learnt=frozenset({"ti coop 45"}))
    paid = Paid(amount_cents=6_250, payer="Ti-Coop 45", reference="")

    found = propose(paid, [known, CHAUDRON], OPEN)

    assert short(found)[0] == (1, {1012: 6_250}, ["exact_amount", "learnt"], "certain")


def test_several_sums_are_told_and_none_is_certain() -> None:
    rows = [opened(1, 100), opened(2, 200), opened(3, 300), opened(4, 900)]
    paid = Paid(amount_cents=300, payer="Oasis Rosemont", reference="")

    found = propose(paid, PAYERS, rows)

    assert short(found) == [(1, {3: 300}, ["several_sums", "name"], "")]


def test_nothing_is_proposed_of_what_says_nothing() -> None:
    assert told(123, payer="DEPOT AU COMPTOIR", reference="9999") == []


NUMBERS = {
    "facture 12": {12},
    "FACT. #0012": {12},
    "F-1012": {1012},
    "INV1012": {1012},
    "1012 et 1013": {1012, 1013},
    "le 12 juin": frozenset(),
    "virement 5 de 7": frozenset(),
    "compte 123456789012": frozenset(),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_of_invoices_in_words(text: str) -> None:
    assert numbers_in(text) == NUMBERS[text]


@given(
    st.integers(1, 20_000),
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 9_000)), max_size=9, min_size=1
    ),
    st.sampled_from(["", "facture 1", "2 et 3", "OASIS", "facture 1 Chaudronnée"]),
)
def test_a_proposal_never_pays_more_than_came_nor_than_is_open(
    cents: int, rows: list[tuple[int, int]], words: str
) -> None:
    invoices = [opened(n, open_cents, b) for n, (b, open_cents) in enumerate(rows, 1)]
    payers = [*PAYERS, Payer(pk=3, name="Panier vert")]

    found = propose(
        Paid(amount_cents=cents, payer=words, reference=words), payers, invoices
    )

    for proposal in found:
        assert proposal.paid_cents <= cents
        assert proposal.reasons
        for invoice, part in proposal.pays:
            assert 0 < part <= invoice.open_cents
            assert invoice.buyer_id == proposal.buyer_id
        if proposal.is_certain and proposal.pays:
            assert proposal.paid_cents == cents
    assert len({proposal.buyer_id for proposal in found}) == len(found) <= 3
    assert sum(proposal.is_certain for proposal in found) <= 1
