"""Forms in which a person chooses a row: one entry for each such field.

A body is written as in an address; `@farm` stands for the public id of a row of one's
own hub, `#pool` for its key. `theirs` names rows that the same person may not choose:
`other.` of the twin hub, `home.` of somebody else in one's own.
"""

from dataclasses import dataclass

PLACE = (
    "kind=drop_point&name=Quai&latitude=45.6&longitude=-73.5&service_min=10"
    "&form-TOTAL_FORMS=0&form-INITIAL_FORMS=0"
)
TRUCK = (
    "name=Camion&plate=X&shift_start=06:00&shift_end=17:00&fixed=0&per_km=0&per_hour=0"
    "&is_active=on&chilled_kg=500&chilled_l=2000"
)
CELL = "price-@offer=24&lot-@offer=&page=p&change=1"
LENT = (
    "first_on=2090-01-02&last_on=2090-01-02&shift_start=21600&shift_end=61200"
    "&fixed=0&per_km=0&per_hour=0"
)
KEY = "0d5a1f3e-6f3b-4c39-9d3b-2f8a5b7c1e11"
TERMS = "tier_code=juste_prix&po_number=&note=quai"


@dataclass(frozen=True, slots=True)
class Choice:
    """One field that names a row, sent by one person in an otherwise sound form."""

    role: str
    route: str
    row: str
    body: str
    mine: str
    theirs: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.role} {self.route} {self.mine}"


CHOICES = [
    Choice(
        "coordination",
        "hub:place_new",
        "-",
        f"organization=@farm&{PLACE}",
        "@farm",
        ("other.farm", "other.hub"),
    ),
    Choice(
        "farm_a",
        "hub:place_new",
        "-",
        f"organization=@farm&{PLACE}",
        "@farm",
        ("other.farm", "home.farm_b", "home.hub", "home.group"),
    ),
    Choice(
        "farm_a",
        "producers:offer_new",
        "spare_variant",
        "price=24&pooled_offer=#pool",
        "#pool",
        ("other.pool",),
    ),
    Choice(
        "farm_a",
        "producers:offer",
        "spare_offer",
        "price=25&pooled_offer=#pool",
        "#pool",
        ("other.pool",),
    ),
    Choice(
        "farm_a",
        "producers:cell",
        "farm",
        f"offer=@offer&quantity-@offer=9&{CELL}",
        "@offer",
        ("other.offer", "home.pooled_line"),
    ),
    Choice(
        "farm_a",
        "producers:grid",
        "farm",
        f"quantity-@offer=9&{CELL}",
        "@offer",
        ("other.offer", "home.pooled_line"),
    ),
    Choice(
        "farm_a",
        "producers:grid",
        "farm",
        f"hub=@hub&quantity-@offer=9&{CELL}",
        "@hub",
        ("other.hub", "home.farm_b"),
    ),
    Choice(
        "coordination",
        "orders:open_basket",
        "cycle",
        "buyer=@institution",
        "@institution",
        ("other.institution", "home.farm"),
    ),
    Choice(
        "institution",
        "orders:open_basket",
        "cycle",
        "buyer=@institution",
        "@institution",
        ("other.institution", "home.group"),
    ),
    Choice(
        "group",
        "orders:list",
        "basket",
        "q-@offer=3",
        "@offer",
        ("other.offer", "other.pool"),
    ),
    Choice(
        "group",
        "orders:basket_page",
        "basket",
        f"drop_point=@drop_point&{TERMS}",
        "@drop_point",
        ("other.drop_point", "other.hub_place", "home.dock", "home.farm_place"),
    ),
    Choice(
        "coordination",
        "routing:vehicle",
        "vehicle",
        f"{TRUCK}&owner=@carrier&home=@carrier_place",
        "@carrier",
        ("other.carrier", "other.hub"),
    ),
    Choice(
        "coordination",
        "routing:vehicle",
        "vehicle",
        f"{TRUCK}&owner=@carrier&home=@carrier_place",
        "@carrier_place",
        ("other.carrier_place", "other.hub_place"),
    ),
    Choice(
        "coordination",
        "routing:vehicle_new",
        "fleet",
        f"{TRUCK}&owner=@carrier&home=@carrier_place",
        "@carrier",
        ("other.carrier",),
    ),
    Choice(
        "coordination",
        "routing:vehicle_new",
        "fleet",
        f"{TRUCK}&owner=@carrier&home=@carrier_place",
        "@carrier_place",
        ("other.carrier_place",),
    ),
    Choice(
        "driver",
        "routing:vehicle",
        "vehicle",
        f"{TRUCK}&owner=@carrier&home=@carrier_place",
        "@carrier",
        ("other.carrier", "home.farm"),
    ),
    Choice(
        "driver",
        "routing:vehicle",
        "vehicle",
        f"{TRUCK}&owner=@carrier&home=@carrier_place",
        "@carrier_place",
        ("other.carrier_place", "home.farm_place"),
    ),
    Choice(
        "coordination",
        "routing:route_driver",
        "plan",
        "driver=@trucker",
        "@trucker",
        ("other.trucker", "home.farmer"),
    ),
    Choice(
        "driver",
        "routing:offer",
        "vehicle",
        f"pool=@fleet_b&code=&{LENT}",
        "@fleet_b",
        ("other.fleet_b", "home.fleet"),
    ),
    Choice(
        "coordination",
        "pricing:agreements",
        "-",
        "buyer=@institution&tier=solidaire&starts_on=2030-01-01&ends_on=",
        "@institution",
        ("other.institution", "home.farm", "home.hub"),
    ),
    Choice(
        "coordination",
        "pricing:limits",
        "-",
        "buyer=&floor_bps=90&cap_cents=&grant=@grant&starts_on=2030-01-01&ends_on=",
        "@grant",
        ("other.grant",),
    ),
    Choice(
        "coordination",
        "pricing:limits",
        "-",
        "buyer=@institution&floor_bps=&cap_cents=5&grant=&starts_on=2030-01-01&ends_on=",
        "@institution",
        ("other.institution", "home.farm", "home.hub"),
    ),
    Choice(
        "coordination",
        "pricing:limits",
        "-",
        "buyer=&floor_bps=90&cap_cents=&grant=@lot&starts_on=2030-01-01&ends_on=",
        "@lot",
        ("other.lot",),
    ),
    Choice(
        "coordination",
        "pricing:lot_new",
        "-",
        "source=Ville&kind=grant&ends_on=&eligible=@group",
        "@group",
        ("other.group", "home.farm"),
    ),
    Choice(
        "programme",
        "vouchers:envelope_new",
        "-",
        f"group=@group&amount=12&starts_on=2030-01-01&ends_on=&note=&key={KEY}",
        "@group",
        ("other.group", "home.farm", "home.institution", "home.hub"),
    ),
    Choice(
        "coordination",
        "pricing:deposit",
        "-",
        f"lot=@lot&amount=12&memo=&key={KEY}",
        "@lot",
        ("other.lot",),
    ),
    Choice(
        "coordination",
        "pricing:lot_prolong",
        "-",
        "lot=@grant&ends_on=2091-01-01&why=lettre",
        "@grant",
        ("other.grant",),
    ),
    Choice(
        "coordination",
        "pricing:lot_return",
        "-",
        f"lot=@grant&amount=12&why=fin&key={KEY}",
        "@grant",
        ("other.grant",),
    ),
]

WITHOUT_OWNER = {
    "AgreementForm.tier": "a code is read as the tier of one's own hub",
    "ProductForm.family": "families are common to every hub",
    "PooledOfferForm.family": "families are common to every hub",
    "GrantForm.families": "families are common to every hub",
    "PoolForm.hubs": "only hubs that already share the pool can be kept",
}
"""Choices of a row that nobody in particular owns, and why they need no entry."""
