"""The refusals of producers.

DomainError
└── ProducerError
    ├── NotEnoughStock   more was asked than is left
    ├── NoLongerOffered  the farm took away what is asked
    ├── UnknownQuantity  a cell holds something that is no quantity
    └── PackMismatch     pieces that do not fill whole cases
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


class PackMismatch(ProducerError):
    """`pieces` do not make whole cases of `pieces_per_case`."""

    code = "pack_mismatch"
    sentence = N_("%(pieces)s pieces do not fill whole cases of %(pieces_per_case)s.")
