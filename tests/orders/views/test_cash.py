"""Pages of cash: the calendar, a payment run, a loan; refusals that move nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hub.ledger import statements
from orders.models import CashWatch, FarmLoan, LoanRepayment, PayoutRun
from tests.factories import hub as ground
from tests.factories.cash import DUE_ON, TODAY, lend, make_sold, pay
from tests.factories.day import Day
from tests.orders.views.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    return make_sold()


@pytest.fixture
def hub(day: Day) -> Client:
    return signed_in(day.coordinator)


def text_of(answer) -> str:
    return str(answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def asked_loan(day: Day, **changed: str) -> dict[str, str]:
    usual = {
        "farm": day.farms[0].public_id,
        "purpose": "Chambre froide",
        "amount_cents": "60,00",
        "method": "chèque",
        "num_instalments": "2",
        "every": "week",
        "first_on": TODAY.isoformat(),
        "share": "25",
        "key": "loan1",
    }
    return usual | changed


def test_a_loan_is_granted_paid_back_by_a_run_and_read_by_its_farm(day, hub):
    hub.post(reverse("orders:loans"), asked_loan(day))
    loan = FarmLoan.objects.get()
    due = reverse("orders:payouts") + f"?through={DUE_ON}"
    page = text_of(hub.get(due))
    run = {name: hidden(page, name) for name in ("through", "fingerprint", "key")} | {
        "method": "virement"
    }

    hub.post(reverse("orders:payouts"), run)

    loan.refresh_from_db()
    farmer = signed_in(ground.make_producer(day.farms[0]))
    shown = text_of(farmer.get(reverse("orders:loan", args=[loan.public_id])))
    statement = text_of(farmer.get(reverse("orders:statement")))
    assert (loan.repaid_cents, PayoutRun.objects.count()) == (2_500, 1)
    assert ("Reste à revenir" in shown, "35,00\u00a0$" in shown) == (True, True)
    assert "Retenu pour un prêt · Chambre froide" in statement


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"share": "0"}, 422),
        ({"share": "101"}, 422),
        ({"amount_cents": "1,230"}, 422),
        ({"amount_cents": "0"}, 409),
        ({"num_instalments": "0"}, 422),
        ({"num_instalments": "121"}, 422),
        ({"amount_cents": "0,05", "num_instalments": "6"}, 409),
        ({"first_on": (TODAY - timedelta(days=1)).isoformat()}, 409),
        ({"farm": "somewhere"}, 422),
    ],
)
def test_a_loan_that_cannot_be_is_refused_and_moves_nothing(day, hub, changed, status):
    before = statements.balances("")

    answer = hub.post(reverse("orders:loans"), asked_loan(day, **changed))

    assert (answer.status_code, FarmLoan.objects.count()) == (status, 0)
    assert statements.balances("") == before


def test_a_run_read_before_something_changed_is_refused_in_words(day, hub):
    page = text_of(hub.get(reverse("orders:payouts") + f"?through={DUE_ON}"))
    run = {name: hidden(page, name) for name in ("through", "fingerprint", "key")} | {
        "method": "virement"
    }
    pay(day)
    before = statements.balances("")

    answer = hub.post(reverse("orders:payouts"), run)

    assert answer.status_code == 409
    assert "Regardez les nouveaux montants" in text_of(answer)
    assert (statements.balances(""), PayoutRun.objects.count()) == (before, 1)


def test_a_repayment_is_taken_back_with_a_reason_only(day, hub):
    lend(day)
    pay(day)
    row = LoanRepayment.objects.get()
    address = reverse("orders:take_back", args=[row.public_id])

    hub.post(address, {"reason": ""})
    row.refresh_from_db()
    untouched = row.taken_back_on
    hub.post(address, {"reason": "Grêle"})

    row.refresh_from_db()
    assert (untouched, row.taken_back_on, row.reason) == (None, TODAY, "Grêle")


def test_more_than_is_left_of_a_loan_is_refused(day, hub):
    loan = lend(day)
    asked = {"amount_cents": "60,01", "method": "chèque", "key": "early"}
    before = statements.balances("")

    answer = hub.post(reverse("orders:loan", args=[loan.public_id]), asked)

    assert (answer.status_code, LoanRepayment.objects.count()) == (409, 0)
    assert statements.balances("") == before


def test_the_calendar_names_its_lowest_point_and_warns(day, hub):
    asked = {
        "counted_cents": "120,00",
        "counted_on": TODAY.isoformat(),
        "warn_below_cents": "50,00",
    }

    hub.post(reverse("orders:cash"), asked)

    page = text_of(hub.get(reverse("orders:cash")))
    watch = CashWatch.objects.get()
    assert (watch.counted_cents, watch.is_low, watch.num_warnings) == (12_000, True, 1)
    assert "moins que le seuil de 50,00\u00a0$" in page


def test_the_calendar_is_taken_home_with_its_names_made_safe(day, hub):
    buyer = day.orders["a"].buyer
    buyer.name = "=1+1"
    buyer.save()

    answer = hub.get(reverse("orders:cash") + "?table=flows&format=csv")

    assert (answer.status_code, "'=1+1" in text_of(answer)) == (200, True)


def test_a_farm_of_the_hub_does_not_find_anothers_loan(day):
    loan = lend(day)
    neighbour = signed_in(ground.make_producer(day.farms[1]))

    answer = neighbour.get(reverse("orders:loan", args=[loan.public_id]))

    assert answer.status_code == 404
