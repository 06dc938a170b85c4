"""Pages where prices are set and the solidarity fund is kept."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("pricing:prices",),
        forms=(
            "pricing:start",
            "pricing:tiers",
            "pricing:margin",
            "pricing:transport",
            "pricing:fee",
        ),
        sections={"coordinator": "money"},
        about=N_(
            "How a price is made: the farm’s price, the hub’s margin, transport, and "
            "three tiers to choose from."
        ),
        then=N_(
            "“%(tiers)s” and “%(margin)s” count from their date on. Farms are paid the "
            "same at every tier; the fund pays or receives the difference."
        ),
        back=N_(
            "Write new figures whenever you like. Confirmed orders never change price."
        ),
        buttons={"tiers": N_("Save the tiers"), "margin": N_("Save the margin")},
    ),
    Help(
        pages=("pricing:agreements",),
        forms=("pricing:agreement_end",),
        sections={"coordinator": "money"},
        about=N_(
            "Gives a buyer a tier that is not open to everyone. Only the coordination "
            "sees it."
        ),
        then=N_(
            "“%(grant)s” lets the buyer choose that tier from the first day on; an "
            "earlier agreement ends the day before."
        ),
        back=N_(
            "“%(end)s” stops it; what was ordered keeps its price. It can be granted "
            "again."
        ),
        buttons={"grant": N_("Grant"), "end": N_("End today")},
    ),
    Help(
        pages=("pricing:limits",),
        forms=("pricing:limit_end",),
        sections={"coordinator": "money"},
        about=N_(
            "Sets the lowest price that a tier may bring, and the most support that "
            "one buyer may get for the deliveries of a month."
        ),
        then=N_(
            "“%(save)s” counts from its first day on: an order below the floor or "
            "above the cap is refused, with what to choose instead."
        ),
        back=N_(
            "“%(end)s” lifts it; write new figures whenever you like. Confirmed orders "
            "never change price."
        ),
        buttons={"save": N_("Save the limit"), "end": N_("End it")},
    ),
    Help(
        pages=("pricing:fund",),
        forms=(
            "pricing:fund_open",
            "pricing:runway",
            "pricing:stop_rule",
            "pricing:fund_publish",
            "pricing:lot_new",
            "pricing:deposit",
            "pricing:lot_prolong",
            "pricing:lot_return",
        ),
        sections={"coordinator": "money"},
        about=N_(
            "The solidarity fund: it pays what low tiers are spared, and is never "
            "spent below zero."
        ),
        then=N_(
            "“%(record)s” writes down money that was received; orders can draw on it "
            "at once. “%(lot)s” keeps apart money with an end or chosen buyers."
        ),
        back=N_(
            "A deposit stands: check the amount first. What a grant leaves at its end "
            "goes back with “%(back)s”, or gets a later last day. Thresholds change at "
            "will."
        ),
        buttons={
            "record": N_("Record"),
            "lot": N_("Add the lot"),
            "back": N_("Record what goes back"),
        },
    ),
    Help(
        pages=("orders:simulator",),
        sections={"coordinator": "money"},
        about=N_(
            "Tries other prices and other shares of the sales on the past year, and "
            "says how long the fund would last."
        ),
        then=N_(
            "The figures follow the sliders; below, the prices that ask the least of "
            "those who do not need help are looked for."
        ),
        back=N_("Nothing is changed here: prices are set on their own page."),
    ),
)
