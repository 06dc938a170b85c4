"""Pages of trucks: pools, loans, papers."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=(
            "routing:pools",
            "routing:pool_new",
            "routing:pool_join",
            "routing:pool",
        ),
        forms=("routing:pool_leave",),
        sections={"coordinator": "first-steps"},
        about=N_("Pools: trucks that one or several hubs plan together."),
        then=N_(
            "“%(open)s” begins one of yours. “%(join)s” puts your goods on the trucks "
            "of another hub, from the code it gave you; both then see the days shared."
        ),
        back=N_("“%(leave)s” is possible at any time, and the code brings you back."),
        buttons={
            "open": N_("Open a pool"),
            "join": N_("Share these trucks"),
            "leave": N_("Leave this pool"),
        },
    ),
    Help(
        pages=("routing:vehicle_new", "routing:own_vehicle_new", "routing:vehicle"),
        sections={"coordinator": "first-steps", "driver": "lend"},
        about=N_(
            "One truck: its home, its hours, its compartments, and what it costs."
        ),
        then=N_(
            "“%(save)s” counts for the plans made from now on. Goods ride only in a "
            "compartment of their own temperature."
        ),
        back=N_(
            "Everything can be corrected. A truck is set aside rather than erased; "
            "published plans keep it."
        ),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=("routing:lending", "routing:offer", "routing:keep"),
        sections={"driver": "lend"},
        about=N_("Your trucks, the days you lend them, and at what price."),
        then=N_(
            "“%(offer)s” asks the coordination of a pool, which confirms or declines. "
            "“%(keep)s” takes the truck out of every plan in those hours."
        ),
        back=N_(
            "Both can be called off, unless a published plan drives the truck that "
            "day. A truck is never lent twice."
        ),
        buttons={"offer": N_("Offer these days"), "keep": N_("Keep this truck")},
    ),
    Help(
        pages=("routing:calendar", "routing:calendar_week"),
        forms=("routing:loans_decide",),
        sections={"coordinator": "plan"},
        about=N_(
            "Which truck is whose, day by day, and the offers that wait for an answer."
        ),
        then=N_(
            "“%(yes)s” makes the truck the pool’s in those hours, at the price "
            "offered. “%(no)s” gives the hours back."
        ),
        back=N_(
            "“%(off)s” undoes a yes, unless a published plan drives the truck. What "
            "was declined must be offered again."
        ),
        buttons={
            "yes": N_("Confirm these days"),
            "no": N_("Decline"),
            "off": N_("Call these days off"),
        },
    ),
    Help(
        pages=("routing:papers", "routing:vehicle_papers", "routing:driver_papers"),
        sections={"driver": "lend", "coordinator": "problems"},
        about=N_("Insurance, registration, licences: until when each is good."),
        then=N_(
            "“%(save)s” keeps the date and the scan. Trucks do not leave with a paper "
            "that is missing or over."
        ),
        back=N_(
            "A new date replaces the old one. A scan is shown only to those who keep "
            "these papers."
        ),
        buttons={"save": N_("Save")},
    ),
)
