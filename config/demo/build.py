"""Writing the demo's hub down through the same services that people use."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from config.demo.goods import GOODS, POOLS, Good
from config.demo.people import FarmIdea
from config.demo.world import BuyerIdea, TruckIdea, World
from hub import selectors as hub_selectors
from hub.services import beginnings, memberships, organizations, places
from hub.services.places import PlaceFacts, Window
from pricing import services as pricing_services
from pricing.core.fees import FeeFigures
from pricing.core.tiers import TierSetting
from producers import services as producer_services
from producers.core.details import PoolDetails, ProductDetails, VariantDetails
from routing.travel.addresses import SampleAddress, sample_addresses
from routing.travel.road_graph import montreal_east

if TYPE_CHECKING:
    from hub.models import Organization, Person, Place
    from producers.models import Offer, PooledOffer
    from vouchers.models import Envelope

HUB_NAME = "Pôle de l’Est"
FUNDER_NAME = "Fondation du Levant"
MAIL_DOMAIN = "demo.charroi.example"
HOURS = {
    "institution": ((7 * 3600, 14 * 3600), (8 * 3600, 15 * 3600)),
    "buyer_group": ((8 * 3600, 17 * 3600), (9 * 3600, 18 * 3600)),
}
"""Hours at which buyers receive, in seconds from midnight."""


@dataclass(slots=True)
class Member:
    """An organization of the demo with its person, its place and its offers."""

    organization: "Organization"
    person: "Person"
    place: "Place"
    offers: list[tuple[Good, "Offer"]] = field(default_factory=list)


@dataclass(slots=True)
class DemoHub:
    """All that the weeks need to be played."""

    hub: "Organization"
    coordinator: "Person"
    farms: list[Member]
    buyers: list[Member]
    lenders: list[Member]
    trucks: list[TruckIdea]
    pools: dict[str, "PooledOffer"]
    envelopes: dict[int, "Envelope"] = field(default_factory=dict)


def build_hub(world: World, *, seed: int, today: date) -> DemoHub:
    """Everybody joins, prices are set, the fund is filled."""
    chance = Random(seed)  # noqa: S311 - a fictional world, no secret
    first = beginnings.begin(
        hub_name=HUB_NAME,
        email=f"coordination@{MAIL_DOMAIN}",
        person_name="Maude Lavigne",
    )
    hub = first.organization
    doors = sample_addresses(
        montreal_east().network, len(world.buyers) + len(world.lenders) + 1, seed
    )
    _place(hub, "hub", f"Quai du {HUB_NAME}", doors[0], [(5 * 3600, 20 * 3600)])
    _set_prices(hub, today)
    demo = DemoHub(
        hub=hub,
        coordinator=first.person,
        farms=[],
        buyers=[],
        lenders=[],
        trucks=list(world.trucks),
        pools=_open_pools(hub),
    )
    for number, idea in enumerate(world.farms):
        demo.farms.append(_join_farm(demo, idea, number, chance))
    for number, buyer in enumerate(world.buyers):
        demo.buyers.append(_join_buyer(demo, buyer, number, doors[number + 1]))
    for number, name in enumerate(world.lenders):
        demo.lenders.append(_join_lender(demo, name, number, doors[-1 - number]))
    _fill_fund(demo, today)
    join(
        demo,
        kind="funder",
        name=FUNDER_NAME,
        role="funder",
        mailbox="bailleur1",
        who="Florence Simard",
    )
    return demo


def _set_prices(hub: "Organization", today: date) -> None:
    since = date(today.year - 1, 1, 1)
    pricing_services.start_pricing(hub=hub, on=since)
    for name, cents in (("frozen", 22), ("chilled", 16), ("ambient", 11)):
        pricing_services.set_transport(
            hub=hub, temperature_class=name, cents_per_kg=cents, starts_on=since
        )
    pricing_services.set_fee(
        hub=hub, figures=FeeFigures(leg="dock", cents_per_unit=15), starts_on=since
    )
    # Shown as a figure to come: what is ordered today does not know it yet.
    next_year = TierSetting(
        code="soutien", multiplier_bps=11_800, needs_agreement=False
    )
    pricing_services.set_tiers(
        hub=hub, settings=[next_year], starts_on=date(today.year + 1, 1, 1)
    )


def _fill_fund(demo: DemoHub, today: date) -> None:
    """A city's grant for community groups only, a foundation's gift, small gifts."""
    fund = pricing_services.open_fund(hub=demo.hub, warn_weeks=6, stop_weeks=1)
    size = len(demo.buyers)
    groups = [
        b.organization for b in demo.buyers if b.organization.kind != "institution"
    ]
    grant = pricing_services.add_lot(
        fund=fund,
        source="Subvention municipale, sécurité alimentaire",
        on=today,
        ends_on=date(today.year + 1, 3, 31),
        eligible=groups,
    )
    gift = pricing_services.add_lot(fund=fund, source=FUNDER_NAME, on=today)
    for lot, cents in ((grant, 45_000 * size), (gift, 25_000 * size)):
        pricing_services.deposit(
            lot=lot,
            amount_cents=cents,
            key=f"{lot.public_id}:first",
            on=today - timedelta(weeks=8),
            memo=lot.source,
        )


def _open_pools(hub: "Organization") -> dict[str, "PooledOffer"]:
    families = {family.code: family.pk for family in hub_selectors.families()}
    pools = {}
    for code, (name_fr, name_en, family) in POOLS.items():
        good = next(g for g in GOODS if g.pool == code)
        pools[code] = producer_services.create_pooled_offer(
            hub=hub,
            details=PoolDetails(
                family_id=families[family],
                name_fr=name_fr,
                name_en=name_en,
                price_cents=good.price_cents,
                mass_g=good.mass_g,
                volume_ml=good.volume_ml,
                temperature_class=good.temperature_class,
            ),
        )
    return pools


def join(
    demo: DemoHub, *, kind: str, name: str, role: str, mailbox: str, who: str
) -> tuple["Organization", "Person"]:
    """An organization joins the hub with one person of it."""
    organization = organizations.create_organization(
        hub=demo.hub,
        kind=kind,
        name=name,
        contact_email=f"{mailbox}@{MAIL_DOMAIN}",
        contact_phone="514 555-0199",
    )
    membership = memberships.invite(
        organization=organization,
        email=f"{mailbox}@{MAIL_DOMAIN}",
        name=who,
        role=role,
    )
    return organization, membership.person


def _join_farm(demo: DemoHub, idea: FarmIdea, number: int, chance: Random) -> Member:
    farm, person = join(
        demo,
        kind="producer",
        name=idea.name,
        role="producer",
        mailbox=f"ferme{number + 1}",
        who=FIRST_NAMES[number % len(FIRST_NAMES)],
    )
    gate = places.save_place(
        organization=farm,
        facts=PlaceFacts(
            kind="farm",
            name=f"{idea.name}, entrepôt",
            latitude=idea.lat,
            longitude=idea.lon,
            address=idea.town,
            service_duration_s=720,
        ),
        windows=[Window(start_s=5 * 3600, end_s=14 * 3600)],
    )
    member = Member(organization=farm, person=person, place=gate)
    families = {family.code: family.pk for family in hub_selectors.families()}
    is_organic = chance.random() < 0.5
    for good in (g for g in GOODS if g.kind in idea.kinds):
        member.offers.append((good, _offer(demo, farm, good, families, is_organic)))
    return member


def _offer(
    demo: DemoHub,
    farm: "Organization",
    good: Good,
    families: dict[str, int],
    is_organic: bool,
) -> "Offer":
    product = producer_services.create_product(
        producer=farm,
        details=ProductDetails(
            family_id=families[good.family],
            name_fr=good.fr,
            name_en=good.en,
            taxability="taxable" if good.is_taxable else "zero_rated",
        ),
    )
    variant = producer_services.add_variant(
        product=product,
        details=VariantDetails(
            unit=good.unit,
            label_fr=good.label_fr,
            label_en=good.label_en,
            mass_g=good.mass_g,
            volume_ml=good.volume_ml,
            temperature_class=good.temperature_class,
            is_organic=is_organic and not good.pool,
        ),
    )
    return producer_services.create_offer(
        variant=variant,
        hub=demo.hub,
        price_cents=good.price_cents,
        pooled_offer=demo.pools.get(good.pool),
    )


def _join_buyer(
    demo: DemoHub, idea: BuyerIdea, number: int, door: SampleAddress
) -> Member:
    is_institution = idea.kind == "institution"
    buyer, person = join(
        demo,
        kind=idea.kind,
        name=idea.name,
        role="institutional_buyer" if is_institution else "group_buyer",
        mailbox=f"groupe{number + 1}",
        who=FIRST_NAMES[(number * 7 + 3) % len(FIRST_NAMES)],
    )
    hours = HOURS[idea.kind]
    place = _place(buyer, "drop_point", idea.name, door, [hours[number % len(hours)]])
    return Member(organization=buyer, person=person, place=place)


def _join_lender(demo: DemoHub, name: str, number: int, door: SampleAddress) -> Member:
    lender, person = join(
        demo,
        kind="carrier",
        name=name,
        role="driver",
        mailbox=f"transport{number + 1}",
        who=FIRST_NAMES[(number * 5 + 11) % len(FIRST_NAMES)],
    )
    depot = _place(lender, "depot", f"Garage {name}", door, [(0, 86_400)])
    return Member(organization=lender, person=person, place=depot)


def _place(
    organization: "Organization",
    kind: str,
    name: str,
    door: SampleAddress,
    hours: list[tuple[int, int]],
) -> "Place":
    return places.save_place(
        organization=organization,
        facts=PlaceFacts(
            kind=kind,
            name=name,
            latitude=round(door.point.lat, 6),
            longitude=round(door.point.lon, 6),
            address=f"{door.street}, Montréal",
            service_duration_s=480,
        ),
        windows=[Window(start_s=start_s, end_s=end_s) for start_s, end_s in hours],
    )


FIRST_NAMES = (
    "Aïcha Benali",
    "Baptiste Côté",
    "Camille Gagnon",
    "Daphné Roy",
    "Émile Pelletier",
    "Fatou Diallo",
    "Gabriel Nguyen",
    "Hélène Bouchard",
    "Ismaël Tremblay",
    "Jeanne Lévesque",
    "Karim Haddad",
    "Laurence Morin",
    "Mathis Fortin",
    "Nadia Popescu",
    "Olivier Gauthier",
    "Paule Bergeron",
    "Quentin Caron",
    "Rosalie Ouellet",
    "Samuel Kabeya",
    "Thérèse Poirier",
)
