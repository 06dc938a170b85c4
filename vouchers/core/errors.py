"""The refusals of vouchers.

DomainError
└── VoucherError
    ├── NotAGrant           an amount of nothing or less
    ├── EnvelopeBackwards   an envelope that ends before it begins
    ├── EnvelopeEnded       an envelope whose last day has passed
    ├── EnvelopeNotBegun    an envelope whose first day is to come
    ├── EnvelopeOfAnother   an envelope of another group
    ├── EnvelopeTooLow      less is left than the part that was asked
    ├── EnvelopeChanged     the part that may be paid is not the one that was read
    ├── GroupNotServed      a group of a hub that the programme does not work with
    ├── NotAProgramme       a code that is no programme's
    ├── UnknownFamily       a code that no product family has
    └── GrantReused         a grant sent again with other content
"""

from hub.core.errors import N_, DomainError


class VoucherError(DomainError):
    """Anything vouchers refuse."""

    code = "voucher_refused"
    sentence = N_("This could not be done with the envelope.")


class NotAGrant(VoucherError):
    """`amount_cents` is no amount that can be granted or taken back."""

    code = "not_a_grant"
    sentence = N_("Write an amount above zero.")


class EnvelopeBackwards(VoucherError):
    """An envelope would end before the day `starts_on`."""

    code = "envelope_backwards"
    sentence = N_("An envelope cannot end before it begins.")


class EnvelopeEnded(VoucherError):
    """The last day of the envelope, `ends_on`, has passed."""

    code = "envelope_ended"
    sentence = N_(
        "The last day of this envelope (%(ends_on)s) has passed: it pays for no new "
        "order."
    )


class EnvelopeNotBegun(VoucherError):
    """The first day of the envelope, `starts_on`, is to come."""

    code = "envelope_not_begun"
    sentence = N_("This envelope pays for orders from %(starts_on)s on.")


class EnvelopeOfAnother(VoucherError):
    """The envelope was granted to another group than the one that orders."""

    code = "envelope_of_another"
    sentence = N_("Choose one of your own envelopes, or none.")


class EnvelopeTooLow(VoucherError):
    """The envelope may pay `payable_cents`, less than the `wanted_cents` asked."""

    code = "envelope_too_low"
    sentence = N_(
        "The envelope cannot pay that much of this order. Write less, or leave the "
        "amount empty: it then pays as much as it may."
    )


class EnvelopeChanged(VoucherError):
    """The envelope pays `payable_cents`, not the `expected_cents` that were read."""

    code = "envelope_changed"
    sentence = N_(
        "What the envelope can pay changed while you were reading. Look at the new "
        "amount, then confirm."
    )


class GroupNotServed(VoucherError):
    """The group belongs to a hub that the programme does not work with."""

    code = "group_not_served"
    sentence = N_("The programme does not work with the hub of this group.")


class UnknownFamily(VoucherError):
    """`family` is the code of no product family."""

    code = "unknown_family"
    sentence = N_("No product family has the code “%(family)s”.")


class NotAProgramme(VoucherError):
    """`text` is the code of no programme."""

    code = "not_a_programme"
    sentence = N_(
        "No programme has the code “%(text)s”. Ask the programme for it: it stands on "
        "its page of envelopes."
    )


class GrantReused(VoucherError):
    """The key of a grant was used for another envelope."""

    code = "grant_reused"
    sentence = N_("This grant was already recorded with other content.")
