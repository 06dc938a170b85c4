"""The weekly grid through its doors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.models import Cycle
from producers.models import Availability, EmptyWeek
from tests.factories.hub import MONDAY, make_cycle, make_hub
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
    make_product,
    make_variant,
)

pytestmark = pytest.mark.django_db


def address(farm, part=""):
    return f"/producers/week/{farm.public_id}/{MONDAY.isoformat()}/{part}"


def carrots_of(village, **options):
    product = make_product(village.farm, "Carottes")
    variant = make_variant(product, label_fr="caisse 10 kg")
    return make_offer(hub=village.hub, variant=variant, price_cents=2_400, **options)


def row_data(offer, quantity, price="24", lot="", **more):
    name = offer.public_id
    typed = {f"quantity-{name}": quantity, f"price-{name}": price, f"lot-{name}": lot}
    return typed | {"offer": name, "page": "p1", "change": "1"} | more


def posted(offer):
    rows = Availability.objects.filter(offer=offer, week_on=MONDAY)
    return list(rows.values_list("quantity", "price_cents", "lot"))


def test_my_week_leads_to_the_week_of_the_next_cycle(village, enter):
    make_cycle(village.hub, status=Cycle.Status.DRAFT)

    answer = enter(village.lea).get("/producers/week/")

    assert (answer.status_code, answer.url) == (302, address(village.farm))


def test_without_a_cycle_my_week_is_next_week(village, enter):
    answer = enter(village.lea).get("/producers/week/")

    assert answer.url == address(village.farm)


def test_a_coordinator_is_led_to_the_farms(village, enter):
    answer = enter(village.ana).get("/producers/week/")

    assert answer.url == "/producers/farms/"


def test_the_grid_shows_last_week_promises_and_what_is_expected(village, enter):
    offer = carrots_of(village)
    make_availability(offer, quantity=9, week_on=MONDAY.replace(day=8))
    make_availability(offer, quantity=10, reserved=12, price_cents=2_150)

    page = enter(village.lea).get(address(village.farm)).content.decode()

    assert [
        text in page
        for text in ("9 × $24.00", "12 promised: 2 short", "$215.00", 'value="21.50"')
    ] == [True] * 4


def test_prices_are_typed_with_a_comma_in_french(village, enter):
    offer = carrots_of(village)
    make_availability(offer, price_cents=1_250)

    page = enter(village.lea, "fr-ca").get(address(village.farm)).content.decode()

    assert 'value="12,50"' in page


def test_a_form_saves_every_row_and_leads_back(village, enter):
    offer = carrots_of(village)

    answer = enter(village.lea).post(
        address(village.farm), row_data(offer, "1 200", "12,50", "R-3")
    )

    assert (answer.status_code, answer.url) == (302, address(village.farm))
    assert posted(offer) == [(1_200, 1_250, "R-3")]


def test_a_form_with_a_wrong_row_saves_nothing_and_keeps_what_was_typed(village, enter):
    right, wrong = carrots_of(village), make_offer(village.farm, hub=village.hub)
    data = row_data(right, "5") | row_data(wrong, "beaucoup", "3,999", "L9")

    answer = enter(village.lea).post(address(village.farm), data)

    page = answer.content.decode()
    title = f"{wrong.variant.product}, {wrong.variant.label}"
    assert answer.status_code == 422
    assert (
        f"Quantity of {title}: “beaucoup” is not a quantity. "
        "Write a whole number, or leave it blank." in page
    )
    assert f"Price of {title}: “3,999” is not an amount." in page
    assert ['value="beaucoup"' in page, 'value="5"' in page, 'value="L9"' in page] == [
        True
    ] * 3
    assert Availability.objects.count() == 0


@pytest.mark.parametrize(
    ("quantity", "price", "told"),
    [
        ("-3", "24", "“-3” is not a quantity."),
        ("100001", "24", "100001 is more than one farm brings in a week"),
        ("99999999999999", "24", "“99999999999999” is not a quantity."),
        ("douze", "24", "“douze” is not a quantity."),
        ("1", "-1", "A price lies between 0 and 10000 dollars."),
        ("1", "12,345", "“12,345” is not an amount."),
        ("1", "cher", "“cher” is not an amount."),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused_by_name(
    village, enter, quantity, price, told
):
    offer = carrots_of(village)

    answer = enter(village.lea).post(
        address(village.farm, "cell/"), row_data(offer, quantity, price)
    )

    said = answer.json()
    assert (answer.status_code, said["state"]) == (422, "refused")
    assert said["message"].split(": ", 1)[0].endswith("Carottes, caisse 10 kg")
    assert told in said["message"]
    assert posted(offer) == []


def test_a_refusal_is_said_in_the_language_of_the_reader(village, enter):
    offer = carrots_of(village)

    answer = enter(village.lea, "fr-ca").post(
        address(village.farm, "cell/"), row_data(offer, "douze")
    )

    assert answer.json()["message"].startswith("Quantité, Carottes, caisse 10 kg")


def test_a_cell_is_saved_and_the_totals_come_back(village, enter):
    offer, other = carrots_of(village), make_offer(village.farm, hub=village.hub)
    make_availability(other, quantity=2, price_cents=1_000)

    answer = enter(village.lea).post(
        address(village.farm, "cell/"), row_data(offer, "40", "12.50", "R-3")
    )

    assert answer.json() == {
        "state": "saved",
        "message": "Saved",
        "warning": "",
        "total": "$500.00",
        "expected": "$520.00",
    }
    assert posted(offer) == [(40, 1_250, "R-3")]


def test_a_cell_sent_twice_has_its_effect_once(village, enter):
    offer, client = carrots_of(village), enter(village.lea)

    for quantity, change in (("40", 1), ("50", 2), ("40", 1)):
        client.post(
            address(village.farm, "cell/"), row_data(offer, quantity, change=change)
        )

    assert posted(offer) == [(50, 2_400, "")]


def test_less_than_promised_is_kept_with_a_warning(village, enter):
    offer = carrots_of(village)
    make_availability(offer, quantity=50, reserved=12)

    answer = enter(village.lea).post(
        address(village.farm, "cell/"), row_data(offer, "10")
    )

    assert answer.json()["warning"] == (
        "12 promised: 2 short. The coordination will see it."
    )
    assert posted(offer) == [(10, 2_400, "")]


def test_a_pooled_row_takes_no_price_of_its_own(village, enter):
    pool = make_pooled_offer(village.hub, price_cents=2_000)
    offer = carrots_of(village, pooled_offer=pool)
    client = enter(village.lea)

    refused = client.post(
        address(village.farm, "cell/"), row_data(offer, "5", "30", page="p1")
    )
    saved = client.post(
        address(village.farm, "cell/"), row_data(offer, "5", "", page="p1")
    )

    assert (refused.status_code, saved.status_code) == (422, 200)
    assert posted(offer) == [(5, 2_000, "")]


@pytest.mark.parametrize("part", ["", "cell/", "copy/", "nothing/"])
def test_the_week_of_another_farm_does_not_exist(village, enter, part):
    offer = carrots_of(village)

    answer = enter(village.noe).post(address(village.farm, part), row_data(offer, "1"))

    assert (answer.status_code, Availability.objects.count()) == (404, 0)


def test_the_offer_of_another_farm_is_not_saved_on_my_page(village, enter):
    foreign = make_offer(village.neighbour, hub=village.hub)
    client = enter(village.lea)

    cell = client.post(address(village.farm, "cell/"), row_data(foreign, "1"))
    form = client.post(address(village.farm), row_data(foreign, "1"))

    assert (cell.status_code, form.status_code) == (404, 302)
    assert Availability.objects.count() == 0


def test_a_buyer_has_no_farm_pages(village, enter):
    answer = enter(village.omar).get(address(village.farm))

    assert answer.status_code == 404


def test_a_hub_that_was_never_joined_has_no_grid(village, enter):
    stranger = make_hub()

    answer = enter(village.lea).get(
        address(village.farm) + f"?hub={stranger.public_id}"
    )

    assert answer.status_code == 404


def test_a_coordinator_writes_for_a_farm_that_called(village, enter):
    offer = carrots_of(village)

    enter(village.ana).post(address(village.farm, "cell/"), row_data(offer, "7"))

    row = Availability.objects.get()
    assert (row.quantity, row.updated_by) == (7, village.ana)


@pytest.mark.parametrize("week", ["2026-06-16", "2026-13-01", "0001-01-01", "soon"])
def test_a_week_is_named_by_a_monday(village, enter, week):
    answer = enter(village.lea).get(f"/producers/week/{village.farm.public_id}/{week}/")

    assert answer.status_code == 404


def test_a_closed_week_can_only_be_read(village, enter):
    offer = carrots_of(village)
    make_cycle(village.hub, status=Cycle.Status.CLOSED)
    client = enter(village.lea)

    page = client.get(address(village.farm)).content.decode()
    refused = client.post(address(village.farm, "cell/"), row_data(offer, "7"))

    assert ("Save everything</button>" in page, refused.status_code) == (False, 422)
    assert posted(offer) == []


def test_last_week_is_copied_by_its_button(village, enter):
    offer = carrots_of(village)
    make_availability(offer, quantity=9, week_on=MONDAY.replace(day=8))

    enter(village.lea).post(address(village.farm, "copy/"))

    assert posted(offer) == [(9, 2_400, "")]


def test_nothing_this_week_is_noted_unless_something_is_posted(village, enter):
    offer, client = carrots_of(village), enter(village.lea)

    client.post(address(village.farm, "nothing/"))
    noted = EmptyWeek.objects.count()
    client.post(address(village.farm, "cell/"), row_data(offer, "7"))
    client.post(address(village.farm, "nothing/"))

    assert (noted, EmptyWeek.objects.count()) == (1, 0)


def test_the_grid_asks_as_many_queries_for_sixty_rows_as_for_ten(village, enter):
    client, counts = enter(village.lea), []
    for num_more in (10, 50):
        for _ in range(num_more):
            offer = make_offer(village.farm, hub=village.hub)
            make_availability(offer, quantity=1)
            make_availability(offer, quantity=1, week_on=MONDAY.replace(day=8))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address(village.farm))
        counts.append((page.content.decode().count("data-row="), len(queries)))

    assert [rows for rows, _ in counts] == [10, 60]
    assert counts[0][1] == counts[1][1]
