"""Pages of invoices, accounts and the settling of a day."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("orders:settle_day",),
        sections={"coordinator": "settle"},
        about=N_(
            "Bills the orders of one day from what was delivered, not from what was "
            "ordered."
        ),
        then=N_(
            "The button sends each buyer its invoice, spends what the fund and "
            "envelopes held, and credits the farms. Orders still on the road wait."
        ),
        back=N_(
            "An invoice that left is never changed: correct it from its page, by a "
            "credit note and a new invoice."
        ),
    ),
    Help(
        pages=("orders:correct",),
        sections={"coordinator": "settle"},
        about=N_("Mends an invoice: a crate missing, a weight that was wrong."),
        then=N_(
            "“%(make)s” takes the invoice back whole and sends a new one. Farm, fund "
            "and envelope follow to the cent."
        ),
        back=N_(
            "Both papers keep their numbers. If the correction was wrong, correct the "
            "new invoice."
        ),
        buttons={"make": N_("Make the credit note and the new invoice")},
    ),
    Help(
        pages=("orders:seller",),
        sections={"coordinator": "money"},
        about=N_(
            "What stands at the head of your hub’s invoices: name, address, tax "
            "numbers."
        ),
        then=N_("“%(save)s” changes the invoices still to come."),
        back=N_(
            "It can be corrected at any time; invoices that were sent stay as they "
            "were sent."
        ),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=("orders:accounts", "orders:account"),
        sections={"coordinator": "money"},
        about=N_(
            "What buyers owe the hub, what the hub owes farms, and the payments made."
        ),
        then=N_(
            "“%(write)s” notes a payment made elsewhere: Charroi moves no money "
            "itself. A farm is never paid above what it is owed."
        ),
        back=N_(
            "The books are never erased, and no payment can be taken back here: check "
            "amount, day and member first."
        ),
        buttons={"write": N_("Write it down")},
    ),
    Help(
        pages=("orders:terms",),
        sections={"coordinator": "cash"},
        about=N_(
            "When each buyer pays its invoices, and when each farm is paid for what "
            "it sold."
        ),
        then=N_(
            "“%(agree)s” writes terms for what is billed from a day on: for one "
            "member, or for all that have none of their own."
        ),
        back=N_(
            "Invoices that were sent keep their day. Agree on other terms from a "
            "later day at any time."
        ),
        buttons={"agree": N_("Agree")},
    ),
    Help(
        pages=("orders:cash",),
        sections={"coordinator": "cash"},
        about=N_(
            "What the hub has in the bank, and what it will have: who pays, who is "
            "paid, and when."
        ),
        then=N_(
            "“%(begin)s” notes what your bank says on a day, and the level to be "
            "warned at."
        ),
        back=N_("It moves no money. Tell a newer balance at any time."),
        buttons={"begin": N_("Begin with this balance")},
    ),
    Help(
        pages=("orders:payouts",),
        sections={"coordinator": "cash"},
        about=N_(
            "What is due to each farm by a day, less what its loans may withhold."
        ),
        then=N_(
            "“%(write)s” notes the payments that you made at your bank, for all these "
            "farms at once."
        ),
        back=N_(
            "What is written down stays. A withholding can be taken back on the page "
            "of its loan."
        ),
        buttons={"write": N_("Write down these payments")},
    ),
    Help(
        pages=("orders:loans", "orders:loan"),
        forms=("orders:take_back",),
        sections={"coordinator": "cash", "producer": "paid"},
        about=N_(
            "Money that the hub lends a farm without interest, and how it comes back."
        ),
        then=N_(
            "“%(grant)s” notes that you paid the loan. Each payment to the farm then "
            "withholds its share."
        ),
        back=N_(
            "A loan is never erased. A repayment noted by mistake can be taken back, "
            "once, with a reason."
        ),
        buttons={"grant": N_("Grant it")},
    ),
    Help(
        pages=("routing:settlement",),
        forms=("routing:settle",),
        sections={"coordinator": "settle"},
        about=N_("Shares what the trucks cost among those whose goods they carried."),
        then=N_(
            "“%(settle)s” bills what was delivered, credits the carriers, and posts "
            "each share. Nobody pays more than a truck of its own would have cost."
        ),
        back=N_(
            "“%(again)s” reverses the shares so that they can be corrected; invoices "
            "stay."
        ),
        buttons={"settle": N_("Settle the day"), "again": N_("Reopen the day…")},
    ),
    Help(
        pages=("routing:reopen_day",),
        sections={"coordinator": "settle"},
        about=N_("Opens a settled day again, to correct it."),
        then=N_(
            "“%(look)s” shows the letters. “%(reopen)s” reverses what the settlement "
            "posted, and tells carriers and members."
        ),
        back=N_(
            "Settle the day anew to finish. What was posted stays in the books, with "
            "its reversal beside it."
        ),
        buttons={"reopen": N_("Reopen the day"), "look": N_("See the words first")},
    ),
    Help(
        pages=("routing:settlement_rule",),
        sections={"coordinator": "settle"},
        about=N_(
            "Who carries the cost of trucks in your hub, how it is shared, and what "
            "becomes of the difference."
        ),
        then=N_(
            "“%(save)s” counts for the days settled from now on. Agree on it with your "
            "members first."
        ),
        back=N_("It can be changed; settled days keep the rule they were settled by."),
        buttons={"save": N_("Save")},
    ),
)
