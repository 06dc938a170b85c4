"""Agreeing to a default order, and the hub's rule, on their pages."""

import pytest
from django.test import Client

from orders import selectors
from orders.models import CloseRule, DefaultOrder
from orders.services import close_cycle
from producers import services as farm_services
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, make_stock, order
from tests.orders.views.conftest import signed_in


@pytest.fixture
def coordinator(week: Week) -> Client:
    return signed_in(ground.make_coordinator(week.hub))


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_a_buyer_agrees_on_the_page_of_an_order_and_takes_it_back(buyer, week):
    placed = order(week, {make_stock(week).offer.public_id: 4})
    address = f"/orders/order/{placed.public_id}/"

    before = page(buyer, address)
    buyer.post(f"{address}default/", {"agree": "yes"})
    agreed = DefaultOrder.objects.get()
    after = page(buyer, address)
    buyer.post(f"{address}default/", {"stop": "yes"})

    assert "En faire notre commande par défaut" in before
    assert (agreed.buyer, agreed.order, agreed.agreed_by, agreed.agreed_at) == (
        week.buyer,
        placed,
        week.person,
        NOW,
    )
    assert f"C’est votre commande par défaut : {week.person} y a consenti" in after
    assert DefaultOrder.objects.count() == 0


def test_without_the_box_ticked_nothing_is_agreed(buyer, week):
    placed = order(week, {make_stock(week).offer.public_id: 4})

    buyer.post(f"/orders/order/{placed.public_id}/default/", {})

    assert DefaultOrder.objects.count() == 0
    assert "Cochez la case" in page(buyer, f"/orders/order/{placed.public_id}/")


def test_the_coordination_agrees_to_nothing_for_a_buyer(coordinator, week):
    placed = order(week, {make_stock(week).offer.public_id: 4})

    answer = coordinator.post(
        f"/orders/order/{placed.public_id}/default/", {"agree": "yes"}
    )

    assert (answer.status_code, DefaultOrder.objects.count()) == (404, 0)
    shown = page(coordinator, f"/orders/order/{placed.public_id}/")
    assert f"/orders/order/{placed.public_id}/default/" not in shown


def test_the_coordination_states_its_rule_and_reads_it_before_the_close(
    coordinator, week
):
    farm_services.set_minimum(farm=week.farm, hub=week.hub, amount_cents=5_000)
    order(week, {make_stock(week).offer.public_id: 4})
    closing = f"/routing/closing/{week.cycle.public_id}/"
    stood = page(coordinator, closing)

    coordinator.post("/orders/close-rule/", {"minimum": "cancel"})

    assert CloseRule.objects.get(hub=week.hub).minimum == "cancel"
    assert f"{week.farm.name} est pour l’instant à 10,00 $ de son minimum." in stood
    assert "Selon votre règle, les commandes tiennent" in stood
    assert "Selon votre règle, ses lignes sont annulées" in page(coordinator, closing)


def test_a_rule_that_is_none_is_refused(coordinator, week):
    answer = coordinator.post("/orders/close-rule/", {"minimum": "carry_over"})

    assert answer.status_code == 422
    assert selectors.minimum_rule_of(week.hub.pk) == "notify"


def test_the_farm_reads_what_became_of_its_minimum_on_its_pick_list(week):
    farm_services.set_minimum(farm=week.farm, hub=week.hub, amount_cents=5_000)
    order(week, {make_stock(week).offer.public_id: 4})
    close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    farmer = signed_in(ground.make_producer(week.farm))

    said = "Le minimum de la ferme, 50,00 $, n’est pas atteint : il manque 10,00 $."
    for end in ("", "pick-list/"):
        assert said in page(farmer, f"/orders/sold/{week.cycle.public_id}/{end}")
