"""Words that papers and pages of orders share."""

from django.utils.translation import gettext_lazy

TEMPERATURES = {
    "frozen": gettext_lazy("Frozen"),
    "chilled": gettext_lazy("Chilled"),
    "ambient": gettext_lazy("Ambient"),
}
"""The three classes as the reader calls them, the coldest first."""

ENTRY_NAMES = {
    "sale": gettext_lazy("Goods billed"),
    "payment": gettext_lazy("Payment received"),
    "payment-refund": gettext_lazy("Money given back"),
    "payout": gettext_lazy("Payment to the farm"),
    "envelope-payment": gettext_lazy("Paid by a programme's envelope"),
    "envelope-refund": gettext_lazy("Given back to a programme's envelope"),
    "loan-withheld": gettext_lazy("Withheld for a loan"),
    "transport-difference": gettext_lazy("Difference of the transport"),
}
"""The movements of buyers' and farms' accounts, by their kind in the ledger."""


def entry_name(kind: str, memo: str = "") -> str:
    """A movement of money as people call it, with what was noted of it."""
    words = str(ENTRY_NAMES.get(kind, gettext_lazy("Other movement")))
    return f"{words} · {memo}" if memo else words
