"""Pages of money received: matched, given back, ruled."""

from hub.core.errors import N_
from hub.core.page_help.help import Help

HELP = (
    Help(
        pages=("orders:payments", "orders:payment"),
        sections={"coordinator": "money"},
        about=N_(
            "Money that came to the bank and waits until somebody says which buyer it "
            "is from."
        ),
        then=N_(
            "“%(confirm)s” puts it on the buyer’s account and pays its invoices. What "
            "they do not take stays the buyer’s credit."
        ),
        back=N_(
            "“%(undo)s” lets it wait again, to be matched anew. Both stay readable in "
            "the books."
        ),
        buttons={"confirm": N_("Confirm"), "undo": N_("Take this match back")},
    ),
    Help(
        pages=("orders:payment_new",),
        sections={"coordinator": "money"},
        about=N_("Notes money that the bank received, even from nobody knows whom."),
        then=N_(
            "“%(write)s” puts it in the books at once. It waits to be matched with a "
            "buyer."
        ),
        back=N_(
            "What was written by mistake is taken out again on its page, as long as it "
            "is not matched."
        ),
        buttons={"write": N_("Write it down")},
    ),
    Help(
        pages=("orders:payment_files", "orders:payment_file"),
        sections={"coordinator": "money"},
        about=N_(
            "Takes the payments of a file that your bank gives. Nothing is in the "
            "books before you confirm."
        ),
        then=N_(
            "“%(take)s” writes down each payment once, also when files overlap. Money "
            "that left is left out."
        ),
        back=N_(
            "“%(undo)s” takes all of it out of the books, as long as nothing of it is "
            "matched."
        ),
        buttons={
            "take": N_("Take these payments"),
            "undo": N_("Take the whole file back"),
        },
    ),
    Help(
        pages=("orders:payment_rule",),
        sections={"coordinator": "money"},
        about=N_(
            "What is matched with nobody confirming it, and when you are told that "
            "money waits."
        ),
        then=N_("“%(save)s” counts for the payments to come."),
        back=N_(
            "It can be changed at any time, and each match can be taken back on its "
            "page."
        ),
        buttons={"save": N_("Save")},
    ),
    Help(
        pages=("orders:credit",),
        sections={"coordinator": "money"},
        about=N_(
            "The invoices of one buyer that are not paid yet, and what it paid above "
            "them."
        ),
        then=N_(
            "“%(use)s” spends the credit; no money moves. A credit that was given back "
            "is written down here."
        ),
        back=N_(
            "What the credit pays can be taken back. A refund is final: Charroi only "
            "notes it."
        ),
        buttons={"use": N_("Let it pay the oldest invoices")},
    ),
)
