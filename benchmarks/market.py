"""A hub with a long list, for `benchmarks.web`: run within Django by `manage.py shell`.

One hub, forty farms that offer the products asked for, as many buyers as will order,
each signed in. `load` prints what a visitor needs, as JSON; `count` counts the queries
of the same pages, asked by Django's own test client.
"""

import json
from datetime import date, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.shopping import Answer, Shopper, buy, look
from hub import selectors as hub_selectors
from hub.core.periods import monday_of
from hub.services import beginnings, cycles, devices, memberships, organizations, places
from hub.services.cycles import CycleFacts
from hub.services.places import PlaceFacts, Window
from pricing import services as pricing_services
from producers import services as producer_services
from producers.core.details import ProductDetails, VariantDetails

if TYPE_CHECKING:
    from hub.models import Organization, Person

NUM_FARMS = 40
NUM_READERS = 32
"""The first buyers, who do not order while it is measured."""
ALL_DAY = [Window(start_s=0, end_s=86_400)]


def load(*, num_products: int, num_buyers: int) -> None:
    """Make the hub and print its buyers: session, token, cycle and products."""
    first = beginnings.begin(
        hub_name="Pôle de mesure", email="ana@mesure.example", person_name="Ana Roy"
    )
    hub, today = first.organization, timezone.localdate()
    _place(hub, "hub", "Quai")
    since = date(today.year - 1, 1, 1)
    pricing_services.start_pricing(hub=hub, on=since)
    for name in ("frozen", "chilled", "ambient"):
        pricing_services.set_transport(
            hub=hub, temperature_class=name, cents_per_kg=15, starts_on=since
        )
    _fill_fund(hub, today)
    service_on = today + timedelta(days=8)
    offers = _grow(hub, num_products, monday_of(service_on))
    now = timezone.now()
    cycle = cycles.create_cycle(
        hub=hub,
        facts=CycleFacts(
            name="Longue liste",
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=5),
            service_on=service_on,
        ),
    )
    cycles.open_cycle(cycle_id=cycle.pk, now=now)
    buyers = [_buyer(hub, number) for number in range(num_buyers)]
    with connection.cursor() as cursor:
        # As the database does by itself within the minute, where it is left to.
        cursor.execute("ANALYZE")
    told = {"cycle": cycle.public_id, "offers": offers, "sessions": buyers}
    print(json.dumps(told))


def count(*, cycle: str, offers: list[str]) -> None:
    """Print how many queries a page of the list and a whole order take."""
    reader, buyer = (
        Shopper(InProcess(_client(f"groupe{number}@mesure.example")), cycle)
        for number in (0, NUM_READERS)
    )
    basket = reader.open_basket()
    look(reader, basket)
    with CaptureQueriesContext(connection) as list_queries:
        look(reader, basket)
    with CaptureQueriesContext(connection) as order_queries:
        buy(buyer, offers[:8])
    steps = {"list": len(list_queries), "order": len(order_queries)}
    print(json.dumps(steps))


def _client(email: str) -> Client:
    client = Client(
        headers={"host": settings.ALLOWED_HOSTS[0]}, enforce_csrf_checks=False
    )
    person = get_user_model().objects.get(email=email)
    client.force_login(person)
    _remember(client, person)
    return client


def _remember(client: Client, person: "Person") -> None:
    """Leave what a sign-in leaves beside its session."""
    devices.remember_device(
        person=person,
        session_key=client.cookies["sessionid"].value,
        user_agent="",
        address="127.0.0.1",
        now=timezone.now(),
    )


class InProcess:
    """Asks pages of Django's test client, for `benchmarks.shopping`."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Status, address one is sent to, words."""
        options: dict[str, Any] = {"secure": True}
        page = (
            self.client.get(path, **options)
            if form is None
            else self.client.post(path, form, **options)
        )
        return page.status_code, page.headers.get("Location", ""), page.content.decode()


def _fill_fund(hub: "Organization", today: date) -> None:
    fund = pricing_services.open_fund(hub=hub, warn_weeks=0, stop_weeks=0)
    lot = pricing_services.add_lot(fund=fund, source="Dons", on=today)
    pricing_services.deposit(
        lot=lot, amount_cents=100_000_000, key=f"{lot.public_id}:first", on=today
    )


def _grow(hub: "Organization", num_products: int, week_on: date) -> list[str]:
    families = {family.code: family.pk for family in hub_selectors.families()}
    farms = [_farm(hub, number) for number in range(NUM_FARMS)]
    offers = []
    for number in range(num_products):
        farm, farmer = farms[number % NUM_FARMS]
        family = sorted(families)[number % len(families)]
        product = producer_services.create_product(
            producer=farm,
            details=ProductDetails(
                family_id=families[family], name_fr=f"Récolte {number:04}"
            ),
        )
        variant = producer_services.add_variant(
            product=product,
            details=VariantDetails(
                unit="case",
                label_fr="caisse 10 kg",
                mass_g=10_000,
                volume_ml=20_000,
                temperature_class=("chilled", "frozen", "ambient")[number % 3],
                is_organic=number % 2 == 0,
            ),
        )
        price_cents = 900 + number
        offer = producer_services.create_offer(
            variant=variant, hub=hub, price_cents=price_cents, pooled_offer=None
        )
        producer_services.post_availability(
            offer=offer,
            week_on=week_on,
            quantity=9_000,
            price_cents=price_cents,
            lot="",
            by=farmer,
            now=timezone.now(),
        )
        offers.append(offer.public_id)
    return offers


def _farm(hub: "Organization", number: int) -> tuple["Organization", "Person"]:
    return _join(hub, "producer", f"Ferme {number}", "producer", f"ferme{number}")


def _buyer(hub: "Organization", number: int) -> dict[str, str]:
    name, mailbox = f"Cuisine {number}", f"groupe{number}"
    buyer, person = _join(hub, "buyer_group", name, "group_buyer", mailbox)
    _place(buyer, "drop_point", f"Porte {number}")
    client = Client()
    client.force_login(person)
    _remember(client, person)
    token = token_hex(16)
    return {"sessionid": client.cookies["sessionid"].value, "csrftoken": token}


def _join(
    hub: "Organization", kind: str, name: str, role: str, mailbox: str
) -> tuple["Organization", "Person"]:
    address = f"{mailbox}@mesure.example"
    organization = organizations.create_organization(
        hub=hub,
        kind=kind,
        name=name,
        contact_email=address,
        contact_phone="514 555-0199",
    )
    invited = memberships.invite(
        organization=organization, email=address, name=name, role=role
    )
    return organization, invited.person


def _place(organization: "Organization", kind: str, name: str) -> None:
    places.save_place(
        organization=organization,
        facts=PlaceFacts(
            kind=kind,
            name=name,
            latitude=45.55,
            longitude=-73.55,
            address="Montréal",
            service_duration_s=480,
        ),
        windows=ALL_DAY,
    )
