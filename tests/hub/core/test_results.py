"""Results of a period: what was saved, and no figure of a few households."""

from datetime import date

from hub.core.indicators import Fact, totals_of
from hub.core.results import Compared, results_of

DAY = date(2026, 6, 18)


def paid(measure: str, detail: str, cents: int, people: int | None = None) -> Fact:
    return Fact(
        key=f"{measure}:{detail}",
        on=DAY,
        measure=measure,
        value=cents,
        detail=detail,
        num_people=people,
    )


def test_what_is_saved_is_told_of_alone() -> None:
    assert (
        Compared(driven=80, alone=200).saved,
        Compared(driven=80, alone=200).saved_bps,
        Compared(driven=80, alone=0).saved_bps,
    ) == (120, 6_000, None)


def test_solidarity_adds_up_when_nothing_is_hidden() -> None:
    facts = [
        paid("fund_drawn", "Don", 4_000),
        paid("envelope_paid", "Carte", 1_000, people=8),
    ]

    found = results_of(totals_of(facts))

    assert (found.drawn_cents, found.solidarity_cents) == (4_000, 5_000)


def test_a_hidden_figure_takes_its_sums_with_it() -> None:
    facts = [
        paid("fund_drawn", "Don", 4_000),
        paid("envelope_paid", "Carte", 1_000, people=4),
    ]

    found = results_of(totals_of(facts))

    assert [row.value for row in found.envelopes] == [None]
    assert (found.drawn_cents, found.solidarity_cents) == (4_000, None)
