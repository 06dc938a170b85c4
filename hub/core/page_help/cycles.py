"""Pages of a cycle: prepared, opened, closed, opened again."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("hub:cycles", "hub:cycle_new", "hub:cycle_edit"),
        sections={"coordinator": "cycle"},
        about=N_(
            "A cycle is one round of orders: when buyers may order, and the day of "
            "delivery."
        ),
        then=N_(
            "“%(prepare)s” shows it to the coordination only. It opens by itself at "
            "its hour, or when you open it."
        ),
        back=N_(
            "Dates can change until the close; once it is open, the week of delivery "
            "stays. A draft can be given up."
        ),
        buttons={"prepare": N_("Prepare as a draft")},
    ),
    Help(
        pages=("hub:cycle",),
        forms=("hub:cycle_open", "hub:cycle_cancel"),
        sections={"coordinator": "cycle"},
        about=N_("Where one cycle stands, and what comes next."),
        then=N_(
            "“%(open)s” lets every buyer of the hub order until the closing hour; at "
            "that hour it closes by itself."
        ),
        back=N_(
            "An open cycle is no draft again, but its hours can change. “%(drop)s” is "
            "final. A closed cycle can be opened again, from its orders."
        ),
        buttons={"open": N_("Open now"), "drop": N_("Give it up")},
    ),
    Help(
        pages=("orders:cycle",),
        sections={"coordinator": "follow"},
        about=N_(
            "Who ordered what in this cycle, who has not yet, and what it does to the "
            "fund."
        ),
        then=N_(
            "“%(basket)s” lets you order for somebody on the phone. “%(close)s” shows "
            "first what would happen, and to whom."
        ),
        back=N_("“%(again)s” undoes a close as long as no truck left with the goods."),
        buttons={
            "basket": N_("Open its basket"),
            "close": N_("Close the cycle…"),
            "again": N_("Open it again…"),
        },
    ),
    Help(
        pages=("orders:close_rule",),
        sections={"coordinator": "close"},
        about=N_("What happens when a cycle closes below the minimum that a farm set."),
        then=N_(
            "“%(save)s” makes the rule count at the next close. The farm and the "
            "buyers concerned are told by letter."
        ),
        back=N_(
            "Change it whenever you like: cycles that are closed keep the rule they "
            "were closed by."
        ),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=("routing:closing",),
        forms=("routing:close",),
        sections={"coordinator": "close"},
        about=N_(
            "The last look before a close: orders, shortages, minimums, and the very "
            "letters that will leave."
        ),
        then=N_(
            "“%(close)s” stops orders, shares out the goods by the rule and tells "
            "farms and buyers. “%(not)s” changes nothing."
        ),
        back=N_(
            "A close can be undone until a truck leaves with the goods. Letters that "
            "left cannot."
        ),
        buttons={"close": N_("Close now"), "not": N_("Not yet")},
    ),
    Help(
        pages=("routing:reopen",),
        sections={"coordinator": "close"},
        about=N_("Undoes a close that came too early or was wrong."),
        then=N_(
            "“%(look)s” shows the letters. “%(open)s” gives every order back as it was "
            "confirmed, holds goods and money again, and tells everyone."
        ),
        back=N_(
            "Closing again undoes it, and shares the goods out anew. The reason you "
            "write stays in the journal."
        ),
        buttons={"open": N_("Open the cycle again"), "look": N_("See the words first")},
    ),
)
