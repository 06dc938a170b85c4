"""The refusals of orders.

DomainError
└── OrderError
    └── TransitionRefused  the order is not in a state that allows this
"""

from hub.core.errors import N_, DomainError


class OrderError(DomainError):
    """Anything orders refuse."""

    code = "order_refused"
    sentence = N_("This order could not be changed.")


class TransitionRefused(OrderError):
    """An order in the state `current` cannot become `wanted`."""

    code = "transition_refused"
    sentence = N_("This order can no longer be changed that way.")
