"""Pages of plans and routes, from the search to the door."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("routing:plans", "routing:day"),
        forms=("routing:propose", "routing:stop", "routing:discard"),
        sections={"coordinator": "plan"},
        about=N_(
            "The goods of one day, and the plans that carry them on the shared trucks."
        ),
        then=N_(
            "“%(plan)s” searches for routes; you may leave the page. “%(stop)s” ends "
            "the search with the best plan so far."
        ),
        back=N_(
            "A plan is only a proposal: make as many as you like. Nobody sees one "
            "before it is published."
        ),
        buttons={"plan": N_("Plan the day"), "stop": N_("Stop and keep the best")},
    ),
    Help(
        pages=("routing:plan",),
        forms=("routing:publish", "routing:dispatch", "routing:adjust"),
        sections={"coordinator": "plan"},
        about=N_(
            "One plan: which truck goes where, at what hour, with what; and what stays "
            "behind."
        ),
        then=N_(
            "“%(hand)s” works on a copy. “%(publish)s” shows drivers their routes. "
            "“%(go)s” tells farms and buyers the hours."
        ),
        back=N_(
            "Until a driver has begun, a plan can be withdrawn and trucks called back. "
            "Afterwards, report a breakdown."
        ),
        buttons={
            "hand": N_("Adjust by hand"),
            "publish": N_("Publish this plan"),
            "go": N_("Dispatch"),
        },
    ),
    Help(
        pages=("routing:adjusting", "routing:compare"),
        forms=("routing:step", "routing:improve"),
        sections={"coordinator": "plan"},
        about=N_(
            "Move stops between trucks by hand; every rule is checked at each step."
        ),
        then=N_(
            "“%(lock)s” keeps a stop where it is. “%(rest)s” searches around what you "
            "locked and gives a new plan."
        ),
        back=N_(
            "Every step can be undone. Nothing counts before “%(publish)s”; a plan "
            "that breaks a rule cannot be published."
        ),
        buttons={
            "publish": N_("Publish this plan"),
            "rest": N_("Improve the rest"),
            "lock": N_("Lock this stop"),
        },
    ),
    Help(
        pages=("routing:unserved",),
        sections={"coordinator": "plan"},
        about=N_(
            "Goods that no truck can carry that day: each needs a decision before the "
            "trucks leave."
        ),
        then=N_(
            "“%(note)s” moves them to another day, leaves them to somebody’s own "
            "transport, or cancels them. Cancelled goods bill nothing."
        ),
        back=N_(
            "A decision can be taken back while its goods and money are still there to "
            "promise, and its day is not past. Talk to the people first."
        ),
        buttons={"note": N_("Note the decision")},
    ),
    Help(
        pages=("routing:withdraw",),
        sections={"coordinator": "dispatch"},
        about=N_(
            "Takes a published plan back, or calls trucks back that were just sent out."
        ),
        then=N_(
            "“%(look)s” shows the letters. “%(withdraw)s” makes it a proposal again, "
            "frees trucks and drivers, and tells those who had been told."
        ),
        back=N_(
            "Publish it again to undo this. Once a driver has begun, a plan cannot be "
            "withdrawn."
        ),
        buttons={
            "withdraw": N_("Withdraw the plan"),
            "look": N_("See the words first"),
        },
    ),
    Help(
        pages=("routing:breakdown_new", "routing:breakdown"),
        forms=(
            "routing:approve",
            "routing:rest_again",
            "routing:abandon",
            "routing:resume",
        ),
        sections={"coordinator": "dispatch"},
        about=N_("A truck cannot go on: its stops are planned again over the others."),
        then=N_(
            "“%(plan)s” changes nothing yet. “%(yes)s” sends drivers their new route, "
            "and the new hours to farms and buyers."
        ),
        back=N_(
            "Stops that are done stay done. Before you approve, “%(no)s” undoes it all."
        ),
        buttons={
            "plan": N_("Plan the rest of the day"),
            "yes": N_("Approve, and tell everyone concerned"),
            "no": N_("Abandon: the truck drives after all"),
        },
    ),
    Help(
        pages=("routing:route_driver",),
        sections={"coordinator": "plan"},
        about=N_(
            "Who drives this route. Only people whose licence holds on that day can be "
            "sent."
        ),
        then=N_(
            "“%(save)s” shows the route to that person only. After the departure, both "
            "the old and the new driver are told."
        ),
        back=N_("Name somebody else at any time; what was told on the road stays."),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=("routing:tell",),
        forms=("routing:tell_tap",),
        sections={"coordinator": "dispatch"},
        about=N_(
            "A driver calls because the phone is broken: write down what happened at "
            "each stop, at the hour it happened."
        ),
        then=N_(
            "“%(done)s” notes quantities and degrees as the phone would: what you note "
            "is billed."
        ),
        back=N_("“%(undo)s” takes a note back, until its goods are billed."),
        buttons={"done": N_("It is delivered"), "undo": N_("Undo")},
    ),
    Help(
        pages=("routing:my_routes", "routing:drive"),
        forms=("routing:drive_tap", "routing:drive_taps"),
        sections={"driver": "before"},
        about=N_(
            "Your route, stop by stop: what to load, what to leave, whom to ask for."
        ),
        then=N_(
            "“%(loaded)s” and “%(done)s” note quantities and degrees. Without a "
            "network, your phone keeps them and sends them later."
        ),
        back=N_(
            "“%(undo)s” takes a note back, until its goods are billed. Count with the "
            "person who receives: what you note is billed."
        ),
        buttons={
            "done": N_("It is delivered"),
            "loaded": N_("It is loaded"),
            "undo": N_("Undo"),
        },
    ),
)
