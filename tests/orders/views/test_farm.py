"""What a farm reads of the orders: quantities to the unit, its pay, nothing else."""

import pytest
from django.test import Client

from orders import selectors, services
from orders.models import LineSource
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import NOW, Week, make_stock, order


@pytest.fixture
def farmer(week: Week) -> Client:
    client = Client()
    client.force_login(ground.make_producer(week.farm))
    return client


def address(week: Week, end: str = "") -> str:
    return f"/orders/sold/{week.cycle.public_id}/{end}"


def close(week: Week) -> None:
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)


def test_the_pick_list_agrees_with_the_allocation_to_the_unit(week):
    stock = make_stock(week, quantity=20)
    pool = farms.make_pooled_offer(week.hub)
    make_stock(week, quantity=9, pooled_offer=pool)
    make_stock(
        week,
        quantity=9,
        pooled_offer=pool,
        farm=neighbour(week),
    )
    order(week, {stock.offer.public_id: 7, pool.public_id: 8})
    other = ground.make_buyer(hub=week.hub)
    order(
        week,
        {stock.offer.public_id: 13, pool.public_id: 5},
        buyer=other,
        drop_point=ground.make_place(other),
    )
    close(week)

    rows = [
        row
        for farm in selectors.farms_that_sold(week.cycle)
        for row in selectors.sold_rows(farm, week.cycle)
    ]

    given = [
        source.allocated or 0 for source in LineSource.objects.filter(allocated__gt=0)
    ]
    assert sorted(row.units for row in rows) == sorted(given)
    assert sum(row.units for row in rows) == 33


def neighbour(week: Week):
    farm = ground.make_farm(hub=week.hub)
    ground.make_place(farm, kind="farm", point=ground.FARM_POINT)
    return farm


def test_the_farm_reads_its_pay_and_no_tier(farmer, week):
    stock = make_stock(week, price_cents=1_000)
    order(week, {stock.offer.public_id: 3}, tier_code="solidaire")
    order(week, {stock.offer.public_id: 2}, tier_code="soutien", key="other")
    close(week)

    page = farmer.get(address(week)).content.decode()

    assert "50,00\xa0$" in page
    for hidden in ("olidaire", "outien", "14,38", "28,76", "12,50"):
        assert hidden not in page


def test_the_pick_list_is_ready_for_paper(farmer, week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 3})
    close(week)

    page = farmer.get(address(week, "pick-list/")).content.decode()
    sheet = farmer.get(address(week, "pick-list.pdf"))

    assert week.drop_point.name in page
    assert "☐ 3" in page
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_farm_sees_nothing_of_its_neighbour(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 3})
    client = Client()
    client.force_login(ground.make_producer(neighbour(week)))

    page = client.get(address(week)).content.decode()

    assert str(stock.offer.variant.product) not in page


@pytest.mark.parametrize("end", ["", "pick-list/", "pick-list.pdf"])
def test_a_cycle_of_another_hub_is_not_there(week, end):
    client = Client()
    client.force_login(ground.make_producer(ground.make_farm()))

    assert client.get(address(week, end)).status_code == 404


def test_the_hub_prints_every_farm_s_list(week):
    order(week, {make_stock(week).offer.public_id: 3})
    order(week, {make_stock(week, farm=neighbour(week)).offer.public_id: 2}, key="2")
    close(week)
    client = Client()
    client.force_login(ground.make_coordinator(week.hub))

    page = client.get(f"/orders/cycle/{week.cycle.public_id}/pick-lists/")

    assert page.content.decode().count("<article") == 2


def test_panels_say_what_waits_for_each_role(farmer, buyer, week):
    stock = make_stock(week, quantity=20)
    coordinator = Client()
    coordinator.force_login(ground.make_coordinator(week.hub))
    basket = services.open_basket(
        cycle=week.cycle, buyer=week.buyer, by=week.person, now=NOW
    )
    services.fill_basket(
        basket=basket, quantities={stock.offer.public_id: 1}, by=week.person, now=NOW
    )
    waiting = buyer.get("/orders/today/").content.decode()
    standing = coordinator.get("/orders/today/").content.decode()
    order(week, {stock.offer.public_id: 20})
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 15, 5
    stock.save()
    close(week)

    ready = farmer.get("/orders/today/").content.decode()
    short = coordinator.get("/orders/today/").content.decode()

    assert "Votre panier n’est pas confirmé" in waiting
    assert "1 panier attend" in standing
    assert "est prête" in ready
    assert "1 ligne incomplète à la fermeture" in short


def test_labels_are_ready_for_paper_one_for_each_crate(farmer, week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 3})
    close(week)

    page = farmer.get(address(week, "labels/")).content.decode()
    sheet = farmer.get(address(week, "labels.pdf"))

    assert "PDF, 3" in page
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_hub_packs_what_the_farms_bring(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 3})
    close(week)
    client = Client()
    client.force_login(ground.make_coordinator(week.hub))
    end = f"/orders/cycle/{week.cycle.public_id}/packing-lists"

    page, sheet = client.get(f"{end}/").content.decode(), client.get(f"{end}.pdf")

    assert (week.drop_point.name in page, week.buyer.name in page) == (True, True)
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
