"""The refusals of pricing.

DomainError
└── PricingError
    ├── NegativePrice      a price or a transport share under zero
    ├── NegativeQuantity   a quantity under zero
    ├── MarginOutOfRange   a margin under zero, or a commission of the whole price
    ├── MultiplierOutOfRange  a tier multiplier under zero
    ├── NoTaxRates         a date before the tax table begins
    ├── TierUnknown        a price tier the hub does not have
    ├── TierNotOpen        a tier kept for buyers with an agreement
    ├── NoMarginRule       a hub that has not set its margin yet
    ├── NotAMemberOfHub    a buyer of another hub
    ├── NotAGift           a deposit of nothing or less
    ├── RunwayBackwards    promises that stop before the warning
    ├── FundPaused         too few weeks of runway for a new promise
    └── FundTooLow         the solidarity fund cannot cover a draw
"""

from hub.core.errors import N_, DomainError


class PricingError(DomainError):
    """Anything pricing refuses."""

    code = "pricing_refused"
    sentence = N_("This price could not be worked out.")


class NegativePrice(PricingError):
    """`price_cents` is under zero; `part` says which part of the price."""

    code = "negative_price"
    sentence = N_("A price cannot be negative.")


class NegativeQuantity(PricingError):
    """`quantity` is under zero."""

    code = "negative_quantity"
    sentence = N_("A quantity cannot be negative (%(quantity)s).")


class MarginOutOfRange(PricingError):
    """`rate_bps` cannot be charged on `basis`."""

    code = "margin_out_of_range"
    sentence = N_(
        "This margin cannot be applied: a margin cannot be negative, and a "
        "commission must stay under the whole price."
    )


class MultiplierOutOfRange(PricingError):
    """`multiplier_bps` is under zero."""

    code = "multiplier_out_of_range"
    sentence = N_("A tier cannot lower a price under zero.")


class NoTaxRates(PricingError):
    """The tax table begins after the day `on`."""

    code = "no_tax_rates"
    sentence = N_("The tax table has no rates for %(on)s.")


class FundTooLow(PricingError):
    """The money this buyer may draw on is `missing_cents` short."""

    code = "fund_too_low"
    sentence = N_(
        "The solidarity fund cannot cover this discount at the moment. "
        "Choose another price tier, or ask the hub."
    )


class TierUnknown(PricingError):
    """The hub has no tier `tier`."""

    code = "tier_unknown"
    sentence = N_("This price tier does not exist here. Choose another one.")


class TierNotOpen(PricingError):
    """The tier `tier` needs an agreement between the hub and the buyer."""

    code = "tier_not_open"
    sentence = N_(
        "This price tier needs an agreement with the hub. "
        "Choose another one, or ask the hub."
    )


class NoMarginRule(PricingError):
    """The hub has no margin in force on the day `on`."""

    code = "no_margin_rule"
    sentence = N_("The hub has not set its margin yet, so nothing can be priced.")


class FundPaused(PricingError):
    """The fund lasts `weeks` weeks, less than the hub wants for new promises."""

    code = "fund_paused"
    sentence = N_(
        "The solidarity fund takes no new promise for now: it would last less than "
        "%(weeks)s weeks. Choose another price tier, or ask the hub."
    )


class NotAMemberOfHub(PricingError):
    """The buyer does not belong to the hub whose prices are set."""

    code = "not_a_member_of_hub"
    sentence = N_("This organization is not a member of the hub.")


class NotAGift(PricingError):
    """`amount_cents` is no amount that can be given."""

    code = "not_a_gift"
    sentence = N_("Write an amount above zero.")


class RunwayBackwards(PricingError):
    """`stop_weeks` is above `warn_weeks`, or one is under zero."""

    code = "runway_backwards"
    sentence = N_(
        "The warning must come before the stop: write at least as many weeks "
        "for the warning."
    )
