"""Which payments look alike, and which invoices the oldest money pays."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.payments import Known, Open, is_like, like, oldest_first

DAY = date(2026, 6, 18)
ONE = Known(
    pk=1,
    on=DAY,
    amount_cents=6_250,
    payer="OASIS DE ROSEMONT",
    reference="F-12",
    source="file",
)

ALIKE: dict[str, dict[str, Any]] = {
    "the same, folded": {"payer": "Oasis de Rosemont", "reference": "f 12"},
    "five days apart": {"on": DAY + timedelta(days=5)},
    "without a reference": {"reference": ""},
    "without a payer": {"payer": ""},
    "written by a person": {
        "source": "hand",
        "payer": "Oasis",
        "reference": "virement",
    },
    "written by a person, named by its match": {
        "source": "hand",
        "payer": "virement",
        "reference": "",
        "names": ("Oasis Rosemont",),
    },
}
UNLIKE: dict[str, dict[str, Any]] = {
    "a cent more": {"amount_cents": 6_251},
    "a week apart": {"on": DAY + timedelta(days=6)},
    "another payer": {"payer": "La Chaudronnée"},
    "another reference": {"reference": "F-13"},
    "nothing in common": {"payer": "", "reference": ""},
    "by a person, of another": {
        "source": "hand",
        "payer": "Chaudronnée",
        "reference": "virement",
    },
    "by a person, with the words of all banks": {
        "source": "hand",
        "payer": "virement de",
        "reference": "",
    },
}


@pytest.mark.parametrize("name", ALIKE)
def test_payments_that_look_alike(name: str) -> None:
    assert is_like(ONE, replace(ONE, **ALIKE[name])) is True


@pytest.mark.parametrize("name", UNLIKE)
def test_payments_that_do_not(name: str) -> None:
    assert is_like(ONE, replace(ONE, **UNLIKE[name])) is False


def test_the_nearest_of_those_alike_is_told() -> None:
    near = replace(ONE, pk=3, on=DAY + timedelta(days=1))
    far = replace(ONE, pk=2, on=DAY - timedelta(days=4))

    assert like(ONE, [far, near, replace(ONE, pk=4, amount_cents=1)]) == near
    assert like(ONE, []) is None


def opened(pk: int, cents: int, days: int = 0) -> Open:
    return Open(
        pk=pk,
        number=pk,
        buyer_id=7,
        open_cents=cents,
        issued_on=DAY + timedelta(days=days),
    )


def test_the_oldest_invoice_is_paid_first_and_the_last_in_part() -> None:
    rows = [opened(1, 500, days=2), opened(2, 300), opened(3, 400, days=1)]

    paid = oldest_first(900, rows)

    assert [(row.pk, cents) for row, cents in paid] == [(2, 300), (3, 400), (1, 200)]


@given(
    st.integers(0, 10_000),
    st.lists(st.integers(1, 3_000), max_size=8),
)
def test_no_more_is_paid_than_there_is_nor_than_is_open(
    amount_cents: int, cents: list[int]
) -> None:
    rows = [opened(pk, each) for pk, each in enumerate(cents, start=1)]

    paid = oldest_first(amount_cents, rows)

    assert sum(part for _, part in paid) == min(amount_cents, sum(cents))
    assert all(0 < part <= row.open_cents for row, part in paid)
