"""Who does what, in plain words: what each role sees, may do, and never sees.

Each sentence names the pages that prove it. A test holds them against the table of who
may open which page, and insists that every entry of a role's menu is told here.
"""

from dataclasses import dataclass

from hub.core.errors import N_


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a role, and the pages on which it is true."""

    sentence: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A role: in one sentence, then what it sees, may do, and never sees."""

    about: str
    sees: tuple[Claim, ...]
    may: tuple[Claim, ...]
    never: tuple[Claim, ...]


_BOOKS = Claim(
    N_("Whether the books were proved last night, and until when they are closed."),
    ("hub:books",),
)
_TODAY = Claim(
    N_("What there is to do today, its own page and its places."),
    ("hub:today", "hub:places", "hub:my_organization"),
)
_OWN_FACTS = Claim(
    N_("Correct its own places, with their hours and how to get in."),
    ("hub:place_new",),
)
_NOT_PRICES = Claim(
    N_("How the hub sets its margins, and the solidarity fund."), ("pricing:fund",)
)
_NOT_OTHERS = Claim(
    N_("The other members, their people and their addresses."),
    ("hub:organizations",),
)
_NOT_INVOICES = Claim(N_("The invoices of the hub’s buyers."), ("orders:invoices",))
_TRUCKS = Claim(
    N_("Trucks of its own that it lends, and what they were paid."),
    ("routing:lending", "routing:my_pay"),
)
_LEND = Claim(N_("Add a truck and offer it by the day."), ("routing:own_vehicle_new",))
_SHARES = Claim(
    N_("Its share of what transport cost, and how it was made."),
    ("routing:my_shares",),
)
_BUYER_SEES = (
    _TODAY,
    Claim(
        N_("What is offered this week, at its own prices, and how they are made."),
        ("orders:basket", "pricing:explained"),
    ),
    Claim(N_("Its orders and its invoices."), ("orders:orders", "orders:my_invoices")),
    _SHARES,
    _TRUCKS,
)
_BUYER_MAY = (
    Claim(N_("Fill a basket and confirm an order."), ("orders:open_basket",)),
    _OWN_FACTS,
    _LEND,
)
_BUYER_NEVER = (
    _NOT_OTHERS,
    Claim(N_("What farms sold, and to whom."), ("orders:sold",)),
    _NOT_INVOICES,
    _NOT_PRICES,
)

ROLES: dict[str, Told] = {
    "coordinator": Told(
        about=N_("Runs the week of the hub, from the first offer to the last invoice."),
        sees=(
            _TODAY,
            Claim(
                N_("All members, cycles, farms’ weeks and notices."),
                (
                    "hub:organizations",
                    "hub:cycles",
                    "producers:farms",
                    "producers:pooled_offers",
                    "hub:notices",
                ),
            ),
            Claim(N_("Who changed what, and why."), ("hub:trail",)),
            Claim(
                N_("Routes, trucks, invoices, prices, the fund and the results."),
                (
                    "routing:plans",
                    "routing:pools",
                    "orders:invoices",
                    "pricing:prices",
                    "hub:impact",
                ),
            ),
            Claim(N_("Which voucher programmes work here."), ("vouchers:programmes",)),
            _BOOKS,
        ),
        may=(
            Claim(
                N_("Welcome members, invite people and take roles away."),
                ("hub:organization_new", "hub:invite", "hub:membership_end"),
            ),
            Claim(
                N_("Prepare, open and close cycles."),
                ("hub:cycle_new", "hub:cycle_open", "routing:close"),
            ),
            Claim(
                N_("Plan routes, publish them, bill and settle a day."),
                ("routing:propose", "routing:publish", "routing:settle"),
            ),
            Claim(
                N_("Set tiers, margins and transport, and import sheets."),
                ("pricing:tiers", "pricing:margin", "routing:import_new"),
            ),
        ),
        never=(
            Claim(
                N_("What is in the envelopes of a group’s households."),
                ("vouchers:envelopes",),
            ),
            Claim(
                N_("A driver’s own page of routes, unless they drive too."),
                ("routing:my_routes",),
            ),
        ),
    ),
    "producer": Told(
        about=N_("Speaks for a farm: what it has each week, and at what price."),
        sees=(
            _TODAY,
            Claim(
                N_("Its products, its week and what was ordered of it."),
                ("producers:products", "producers:week", "orders:sold"),
            ),
            Claim(N_("Its statements: what it is paid."), ("orders:statements",)),
            _SHARES,
            _TRUCKS,
        ),
        may=(
            Claim(
                N_("Write what is available and at what price, until the close."),
                ("producers:grid", "producers:nothing"),
            ),
            Claim(
                N_("Add products and packings."),
                ("producers:product_new", "producers:variant_new"),
            ),
            _OWN_FACTS,
            _LEND,
        ),
        never=(
            _NOT_OTHERS,
            Claim(N_("The baskets and prices of buyers."), ("orders:basket",)),
            _NOT_INVOICES,
            _NOT_PRICES,
        ),
    ),
    "group_buyer": Told(
        about=N_("Orders for a community group."),
        sees=(
            *_BUYER_SEES,
            Claim(
                N_("The envelopes that a programme gave the group."),
                ("vouchers:envelopes",),
            ),
        ),
        may=_BUYER_MAY,
        never=_BUYER_NEVER,
    ),
    "institutional_buyer": Told(
        about=N_("Orders for a school, a daycare, a hospital."),
        sees=_BUYER_SEES,
        may=_BUYER_MAY,
        never=(*_BUYER_NEVER, Claim(N_("Any envelope."), ("vouchers:envelopes",))),
    ),
    "driver": Told(
        about=N_("Drives a truck: loads at farms, unloads at doors."),
        sees=(
            _TODAY,
            Claim(
                N_("The published routes they drive: stops, goods, whom to ask for."),
                ("routing:my_routes", "routing:route"),
            ),
            _TRUCKS,
        ),
        may=(
            Claim(
                N_("Tell what was loaded and delivered, also without a network."),
                ("routing:drive_tap",),
            ),
            _LEND,
        ),
        never=(
            _NOT_OTHERS,
            Claim(N_("A route before it is published."), ("routing:plan",)),
            Claim(N_("Orders and their prices."), ("orders:orders", "orders:sold")),
            _NOT_INVOICES,
            _NOT_PRICES,
        ),
    ),
    "programme_manager": Told(
        about=N_("Runs a voucher programme: gives groups envelopes of money for food."),
        sees=(
            _TODAY,
            Claim(
                N_("The envelopes it gave, and what is left in each."),
                ("vouchers:envelopes",),
            ),
        ),
        may=(
            Claim(
                N_("Grant an envelope, add to it, take back what is left."),
                ("vouchers:envelope_new", "vouchers:top_up", "vouchers:withdraw"),
            ),
            _OWN_FACTS,
        ),
        never=(
            _NOT_OTHERS,
            Claim(N_("The orders paid with an envelope."), ("orders:order",)),
            _NOT_INVOICES,
            _NOT_PRICES,
        ),
    ),
    "distributor": Told(
        about=N_("Hands out food for a group."),
        sees=(
            _TODAY,
            Claim(N_("The envelopes of its group."), ("vouchers:envelopes",)),
        ),
        may=(_OWN_FACTS,),
        never=(
            _NOT_OTHERS,
            Claim(N_("The group’s orders and invoices."), ("orders:orders",)),
            _NOT_PRICES,
        ),
    ),
    "merchant": Told(
        about=N_("A shop that takes vouchers; it will have pages of its own."),
        sees=(_TODAY,),
        may=(_OWN_FACTS,),
        never=(_NOT_OTHERS, _NOT_INVOICES, _NOT_PRICES),
    ),
    "funder": Told(
        about=N_("Funds the hub or sits on its board: follows what it achieves."),
        sees=(
            _TODAY,
            Claim(
                N_("Results: tonnes, kilometres, meals, never a name."),
                ("hub:impact",),
            ),
            _BOOKS,
        ),
        may=(),
        never=(
            _NOT_OTHERS,
            Claim(N_("Any order, basket or envelope."), ("orders:orders",)),
            _NOT_INVOICES,
            _NOT_PRICES,
        ),
    ),
}
"""Every role, in the order of the page."""
