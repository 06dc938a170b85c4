"""The simulator: the past as invoices have it, other prices tried on it, advice."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from orders import selectors
from orders.core.billing import Parts
from orders.models import Invoice
from tests.factories.hub import make_coordinator, make_hub
from tests.factories.invoices import make_bare_invoice
from tests.factories.sales import make_tier_order, sold
from tests.factories.week import NOW
from tests.orders.views.conftest import signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
MONDAY = TODAY - timedelta(days=TODAY.weekday())
TIERS = {"solidaire": (1_000, 200), "juste_prix": (2_000, 0), "soutien": (1_000, -150)}


@pytest.fixture
def past(week):
    """Ten weeks in which each tier buys the same, and a credit note in the last."""
    orders = {tier: make_tier_order(week, tier_code=tier) for tier in TIERS}
    number = 0
    for n in range(1, 11):
        for tier, (full_cents, draw_cents) in TIERS.items():
            number += 1
            last = make_bare_invoice(
                orders[tier],
                number=number,
                on=MONDAY - timedelta(weeks=n),
                parts=sold(full_cents, draw_cents),
            )
    return last


@pytest.fixture
def hub(week):
    return signed_in(make_coordinator(week.hub))


def page(client, **asked):
    answer = client.get(reverse("orders:simulator"), asked)
    assert answer.status_code == 200
    return answer


def test_the_past_is_whole_weeks_of_what_was_billed(week, past):
    found = selectors.tier_past(hub=week.hub, until=TODAY)

    assert len(found.weeks) == 10
    assert found.weeks[-1].starts_on == MONDAY - timedelta(weeks=1)
    assert found.weeks[0].value_cents == {
        tier: full for tier, (full, _) in TIERS.items()
    }


def test_a_credit_note_takes_its_part_out_of_its_week(week, past):
    first = Invoice.objects.filter(order__tier_code="solidaire").order_by("-service_on")
    on = first[0].service_on
    make_bare_invoice(
        first[0].order,
        number=31,
        on=on,
        corrects=first[0],
        parts=Parts(farm_cents=-1_000, draw_cents=-200, buyer_cents=-800),
    )

    found = selectors.tier_past(hub=week.hub, until=TODAY)

    assert found.weeks[-1].value_cents["solidaire"] == 0
    drawn = sum(pair[0] for pair in found.real_cents.values())
    given = sum(pair[1] for pair in found.real_cents.values())
    assert (drawn, given) == (9 * 200, 10 * 150)


def test_an_empty_week_counts_and_this_week_does_not(week):
    order = make_tier_order(week)
    for number, days in enumerate((21, 0), start=1):
        make_bare_invoice(
            order,
            number=number,
            on=MONDAY - timedelta(days=days),
            parts=sold(500, 0),
        )

    found = selectors.tier_past(hub=week.hub, until=TODAY)

    assert [sum(each.value_cents.values()) for each in found.weeks] == [500, 0, 0]


def test_the_page_replays_what_really_happened_at_todays_prices(hub, past):
    found = page(hub).context["months"]

    assert sum(month.drawn_cents for month in found) == 10 * 200
    assert sum(month.given_cents for month in found) == 10 * 150
    assert {m.real_drawn_cents - m.drawn_cents for m in found} == {0}


def test_other_prices_change_what_the_fund_would_have_found(hub, past):
    found = page(hub, **{"m-solidaire": "70", "m-soutien": "110"}).context

    assert sum(month.net_cents for month in found["months"]) == 10 * (300 - 100)
    assert found["found"].sales_per_solidarity == 3


def test_other_shares_change_it_too(hub, past):
    asked = {"s-solidaire": "100", "s-juste_prix": "0", "s-soutien": "0"}

    found = page(hub, **asked).context

    assert sum(month.drawn_cents for month in found["months"]) == 10 * 800


def test_how_long_the_fund_lasts_is_said_for_three_demands(hub, past):
    bands = page(hub).context["bands"]

    # 100 $ free, 50 cents a week: the last year's pace goes on for over three years
    assert [band.lasting.middle for band in bands] == [None, None, None]
    bands = page(hub, **{"m-solidaire": "40", "m-soutien": "100"}).context["bands"]
    assert [band.lasting.middle for band in bands] == [20, 16, 13]


def test_shares_of_nothing_are_refused_in_words(hub, past):
    asked = {"s-solidaire": "0", "s-juste_prix": "0", "s-soutien": "0"}

    answer = page(hub, **asked)

    assert "found" not in answer.context
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("typed", ["0", "x", "9999"])
def test_a_price_off_the_slider_is_refused_on_its_field(hub, past, typed):
    answer = page(hub, **{"m-solidaire": typed})

    assert answer.context["form"]["m-solidaire"].errors
    assert "found" not in answer.context


def test_the_advice_is_what_the_fund_can_carry(hub, past):
    asked = {"coverage": "25", "wanted": "80", "support_most": "125"}

    answer = page(hub, **asked, num_weeks="26")

    advice = answer.context["advice"]
    # 40 $ a week, a quarter of it 20 % cheaper: 2 $ a week, for 100 $ and 26 weeks
    assert (advice.low_percent, advice.support_percent, advice.weeks) == (80, 100, 50)


def test_an_advice_that_cannot_be_read_is_refused_on_its_field(hub, past):
    answer = page(hub, coverage="25", wanted="", support_most="90", num_weeks="0")

    assert set(answer.context["advice_form"].errors) == {
        "wanted",
        "support_most",
        "num_weeks",
    }
    assert "advice" not in answer.context


def test_the_months_are_a_file_too(hub, past):
    address = reverse("orders:simulator")

    file = hub.get(address, {"format": "csv", "table": "simulated_months"})

    assert file["Content-Type"].startswith("text/csv")
    assert len(file.content.decode().splitlines()) > 2


def test_before_anything_is_billed_the_page_says_so(hub):
    assert "found" not in page(hub).context


def test_the_past_of_another_hub_is_not_seen(past):
    other = signed_in(make_coordinator(make_hub()))

    assert not page(other).context["past"].weeks


def test_the_number_of_questions_does_not_grow(
    hub, week, past, django_assert_max_num_queries
):
    page(hub)
    with django_assert_max_num_queries(16):
        page(hub)
    order = make_tier_order(week)
    for n in range(30):
        make_bare_invoice(
            order,
            number=31 + n,
            on=date(2026, 1, 5) + timedelta(days=n),
            parts=sold(500, 0),
        )

    with django_assert_max_num_queries(16):
        page(hub)
