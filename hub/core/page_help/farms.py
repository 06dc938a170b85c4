"""Pages of farms: the week, the products, what is offered at what price."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("producers:grid",),
        forms=("producers:cell", "producers:copy", "producers:nothing"),
        sections={"producer": "week", "coordinator": "cycle"},
        about=N_(
            "What your farm has for this week: how much, at what price, from which lot."
        ),
        then=N_(
            "Each row saves itself; “%(all)s” saves them together. Buyers see it as "
            "soon as a cycle is open. “%(nothing)s” tells the coordination not to wait "
            "for you."
        ),
        back=N_(
            "Change it until the close. Promised more than you have? Write what you "
            "really have: the close shares the shortage by the rule."
        ),
        buttons={"nothing": N_("Nothing this week"), "all": N_("Save everything")},
    ),
    Help(
        pages=(
            "producers:catalogue",
            "producers:product_new",
            "producers:product",
            "producers:variant_new",
            "producers:variant",
        ),
        forms=(
            "producers:product_active",
            "producers:variant_active",
            "producers:offer_active",
        ),
        sections={"producer": "products", "coordinator": "first-steps"},
        about=N_(
            "What the farm grows or makes, how it is packed, and which hubs it is "
            "offered to."
        ),
        then=N_(
            "A product is ordered once it has a packing (“%(add)s”), a price, and a "
            "quantity in the week. Weight and volume fill the trucks: write them with "
            "care."
        ),
        back=N_(
            "Nothing is erased: withdraw what you no longer sell, and “%(again)s” "
            "brings it back."
        ),
        buttons={"again": N_("Offer again"), "add": N_("Add a packing")},
    ),
    Help(
        pages=("producers:offer_new", "producers:offer"),
        sections={"producer": "products", "coordinator": "first-steps"},
        about=N_(
            "At what price this packing is offered to a hub, alone or pooled with "
            "other farms."
        ),
        then=N_(
            "“%(save)s” proposes this price in the weeks that you fill from now on."
        ),
        back=N_(
            "Change it at any time: orders that are confirmed keep the price agreed."
        ),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=("producers:minimum",),
        sections={"producer": "products", "coordinator": "close"},
        about=N_(
            "The least your farm wants to sell to a hub in one cycle, for the trip to "
            "be worth it."
        ),
        then=N_(
            "“%(save)s” counts from the next close. Below it, the hub’s rule applies, "
            "and everyone concerned is told."
        ),
        back=N_(
            "Write 0 to do without a minimum. Cycles that are closed do not change."
        ),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=(
            "producers:farms",
            "producers:pooled_offers",
            "producers:pooled_offer_new",
            "producers:pooled_offer",
        ),
        forms=("producers:pooled_offer_active",),
        sections={"coordinator": "cycle"},
        about=N_(
            "Your farms and their week; and pooled offers, one line on the list with "
            "several farms behind it."
        ),
        then=N_(
            "A pooled offer has one price and one packing for all. At the close, it is "
            "shared among farms by the rule."
        ),
        back=N_(
            "Its price can be changed: confirmed orders keep theirs. Withdrawn, it is "
            "brought back by “%(again)s”."
        ),
        buttons={"again": N_("Offer again")},
    ),
)
