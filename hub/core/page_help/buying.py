"""Pages of who orders, and of who pays a part with an envelope."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("orders:basket", "orders:list"),
        forms=("orders:open_basket",),
        sections={
            "group_buyer": "order",
            "institutional_buyer": "order",
            "coordinator": "follow",
        },
        about=N_("What the farms offer in this cycle, at the price of your tier."),
        then=N_(
            "“%(save)s” keeps your basket for everyone of your organization. Nothing "
            "is reserved, and nothing owed, before you confirm."
        ),
        back=N_("Write 0, or empty the field, to take a product out."),
        buttons={"save": N_("Save the quantities")},
    ),
    Help(
        pages=("orders:basket_page",),
        forms=("orders:copy_last", "orders:empty"),
        sections={
            "group_buyer": "order",
            "institutional_buyer": "order",
            "coordinator": "follow",
        },
        about=N_(
            "Your basket: quantities, the tier you choose, who pays a part, and where "
            "it is delivered."
        ),
        then=N_("“%(check)s” shows the whole order once more; it does not order yet."),
        back=N_("“%(empty)s” cannot be undone, but it touches no confirmed order."),
        buttons={"check": N_("Check and confirm"), "empty": N_("Empty the basket")},
    ),
    Help(
        pages=("orders:confirm",),
        forms=("orders:fair_price",),
        sections={
            "group_buyer": "order",
            "institutional_buyer": "order",
            "coordinator": "follow",
        },
        about=N_("The last look before you order: products, price, place and day."),
        then=N_(
            "Confirming reserves the goods for you, and what an envelope or the fund "
            "pays. The price is then yours."
        ),
        back=N_(
            "You may change or cancel until the cycle closes; afterwards, call the "
            "coordination."
        ),
    ),
    Help(
        pages=("orders:order",),
        forms=("orders:change", "orders:default_order", "orders:households"),
        sections={
            "group_buyer": "order",
            "institutional_buyer": "order",
            "coordinator": "follow",
        },
        about=N_(
            "One order: what was ordered, what you will receive, what it costs and why."
        ),
        then=N_(
            "“%(change)s” opens a basket beside it; the order stays until you confirm. "
            "“%(default)s” places it again each time you forget."
        ),
        back=N_(
            "“%(cancel)s” gives everything back, until the close. A default order "
            "stops when you say so."
        ),
        buttons={
            "change": N_("Change this order"),
            "cancel": N_("Cancel it"),
            "default": N_("Make it our default order"),
        },
    ),
    Help(
        pages=("orders:cancel",),
        sections={
            "group_buyer": "order",
            "institutional_buyer": "order",
            "coordinator": "follow",
        },
        about=N_("What becomes of the goods and the money if you cancel."),
        then=N_(
            "“%(cancel)s” gives the goods back to the farms and frees what the fund or "
            "an envelope held."
        ),
        back=N_(
            "It cannot be undone: you would order again, with what is left then. "
            "“%(keep)s” changes nothing."
        ),
        buttons={"cancel": N_("Cancel this order"), "keep": N_("Keep it")},
    ),
    Help(
        pages=("vouchers:envelopes", "vouchers:envelope_new"),
        sections={
            "programme_manager": "grant",
            "group_buyer": "envelope",
            "distributor": "envelopes",
        },
        about=N_(
            "Envelopes: money of a programme that pays a part of a group’s orders."
        ),
        then=N_(
            "“%(grant)s” lets the group choose it in its basket at once. Money is held "
            "when it confirms, spent when goods are delivered."
        ),
        back=N_(
            "A programme may take back what no order holds. Days and families stay as "
            "granted: grant another envelope."
        ),
        buttons={"grant": N_("Grant")},
    ),
    Help(
        pages=("vouchers:envelope",),
        forms=("vouchers:top_up", "vouchers:withdraw"),
        sections={
            "programme_manager": "change",
            "group_buyer": "envelope",
            "distributor": "envelopes",
        },
        about=N_(
            "One envelope: what was granted, held by orders, spent, and what is left."
        ),
        then=N_(
            "“%(add)s” puts money in; “%(back)s” returns what no order holds. Both are "
            "written in its journal."
        ),
        back=N_(
            "A wrong amount is mended by the other movement. What a delivery spent "
            "stays spent."
        ),
        buttons={"add": N_("Add"), "back": N_("Take back")},
    ),
    Help(
        pages=("vouchers:programmes",),
        forms=("vouchers:programme_part",),
        sections={"coordinator": "money"},
        about=N_("The voucher programmes that may pay for groups of your hub."),
        then=N_(
            "“%(welcome)s” lets a programme of elsewhere grant envelopes to your "
            "groups, from the code it gave you."
        ),
        back=N_(
            "“%(end)s” stops new envelopes; those granted stand. You may welcome it "
            "again."
        ),
        buttons={"welcome": N_("Welcome it"), "end": N_("End")},
    ),
)
