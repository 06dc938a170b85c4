"""The refusals about terms, payouts and loans.

OrderError
└── CashError
    ├── NotOfThisHub          a member of another hub, or of the other side
    ├── TermsNotPossible      days that a rule does not know
    ├── TermsBackdated        terms that begin before what was issued under others
    ├── LoanShareNotPossible  a share of none, or of more than all
    ├── ScheduleNotPossible   instalments that never end or are less than a cent
    ├── LoanBackdated         a first instalment before the loan
    ├── RepaidAboveLoan       more repaid than is left
    ├── AlreadyTakenBack      a repayment taken back twice
    ├── PayoutsChanged        a payment run that is not the one that was read
    └── NothingToPay          a payment run of nothing
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


class LoanShareNotPossible(CashError):
    """`share_bps` of a payout cannot be withheld: it is none, or more than all."""

    code = "loan_share_not_possible"
    sentence = N_(
        "A share is more than nothing and at most the whole payout: with none, no "
        "loan ever comes back."
    )


class ScheduleNotPossible(CashError):
    """`number` instalments never end, or have less than a cent; `most` are possible."""

    code = "schedule_not_possible"
    sentence = N_(
        "%(number)s instalments are not possible. Write a number from 1 to %(most)s, "
        "so that the loan ends."
    )


class LoanBackdated(CashError):
    """The first instalment, on `first_on`, comes before the loan itself."""

    code = "loan_backdated"
    sentence = N_("The first instalment comes after the day on which the loan is paid.")


class RepaidAboveLoan(CashError):
    """Only `left_cents` of the loan are left."""

    code = "repaid_above_loan"
    sentence = N_("This is more than what is left of the loan. Look at it again.")


class AlreadyTakenBack(CashError):
    """The repayment was taken back before."""

    code = "repayment_taken_back"
    sentence = N_("This repayment was taken back already.")


class PayoutsChanged(CashError):
    """What is due is no longer what the person agreed to."""

    code = "payouts_changed"
    sentence = N_(
        "Something was billed, paid or repaid meanwhile. Look at the new amounts, "
        "then pay."
    )


class NothingToPay(CashError):
    """No farm is owed anything by this day."""

    code = "nothing_to_pay"
    sentence = N_("Nothing is due to any farm by this day.")
