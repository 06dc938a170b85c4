"""Taking sheets back: once, the last first, and only what nobody stands on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hub.core.imports import Action, ImportIsOver, ImportStays
from hub.core.periods import monday_of
from hub.models import ImportBatch, Organization, Person, Place
from hub.services.imports import discard
from orders.models import Order
from producers.models import Offer, Product
from routing import services
from routing.services.imports import preview
from tests.factories.hub import make_coordinator, make_farm, make_hub, make_place
from tests.factories.imports import SENT_AT, bring, imported
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
)
from tests.factories.week import make_stock, make_week, order

pytestmark = pytest.mark.django_db
PRODUCT = ["Ferme", "Produit", "Famille", "Format", "Poids", "Prix"]


@pytest.fixture
def hub() -> Organization:
    return make_hub("Pôle Est")


@pytest.fixture
def ana(hub: Organization) -> Person:
    return make_coordinator(hub)


def undo(by: Person, *batches: ImportBatch) -> None:
    services.undo_imports(batches=batches, by=by, now=SENT_AT)


def packing(offer: Offer, *, mass: str = "10 kg", price: str) -> list[str]:
    """The row that says of an offer what it is, with another weight or price."""
    product = offer.variant.product
    label = offer.variant.label_fr
    return [product.producer.name, product.name_fr, "", label, mass, price]


def test_an_import_is_taken_back_once(hub: Organization, ana: Person) -> None:
    batch = imported(bring(hub, ana, "farms", ["Ferme"], ["A"]))
    undo(ana, batch)
    make_farm("A", hub=hub)

    with pytest.raises(ImportIsOver):
        undo(ana, batch)

    assert Organization.objects.filter(hub=hub, name="A").count() == 1


def test_a_sheet_that_waits_is_not_taken_back(hub: Organization, ana: Person) -> None:
    batch = bring(hub, ana, "farms", ["Ferme"], ["A"])

    with pytest.raises(ImportIsOver):
        undo(ana, batch)

    batch.refresh_from_db()
    assert batch.status == "draft"


def test_only_a_sheet_that_waits_is_thrown_away(hub: Organization, ana: Person) -> None:
    waiting = bring(hub, ana, "farms", ["Ferme"], ["B"])
    done = imported(bring(hub, ana, "farms", ["Ferme"], ["A"]))

    discard(batch=waiting)
    discard(batch=done)

    assert list(ImportBatch.objects.all()) == [done]


def test_a_sheet_that_nobody_confirmed_for_a_week_is_forgotten(
    hub: Organization, ana: Person
) -> None:
    late = SENT_AT + timedelta(days=7, seconds=1)
    bring(hub, ana, "farms", ["Ferme"], ["A"])
    recent = bring(hub, ana, "farms", ["Ferme"], ["B"], now=late - timedelta(days=7))
    done = imported(bring(hub, ana, "farms", ["Ferme"], ["C"]))
    ImportBatch.objects.filter(pk=done.pk).update(created_at=SENT_AT)

    new = bring(hub, ana, "farms", ["Ferme"], ["D"], now=late)

    assert set(ImportBatch.objects.all()) == {recent, done, new}


def test_sheets_taken_back_together_go_the_last_first(
    hub: Organization, ana: Person
) -> None:
    farm = make_farm("A", hub=hub)
    header = ["Ferme", "Tél"]
    first = imported(bring(hub, ana, "farms", header, ["A", "450"], ["B", ""]))
    places = imported(bring(hub, ana, "places", ["Membre", "Lieu"], ["B", "Grange"]))
    with pytest.raises(ImportStays):
        undo(ana, first)

    undo(ana, first, places)

    farm.refresh_from_db()
    assert (farm.contact_phone, Place.objects.count()) == ("", 0)
    assert Organization.objects.filter(hub=hub).count() == 1


def test_a_pin_on_which_orders_stand_is_not_taken_away(
    hub: Organization, ana: Person
) -> None:
    week = make_week()
    door = week.drop_point
    Place.objects.filter(pk=door.pk).update(latitude=None, longitude=None)
    person = make_coordinator(week.hub)
    header = ["Membre", "Lieu", "Lat", "Long"]
    owner = door.organization.name
    row = [owner, door.name, "45,55", "-73,55"]
    batch = imported(bring(week.hub, person, "places", header, row))
    order(week, {make_stock(week).offer.public_id: 2})

    with pytest.raises(ImportStays):
        undo(person, batch)

    door.refresh_from_db()
    assert (door.latitude, Order.objects.count()) == (45.55, 1)


def test_a_place_that_had_a_pin_gets_it_back(hub: Organization, ana: Person) -> None:
    place = make_place(hub, name="Quai", point=(45.5, -73.5))
    header = ["Membre", "Lieu", "Lat", "Long"]
    row = [hub.name, "Quai", "45,55", "-73,55"]

    undo(ana, imported(bring(hub, ana, "places", header, row)))

    place.refresh_from_db()
    assert (place.latitude, place.longitude) == (45.5, -73.5)


def test_what_was_promised_in_past_weeks_does_not_keep_a_weight(
    hub: Organization, ana: Person
) -> None:
    offer = make_offer(make_farm("A", hub=hub), hub=hub)
    last_week = monday_of(timezone.localdate()) - timedelta(days=7)
    make_availability(offer, week_on=last_week, reserved=1)

    row = packing(offer, mass="3 kg", price="")
    (verdict,) = preview(bring(hub, ana, "products", PRODUCT, row))

    assert (verdict.action, verdict.after) == (Action.CHANGE, {"mass_g": 3_000})


@pytest.mark.parametrize("change", [{"mass": "3 kg", "price": ""}, {"price": "9,00"}])
def test_what_a_pool_agreed_is_not_changed_by_a_sheet(
    hub: Organization, ana: Person, change: dict[str, str]
) -> None:
    pool = make_pooled_offer(hub)
    offer = make_offer(make_farm("A", hub=hub), hub=hub, pooled_offer=pool)

    row = packing(offer, **change)
    (verdict,) = preview(bring(hub, ana, "products", PRODUCT, row))

    assert (verdict.action, verdict.after) == (Action.REFUSE, {})


def test_a_first_price_here_leaves_the_price_at_another_hub_alone(
    hub: Organization, ana: Person
) -> None:
    farm = make_farm("A", hub=hub)
    elsewhere = make_offer(farm, hub=make_hub(), price_cents=2_000)

    batch = imported(
        bring(hub, ana, "products", PRODUCT, packing(elsewhere, price="12,50"))
    )

    prices = Offer.objects.order_by("pk").values_list("hub", "price_cents")
    assert list(prices) == [(elsewhere.hub_id, 2_000), (hub.pk, 1_250)]
    undo(ana, batch)
    assert list(Offer.objects.all()) == [elsewhere]
    assert Product.objects.count() == 1
