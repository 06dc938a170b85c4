"""A whole small market: two farms, three buyers, one truck, and a person for each.

What must exist before a week begins; the week itself is told by the tests.
"""

from dataclasses import dataclass

from hub.models import Organization, Person, Place
from pricing.models import FundLot
from producers.models import Offer
from routing.models import FleetPool, Vehicle
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import make_pricing

GATES = {"rang": (45.6800, -73.4200), "bleuets": (45.7100, -73.4600)}
"""Farms on the north shore, off the streets that we know."""

DOORS = {
    "kitchen": (45.5490, -73.5420),
    "nursery": (45.5720, -73.5500),
    "market": (45.5545, -73.5560),
}
"""Drop points on the streets that we know."""

DEPOT = (45.5580, -73.5800)


@dataclass(frozen=True)
class Market:
    """A hub with its members; people bear short names, goods those of the field.

    Ana coordinates, Lea grows carrots, Noe picks blueberries, Mia orders for a kitchen,
    Rose for a nursery, Tom for a market.
    """

    hub: Organization
    people: dict[str, Person]
    buyers: dict[str, Organization]
    doors: dict[str, Place]
    carrots: Offer
    berries: Offer
    lot: FundLot
    pool: FleetPool
    truck: Vehicle


def make_market() -> Market:
    """Carrots at 20 $ a chilled case of 10 kg, berries at 10 $ a frozen bag of 2 kg.

    With 15 % and 10 cents a kilogram: 24,00 $ and 11,70 $; at 80 %, the fund adds
    4,80 $ and 2,34 $. The fund has 100 $.
    """
    hub = ground.make_hub("Pôle des Deux-Rives")
    rang = ground.make_farm("Ferme du Rang", hub=hub)
    bleuets = ground.make_farm("Bleuetière Nord", hub=hub)
    for farm, name in ((rang, "rang"), (bleuets, "bleuets")):
        ground.make_place(
            farm, kind=Place.Kind.FARM, name=f"Cour, {farm.name}", point=GATES[name]
        )
    buyers = {
        "kitchen": ground.make_buyer("Cuisine La Marmite", hub=hub),
        "nursery": ground.make_buyer(
            "CPE Les Bottines", hub=hub, kind=Organization.Kind.INSTITUTION
        ),
        "market": ground.make_buyer("Marché du Coin", hub=hub),
    }
    lot = make_pricing(hub)
    pool = make_pool(hub)
    return Market(
        hub=hub,
        people={
            "ana": ground.make_coordinator(hub),
            "lea": ground.make_producer(rang),
            "noe": ground.make_producer(bleuets),
            "mia": ground.make_group_buyer(buyers["kitchen"]),
            "rose": ground.make_member(buyers["nursery"], "institutional_buyer"),
            "tom": ground.make_group_buyer(buyers["market"]),
        },
        buyers=buyers,
        doors={
            name: ground.make_place(
                buyer, name=f"Porte, {buyer.name}", point=DOORS[name]
            )
            for name, buyer in buyers.items()
        },
        carrots=_offer(rang, "Carottes nantaises", "caisse 10 kg", cents=2_000),
        berries=_offer(bleuets, "Bleuets sauvages", "sac 2 kg", cents=1_000),
        lot=lot,
        pool=pool,
        truck=_truck(pool, hub),
    )


def _offer(farm: Organization, name: str, label: str, *, cents: int) -> Offer:
    is_case = label.startswith("caisse")
    variant = farms.make_variant(
        farms.make_product(farm, name, family=ground.make_family("legumes")),
        label_fr=label,
        mass_g=10_000 if is_case else 2_000,
        volume_ml=20_000 if is_case else 4_000,
        temperature_class="chilled" if is_case else "frozen",
    )
    return farms.make_offer(hub=farm.hub, variant=variant, price_cents=cents)


def _truck(pool: FleetPool, hub: Organization) -> Vehicle:
    owner = ground.make_carrier("Camions partagés", hub=hub)
    home = ground.make_place(
        owner, kind=Place.Kind.DEPOT, point=DEPOT, window_s=None, name="Garage partagé"
    )
    return make_vehicle(
        pool,
        owner=owner,
        home=home,
        name="Le Fourgon",
        holds={"chilled": (1_000, 4_000), "frozen": (300, 1_000)},
    )
