"""The refusals of pricing.

DomainError
└── PricingError
    ├── NegativePrice      a price or a transport share under zero
    ├── NegativeQuantity   a quantity under zero
    ├── MarginOutOfRange   a margin under zero, or a commission of the whole price
    ├── MultiplierOutOfRange  a tier multiplier of nothing, or above twice the price
    ├── FeeOutOfRange      a fee under zero, or above what a slip explains
    ├── PriceUnderFloor    a tier that sells a product under the lowest price agreed
    ├── TierUnderFloor     a multiplier that could sell under the hub's lowest price
    ├── SupportCapReached  more support than one buyer may get in a month
    ├── LimitBackwards     a limit that ends before it begins
    ├── GrantNotForBuyer   a money lot that may not pay for whom it is named
    ├── NotAPercent        text that is no percentage
    ├── NothingToWeigh     shares of sales that are all zero
    ├── TierUnknown        a price tier the hub does not have
    ├── TierNotOpen        a tier kept for buyers with an agreement
    ├── NoMarginRule       a hub that has not set its margin yet
    ├── NotAMemberOfHub    a buyer of another hub
    ├── AgreementBackwards an agreement that ends before it begins
    ├── AgreementOverlaps  a later agreement of the same buyer in the way
    ├── LotEnded           money for a lot whose last day has passed
    ├── EndNotLater        a money lot prolonged to an earlier day
    ├── LotWithoutFunder   contributions given back, or money without end prolonged
    ├── AboveLot           more given back to a funder than is free in its lot
    ├── NotAGift           a deposit of nothing or less
    ├── KeptOutOfRange     a smaller reduction of nothing, or of all
    ├── RunwayBackwards    promises that stop before the warning
    ├── FundPaused         too few weeks of runway for a new promise
    │   ├── SmallerReduction   the same, where the hub's rule offers less
    │   └── OfferOver          a smaller reduction that is no longer offered
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
        "This margin cannot be applied: write zero or more, and less than the "
        "whole price."
    )


class MultiplierOutOfRange(PricingError):
    """`multiplier_bps` is nothing or less, or above twice the full price."""

    code = "multiplier_out_of_range"
    sentence = N_("Write a percentage of the full price above 0 and at most 200.")


class FundTooLow(PricingError):
    """The money this buyer may draw on is `missing_cents` short."""

    code = "fund_too_low"
    sentence = N_(
        "The solidarity fund cannot cover this discount at the moment. It takes "
        "another price tier, or money that the hub adds to the fund."
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


class SmallerReduction(FundPaused):
    """The fund gives only `kept_bps` of a reduction to new promises for now."""

    code = "smaller_reduction"
    sentence = N_(
        "The solidarity fund cannot give the whole reduction for now: it would last "
        "less than %(weeks)s weeks. A smaller one is offered. Look at the new total, "
        "then accept it or choose the fair price."
    )


class OfferOver(FundPaused):
    """The smaller reduction that was accepted is not what the fund offers now."""

    code = "offer_over"
    sentence = N_(
        "The smaller reduction is no longer what the solidarity fund offers. "
        "Look at the new total, then confirm."
    )


class NotAMemberOfHub(PricingError):
    """The buyer does not belong to the hub whose prices are set."""

    code = "not_a_member_of_hub"
    sentence = N_("This organization is not a member of the hub.")


class NotAGift(PricingError):
    """`amount_cents` is no amount that can be given."""

    code = "not_a_gift"
    sentence = N_("Write an amount above zero.")


class KeptOutOfRange(PricingError):
    """`kept_bps` of a reduction is none of it, or all of it."""

    code = "kept_out_of_range"
    sentence = N_("Write a part of the reduction above 0 and under 100 percent.")


class RunwayBackwards(PricingError):
    """`stop_weeks` is above `warn_weeks`, or one is under zero."""

    code = "runway_backwards"
    sentence = N_(
        "The warning must come before the stop: write at least as many weeks "
        "for the warning."
    )


class NotAPercent(PricingError):
    """`text` could not be read as a percentage."""

    code = "not_a_percent"
    sentence = N_("“%(text)s” is not a percentage. Write it like 80 or 12.5.")


class NothingToWeigh(PricingError):
    """The shares of sales are all zero."""

    code = "nothing_to_weigh"
    sentence = N_("Give at least one tier a share of the sales above zero.")


class AgreementBackwards(PricingError):
    """An agreement would end before the day `starts_on`."""

    code = "agreement_backwards"
    sentence = N_("An agreement cannot end before it begins.")


class AgreementOverlaps(PricingError):
    """The buyer has another agreement that begins on the day `starts_on`."""

    code = "agreement_overlaps"
    sentence = N_(
        "This buyer has another agreement from %(starts_on)s on. "
        "End it first, or end this one before."
    )


class LotEnded(PricingError):
    """The last day of the money lot, `ends_on`, has passed."""

    code = "lot_ended"
    sentence = N_(
        "The last day of this money lot (%(ends_on)s) has passed: nobody could "
        "spend it. Choose a later day or another lot."
    )


class EndNotLater(PricingError):
    """The new last day of a money lot does not come after `ends_on`."""

    code = "end_not_later"
    sentence = N_("Choose a day after %(ends_on)s, the last day of this money lot.")


class LotWithoutFunder(PricingError):
    """The lot has no funder to give it back to, or no end to prolong."""

    code = "lot_without_funder"
    sentence = N_(
        "This money lot has no end and belongs to no single funder. Choose another lot."
    )


class AboveLot(PricingError):
    """More would go back to a funder than is free in its lot."""

    code = "above_lot"
    sentence = N_(
        "This is more than is free in this money lot. What is held for orders stays "
        "theirs. Look at the lot again."
    )


class FeeOutOfRange(PricingError):
    """The `part` of a fee is under zero or absurdly large."""

    code = "fee_out_of_range"
    sentence = N_(
        "A fee is zero or more, at most ten thousand dollars a unit or a kilogram and "
        "at most the whole of the farm’s price."
    )


class PriceUnderFloor(PricingError):
    """At this tier `product` would cost `price_cents`, under `floor_cents`."""

    code = "price_under_floor"
    sentence = N_(
        "At this price tier “%(product)s” would be sold at %(price_cents)s, under the "
        "lowest price of %(floor_cents)s agreed with the hub. Choose a higher price "
        "tier, or ask the hub."
    )


class TierUnderFloor(PricingError):
    """The tier `tier` would need `least_bps` to keep the hub's floor."""

    code = "tier_under_floor"
    sentence = N_(
        "At this percentage some products would be sold under the lowest price of the "
        "hub. Write at least %(least_bps)s, or lower that limit first."
    )


class SupportCapReached(PricingError):
    """`wanted_cents` of support, of which `left_cents` are left of `cap_cents`."""

    code = "support_cap_reached"
    sentence = N_(
        "This order needs %(wanted_cents)s of support, and %(left_cents)s are left of "
        "the %(cap_cents)s of its month. Choose a higher price tier, order less, or "
        "ask the hub."
    )


class LimitBackwards(PricingError):
    """A limit would end before the day `starts_on`."""

    code = "limit_backwards"
    sentence = N_("A limit cannot end before it begins.")


class GrantNotForBuyer(PricingError):
    """The money lot named may not pay for the buyer on the day of the limit."""

    code = "grant_not_for_buyer"
    sentence = N_(
        "This money lot may not pay for this buyer on that day. Choose another one, "
        "or leave the grant empty."
    )
