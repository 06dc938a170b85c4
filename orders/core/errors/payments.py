"""The refusals of payments received.

OrderError
├── PaymentTaken          the whole of it is matched, refunded or taken back already
├── MatchAboveLeft        more matched or refunded than is still waiting
├── PaidAboveOpen         more of it for an invoice than is open
├── PaidAboveMatched      more for invoices than the match itself
├── InvoiceNotOpen        an invoice of another buyer, corrected meanwhile, or paid
├── DoubleUndecided       it looks like an earlier one, and nobody decided
├── NotADouble            a decision about what looks like no other
├── MatchUndone           a match that was taken back already
├── CreditSpent           a match to take back whose credit was used or refunded
├── CreditTooLow          more credit used or refunded than the buyer has
├── PaymentStays          a payment to take back of which a part is matched or refunded
├── ProposalOutdated      what was proposed is no longer so
├── BankFileRefused       anything about a file of a bank
│   ├── EncodingUnknown   letters that cannot be read without a guess
│   ├── BankFileTooLarge  too many bytes, rows, columns or letters
│   ├── BankFileEmpty     nothing to read
│   ├── BankColumnMissing no day or no amount is chosen
│   ├── BankColumnTwice   one thing read from two columns
│   ├── DayOrderAsked     days that may be read two ways
│   ├── BankFileHasErrors rows that cannot be read, and the good ones not asked alone
│   ├── BankFileOutdated  another result than the one that was shown
│   ├── BankFileOver      taken, or taken back, meanwhile
│   └── BankFileStays     to take back, and something of it is matched or refunded
└── AlarmDaysOutOfReach   a number of days that cannot be
"""

from hub.core.errors import N_
from orders.core.errors import OrderError


class PaymentTaken(OrderError):
    """Nothing of the payment waits any more."""

    code = "payment_taken"
    sentence = N_(
        "Nothing of this payment waits any more: somebody matched it, gave it back or "
        "took it out meanwhile. Look at it again."
    )


class MatchAboveLeft(OrderError):
    """`left_cents` of the payment wait, less than what is asked."""

    code = "match_above_left"
    sentence = N_("This is more than what still waits of this payment.")


class PaidAboveOpen(OrderError):
    """`open_cents` of invoice `invoice` are open, less than what is asked."""

    code = "paid_above_open"
    sentence = N_(
        "Less of invoice %(invoice)s is open than this: it was paid or corrected "
        "meanwhile. Look at it again."
    )


class PaidAboveMatched(OrderError):
    """The parts of invoices add up to more than the match."""

    code = "paid_above_matched"
    sentence = N_("The invoices add up to more than the payment.")


class InvoiceNotOpen(OrderError):
    """The invoice is not this buyer's, or has a credit note since, or is paid."""

    code = "invoice_not_open"
    sentence = N_(
        "This invoice is not open for this buyer: it may have been corrected or paid "
        "meanwhile. Look again."
    )


class DoubleUndecided(OrderError):
    """The payment looks like an earlier one."""

    code = "double_undecided"
    sentence = N_(
        "This payment looks like an earlier one. Say first whether it is another, or "
        "the same written twice."
    )


class NotADouble(OrderError):
    """The payment looks like no other, or it was decided."""

    code = "not_a_double"
    sentence = N_("There is nothing to decide about this payment any more.")


class MatchUndone(OrderError):
    """The match was taken back before."""

    code = "match_undone"
    sentence = N_("This match was taken back already.")


class CreditSpent(OrderError):
    """Taking the match back would leave `missing_cents` of used credit unpaid."""

    code = "credit_spent"
    sentence = N_(
        "The credit that this payment gave was used or refunded since. Take that use "
        "back first."
    )


class CreditTooLow(OrderError):
    """The buyer has a credit of `credit_cents`, less than what is asked."""

    code = "credit_too_low"
    sentence = N_("This is more than the credit of this buyer.")


class PaymentStays(OrderError):
    """A part of the payment is matched or was given back."""

    code = "payment_stays"
    sentence = N_(
        "A part of this payment is matched or was given back. Take the match back "
        "first."
    )


class ProposalOutdated(OrderError):
    """The proposal shown is not the one that would be made now."""

    code = "proposal_outdated"
    sentence = N_("This proposal changed meanwhile. Look at it again, then confirm.")


class AlarmDaysOutOfReach(OrderError):
    """`days` is not from one to 365."""

    code = "alarm_days_out_of_reach"
    sentence = N_("Write a number of days from 1 to 365.")


class BankFileRefused(OrderError):
    """Anything about a file of a bank."""

    code = "bank_file_refused"
    sentence = N_("This file of a bank could not be read.")


class EncodingUnknown(BankFileRefused):
    """The letters of the file cannot be read without a guess; `sample` shows where."""

    code = "encoding_unknown"
    sentence = N_(
        "The letters of this file cannot be read for sure, and names would be wrong "
        "(“%(sample)s”). Save it again as CSV UTF-8, then send it. Nothing was taken."
    )


class BankFileTooLarge(BankFileRefused):
    """More than `num_mb` megabytes, `num_rows` rows or `num_columns` columns."""

    code = "bank_file_too_large"
    sentence = N_(
        "This file is too large: at most %(num_mb)s MB, %(num_rows)s rows and "
        "%(num_columns)s columns. Choose a shorter period."
    )


class BankFileEmpty(BankFileRefused):
    """No row, or no column, was found."""

    code = "bank_file_empty"
    sentence = N_(
        "No table was found in this file: one row for each movement, its cells parted "
        "by a semicolon, a comma or a tab."
    )


class BankColumnMissing(BankFileRefused):
    """The column `column` has to be chosen."""

    code = "bank_column_missing"
    sentence = N_("Say which column holds: %(column)s.")


class BankColumnTwice(BankFileRefused):
    """The column `column` is chosen twice."""

    code = "bank_column_twice"
    sentence = N_("“%(column)s” is chosen for two columns. Keep one.")


class DayOrderAsked(BankFileRefused):
    """`text` may be read with the day first or with the month first."""

    code = "day_order_asked"
    sentence = N_(
        "“%(text)s” may be read two ways. Say whether the day or the month comes first."
    )


class BankFileHasErrors(BankFileRefused):
    """`num` rows cannot be read."""

    code = "bank_file_has_errors"
    sentence = N_(
        "%(num)s rows cannot be read. Mend the file, or tick that the others are taken "
        "without them."
    )


class BankFileOutdated(BankFileRefused):
    """What the file would bring is no longer what was shown."""

    code = "bank_file_outdated"
    sentence = N_(
        "This file would bring something else than what you saw. Look at it again."
    )


class BankFileOver(BankFileRefused):
    """The file was taken, taken back or thrown away meanwhile."""

    code = "bank_file_over"
    sentence = N_("This file was already taken, or taken back.")


class BankFileStays(BankFileRefused):
    """`num` payments of the file are matched, refunded or kept as another."""

    code = "bank_file_stays"
    sentence = N_(
        "%(num)s payments of this file are matched or were given back. Take these "
        "matches back first."
    )
