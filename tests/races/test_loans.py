"""Several want a truck for the same hours at once: one has it, the others are told."""

import threading

import pytest

from routing import services
from routing.core.lending import hours_of
from routing.models import LoanHour, VehicleLoan
from routing.services import LoanTerms, lending
from tests.factories.routing import make_day, make_plan, make_pool, make_vehicle
from tests.factories.week import NOW
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NUM_POOLS = 4
DAY = LoanTerms(shift_start_s=6 * 3_600, shift_end_s=18 * 3_600)


def offers_of_one_truck() -> list[VehicleLoan]:
    """The same day of the same truck, offered to several pools."""
    vehicle = make_vehicle()
    return [
        services.offer_vehicle(
            vehicle=vehicle,
            pool=make_pool(),
            days=[NOW.date()],
            terms=DAY,
            by=None,
            now=NOW,
        )[0]
        for _ in range(NUM_POOLS)
    ]


def confirmer(loan: VehicleLoan):
    return lambda: services.confirm_loan(loan=loan, by=None, now=NOW).status


def standing() -> tuple[int, int]:
    """Confirmed loans, and hours taken."""
    confirmed = VehicleLoan.objects.filter(status="confirmed").count()
    return confirmed, LoanHour.objects.count()


def test_of_many_confirmations_at_once_one_wins():
    loans = offers_of_one_truck()

    answers = all_at_once([confirmer(loan) for loan in loans])

    expected = ["confirmed"] + ["vehicle_already_lent"] * (NUM_POOLS - 1)
    assert sorted(answers, key=str) == expected
    assert standing() == (1, 12)


def test_a_truck_is_lent_or_published_never_both():
    day = make_day()
    plan = make_plan(day)
    [loan] = services.offer_vehicle(
        vehicle=day.vehicle,
        pool=make_pool(),
        days=[day.service_on],
        terms=DAY,
        by=None,
        now=NOW,
    )

    def publish() -> str:
        return services.publish_plan(plan=plan, by=None, now=NOW).status

    answers = all_at_once([confirmer(loan), publish])

    assert answers in (
        ["confirmed", "truck_not_free"],
        ["truck_on_the_road", "published"],
    )


def test_without_the_lock_the_table_still_lets_one_win(
    monkeypatch: pytest.MonkeyPatch,
):
    """The first negative control: it is the table that decides between the two."""
    loans = offers_of_one_truck()
    together = threading.Barrier(NUM_POOLS)

    def look_together(start_s: int, end_s: int) -> tuple[int, ...]:
        together.wait(timeout=30)
        return hours_of(start_s, end_s)

    monkeypatch.setattr(lending, "_lock_vehicle", lambda _pk: loans[0].vehicle)
    monkeypatch.setattr(lending, "hours_of", look_together)
    answers = all_at_once([confirmer(loan) for loan in loans])

    assert answers.count("vehicle_already_lent") == NUM_POOLS - 1
    assert standing() == (1, 12)


def test_without_lock_and_table_the_truck_is_lent_to_all(
    monkeypatch: pytest.MonkeyPatch,
):
    """The second: without its rows of hours too, everybody is told yes."""
    loans = offers_of_one_truck()
    monkeypatch.setattr(lending, "_lock_vehicle", lambda _pk: loans[0].vehicle)
    monkeypatch.setattr(lending, "hours_of", lambda _start_s, _end_s: ())

    answers = all_at_once([confirmer(loan) for loan in loans])

    assert (answers, standing()) == (["confirmed"] * NUM_POOLS, (NUM_POOLS, 0))
