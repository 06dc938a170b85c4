"""The refusals about terms, payouts and loans.

OrderError
└── CashError
    ├── NotOfThisHub          a member of another hub, or of the other side
    ├── TermsNotPossible      days that a rule does not know
    └── TermsBackdated        terms that begin before what was issued under others
"""

from hub.core.errors import N_
from orders.core.errors import OrderError


class CashError(OrderError):
    """Anything that terms, payouts and loans refuse."""

    code = "cash_refused"
    sentence = N_("This could not be written.")


class NotOfThisHub(CashError):
    """`member` is no farm, or no buyer, of the hub that asks."""

    code = "not_of_this_hub"
    sentence = N_("Choose one of your own hub’s members, and on the right side.")


class TermsNotPossible(CashError):
    """`days` are fewer than none, or more than the `most` of the rule."""

    code = "terms_not_possible"
    sentence = N_(
        "%(days)s days are not possible with this rule. On delivery, or when the "
        "buyer has paid, there are none; otherwise up to 180. Buyers cannot wait for "
        "themselves."
    )


class TermsBackdated(CashError):
    """Invoices were issued already: new terms begin on `first_on` at the earliest."""

    code = "terms_backdated"
    sentence = N_(
        "Something was billed under the terms before. Invoices keep the day that "
        "stands on them: new terms begin on %(first_on)s at the earliest."
    )
