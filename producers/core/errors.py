"""The refusals of producers.

DomainError
└── ProducerError
    ├── NotEnoughStock     more was asked than is left
    ├── NoLongerOffered    the farm took away what is asked
    ├── UnknownQuantity    a cell holds something that is no quantity
    ├── QuantityTooLarge   more of one thing than a farm brings in a week
    ├── PriceOutOfRange    a price under zero, or above what goods cost
    ├── PriceIsAgreed      another price than the pooled offer's
    ├── LotTooLong         a lot of more letters than a label takes
    ├── AlreadyPromised    a blank where units are promised
    ├── SomethingPosted    "nothing this week" beside a figure
    ├── WeekIsPast         a week that is over
    ├── WeekClosed         a week whose orders are shared out
    ├── WeekRefused        rows of the grid that cannot be saved
    ├── UnknownUnit        a unit that is not in the list
    ├── PackOutOfRange     a unit that weighs or fills too little or too much
    ├── PackPromised       a change of what buyers were promised
    ├── OfferPromised      a move between lists of what is promised
    ├── NotAHub            an offer to somebody who sells nothing
    ├── PoolOfAnotherHub   a pooled offer of another hub
    ├── PoolMassMismatch   units heavier or lighter than the pooled offer's
    ├── PoolTemperatureMismatch  units kept at another temperature
    └── PoolHasMembers     a change that the farms in it do not fit
"""

from hub.core.errors import N_, DomainError


class ProducerError(DomainError):
    """Anything the farms' side refuses."""

    code = "producer_refused"
    sentence = N_("This could not be recorded.")


class NotEnoughStock(ProducerError):
    """`asked` units of `product` were wanted and `left` remain."""

    code = "not_enough_stock"
    sentence = N_("%(product)s: %(left)s left, you asked for %(asked)s.")


class NoLongerOffered(ProducerError):
    """The availability `availability_id` was taken away by its farm."""

    code = "no_longer_offered"
    sentence = N_(
        "A product of this order is no longer offered this week. "
        "Open the list again and choose another."
    )


class UnknownQuantity(ProducerError):
    """`text` is neither blank nor a whole number from zero up."""

    code = "unknown_quantity"
    sentence = N_(
        "“%(text)s” is not a quantity. Write a whole number, or leave it blank."
    )


class QuantityTooLarge(ProducerError):
    """More than `largest` units of one thing in one week."""

    code = "quantity_too_large"
    sentence = N_(
        "%(quantity)s is more than one farm brings in a week (at most %(largest)s). "
        "Check the figure."
    )


class PriceOutOfRange(ProducerError):
    """A price under zero or above `largest` dollars."""

    code = "price_out_of_range"
    sentence = N_("A price lies between 0 and %(largest)s dollars. Check the figure.")


class PriceIsAgreed(ProducerError):
    """The price of a pooled offer is the same for every farm in it."""

    code = "price_is_agreed"
    sentence = N_(
        "The price of “%(pool)s” is agreed for all its farms. "
        "Ask the coordination to change it."
    )


class LotTooLong(ProducerError):
    """A lot of more than `longest` letters."""

    code = "lot_too_long"
    sentence = N_("A lot has at most %(longest)s letters. Shorten it.")


class AlreadyPromised(ProducerError):
    """A row with `promised` units of `product` cannot be taken away."""

    code = "already_promised"
    sentence = N_(
        "%(product)s: %(promised)s already promised. "
        "Write what you really have, even 0, instead of a blank."
    )


class SomethingPosted(ProducerError):
    """A farm cannot have nothing and something in the same week."""

    code = "something_posted"
    sentence = N_(
        "This week already has quantities. Write 0 or empty them before saying "
        "that you have nothing."
    )


class WeekIsPast(ProducerError):
    """The week of `week` is over."""

    code = "week_is_past"
    sentence = N_("The week of %(week)s is over: it can only be read.")


class WeekClosed(ProducerError):
    """The orders of the week of `week` are closed and shared out."""

    code = "week_closed"
    sentence = N_(
        "Orders for the week of %(week)s are closed: call the coordination about "
        "any change."
    )


class WeekRefused(ProducerError):
    """`rows` maps the id of an offer to its refusal; nothing was saved."""

    code = "week_refused"
    sentence = N_(
        "Nothing was saved yet. Correct the rows marked below, then save again."
    )


class UnknownUnit(ProducerError):
    """`unit` is not a unit of sale."""

    code = "unknown_unit"
    sentence = N_("“%(unit)s” is not a unit of sale. Choose one of the list.")


class PackOutOfRange(ProducerError):
    """One unit weighs or fills nothing, or more than a pallet; or has no pieces."""

    code = "pack_out_of_range"
    sentence = N_(
        "One unit weighs from 1 g to 1,000 kg, fills from 1 mL to 2,000 L and holds "
        "at least one piece. Check these figures."
    )


class PackPromised(ProducerError):
    """Unit, mass, volume and temperature are part of what was promised."""

    code = "pack_promised"
    sentence = N_(
        "“%(variant)s” is promised to buyers as it is packed now. "
        "Add another packing instead."
    )


class OfferPromised(ProducerError):
    """An offer changes its list only while nothing of it is promised."""

    code = "offer_promised"
    sentence = N_(
        "“%(offer)s” has units promised to buyers. Move it to another list once "
        "those orders are closed."
    )


class NotAHub(ProducerError):
    """Offers are made to hubs alone."""

    code = "not_a_hub"
    sentence = N_("“%(name)s” is not a hub: nothing can be offered to it.")


class PoolOfAnotherHub(ProducerError):
    """The pooled offer belongs to a hub that the offer is not made to."""

    code = "pool_of_another_hub"
    sentence = N_("“%(pool)s” belongs to another hub.")


class PoolMassMismatch(ProducerError):
    """Every farm of a pooled offer packs the same mass."""

    code = "pool_mass_mismatch"
    sentence = N_(
        "“%(pool)s” takes units of %(pool_mass_g)s g, this one weighs %(mass_g)s g. "
        "Add a packing of the right weight."
    )


class PoolTemperatureMismatch(ProducerError):
    """Every farm of a pooled offer keeps its goods at the same temperature."""

    code = "pool_temperature_mismatch"
    sentence = N_("“%(pool)s” is kept at another temperature than this packing.")


class PoolHasMembers(ProducerError):
    """Farms are in the pooled offer with its present mass and temperature."""

    code = "pool_has_members"
    sentence = N_(
        "Farms fill “%(pool)s” as it is packed now. Make another pooled offer instead."
    )
