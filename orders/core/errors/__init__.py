"""The refusals of orders.

DomainError
└── OrderError
    ├── TransitionRefused     the order is not in a state that allows this
    ├── ItemNotOffered        a product that is not in the cycle's list
    ├── ItemNamedTwice        a product on two lines of one order
    ├── QuantityOutOfRange    a quantity under one, or absurdly large
    ├── OrderEmpty            a confirmation without lines
    ├── DropPointNotAllowed   a place this buyer may not use
    ├── NotAMember            a buyer of another hub
    ├── OrderChangedMeanwhile somebody else changed it first
    ├── BasketChangedMeanwhile  a colleague changed the basket that is confirmed
    ├── PriceChangedMeanwhile a price that is not the one that was read
    ├── MoreAtAgreedPrice     more of a price agreed before, while the fund is stopped
    ├── RequestReused         a request key with other content
    ├── FarmWithoutPlace      goods sold by a farm without a place to load
    ├── NotOfThisShipment     a quantity for goods that another shipment carries
    ├── ShipmentNotCarried    a delivery of what was cancelled or goes otherwise
    ├── DeliveredAboveOrdered more delivered, or billed, than was sold
    ├── AlreadyBilled         a delivery noted anew after its invoice
    ├── GoodsUnderWay         a cycle opened again whose goods left or were decided
    ├── DecisionNotPossible   a shipment that is delivered or was decided already
    │   ├── DayNotLater       another day that does not come after the first
    │   └── GoodsComeLater    goods to leave the dock before they come to it
    ├── AlreadyCorrected      an invoice that has its credit note
    ├── CreditAboveInvoice    less than nothing billed
    ├── NotOnThisInvoice      a correction of goods that another invoice bills
    ├── NothingToCorrect      a correction that changes nothing
    ├── GiftSpent             a contribution to take back that the fund has spent
    ├── NotSharedOut          shares read of a cycle that is not closed
    ├── HouseholdsOutOfRange  a number of households that cannot be
    ├── NotAPayment           a payment of nothing or less
    ├── PaidInFuture          a payment of a day to come
    └── PaidAboveOwed         more paid to a farm than it is owed
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


class ItemNotOffered(OrderError):
    """The item `item` is not in the list of this cycle."""

    code = "item_not_offered"
    sentence = N_(
        "A product of this order is not in the list of this cycle. "
        "Open the list again and choose another."
    )


class ItemNamedTwice(OrderError):
    """Two lines of what a program sent name the item `item`."""

    code = "item_named_twice"
    sentence = N_(
        "%(item)s stands on two lines. Write it once, with its whole quantity."
    )


class QuantityOutOfRange(OrderError):
    """`quantity` units of `product` cannot be ordered."""

    code = "quantity_out_of_range"
    sentence = N_(
        "%(product)s: %(quantity)s cannot be ordered. Write a whole number from 1 up."
    )


class OrderEmpty(OrderError):
    """A confirmation without any line."""

    code = "order_empty"
    sentence = N_("This order is empty. Choose at least one product.")


class DropPointNotAllowed(OrderError):
    """The place is not a drop point this buyer may use."""

    code = "drop_point_not_allowed"
    sentence = N_("Choose one of your drop points for this order.")


class NotAMember(OrderError):
    """The buyer does not belong to the hub of the cycle."""

    code = "not_a_member"
    sentence = N_("Your organization is not a member of this hub.")


class OrderChangedMeanwhile(OrderError):
    """Somebody else changed the order since `seen_version`."""

    code = "order_changed_meanwhile"
    sentence = N_(
        "This order was changed meanwhile by %(by)s. Look at it again; "
        "what you typed is kept below."
    )


class BasketChangedMeanwhile(OrderError):
    """`by` changed the basket after the page was shown."""

    code = "basket_changed_meanwhile"
    sentence = N_(
        "This basket was changed meanwhile by %(by)s. Look at it again, then confirm."
    )


class PriceChangedMeanwhile(OrderError):
    """The total is no longer the `expected_cents` that the person agreed to."""

    code = "price_changed_meanwhile"
    sentence = N_(
        "A price changed while you were reading. Look at the new total, then confirm."
    )


class MoreAtAgreedPrice(OrderError):
    """More of `product` than was confirmed, at a reduction no longer given."""

    code = "more_at_agreed_price"
    sentence = N_(
        "%(product)s: no more of it can be had at the price agreed before, for the "
        "solidarity fund gives a smaller reduction now. Keep the quantity you had, or "
        "choose the fair price."
    )


class RequestReused(OrderError):
    """The idempotency key was used for something else."""

    code = "request_reused"
    sentence = N_("This request was already answered with other content.")


class FarmWithoutPlace(OrderError):
    """The farm `farm` has sold goods and no place to pick them up."""

    code = "farm_without_place"
    sentence = N_(
        "%(farm)s has no place where a truck can load. Add one, then close again."
    )


class NotOfThisShipment(OrderError):
    """A line named in a delivery rides in another shipment."""

    code = "not_of_this_shipment"
    sentence = N_("These goods are not part of this shipment. Open the stop again.")


class ShipmentNotCarried(OrderError):
    """The shipment was decided otherwise: nothing of it is delivered by us."""

    code = "shipment_not_carried"
    sentence = N_(
        "This shipment was cancelled or goes by other means. "
        "Undo that decision first to note a delivery."
    )


class DeliveredAboveOrdered(OrderError):
    """`units` of `product` are more than the `most` that were sold."""

    code = "delivered_above_ordered"
    sentence = N_(
        "%(product)s: %(units)s is more than the %(most)s that were sold. "
        "Nothing was changed."
    )


class AlreadyBilled(OrderError):
    """What was delivered is on an invoice, which only a correction changes."""

    code = "already_billed"
    sentence = N_(
        "This delivery is already billed. Correct the invoice instead: a credit note "
        "and a new invoice are made."
    )


class GoodsUnderWay(OrderError):
    """`count` shipments of the cycle are delivered, or were decided otherwise."""

    code = "goods_under_way"
    sentence = N_(
        "This cycle cannot be opened again: %(count)s of its shipments are delivered, "
        "or a decision was made about them. Take these decisions back first; what is "
        "delivered is corrected on its invoice."
    )


class DecisionNotPossible(OrderError):
    """The shipment is no longer waiting for a decision, or never had one."""

    code = "decision_not_possible"
    sentence = N_(
        "This shipment is delivered, or was decided otherwise meanwhile. "
        "Look at it again."
    )


class DayNotLater(DecisionNotPossible):
    """The other day is missing or does not come after `service_on`."""

    code = "day_not_later"
    sentence = N_("Choose a day after %(service_on)s for this shipment.")


class GoodsComeLater(DecisionNotPossible):
    """Goods of `farm` in this shipment come to the hub's dock on the day `on` only."""

    code = "goods_come_later"
    sentence = N_(
        "Goods of “%(farm)s” in this shipment come to the hub on %(on)s only. Take "
        "that decision back first."
    )


class AlreadyCorrected(OrderError):
    """Credit note `credit_note` took `invoice` back before."""

    code = "already_corrected"
    sentence = N_(
        "Invoice %(invoice)s already has a credit note, number %(credit_note)s. "
        "Correct the invoice that came in its place."
    )


class CreditAboveInvoice(OrderError):
    """A correction asks for `units` of `product`: more credited than was billed."""

    code = "credit_above_invoice"
    sentence = N_(
        "%(product)s: a credit note cannot take back more than its invoice billed. "
        "Write a quantity from zero up."
    )


class NotOnThisInvoice(OrderError):
    """A line named in a correction is billed elsewhere, or is a credit note's."""

    code = "not_on_this_invoice"
    sentence = N_("These goods are not on this invoice. Open it again.")


class NothingToCorrect(OrderError):
    """The quantities are those of the invoice."""

    code = "nothing_to_correct"
    sentence = N_("These are the quantities of the invoice already.")


class GiftSpent(OrderError):
    """The fund has spent what the invoice gave: `missing_cents` are not there."""

    code = "gift_spent"
    sentence = N_(
        "The solidarity fund has already spent what this invoice gave to it. "
        "Correct it once the fund has received money again."
    )


class NotSharedOut(OrderError):
    """The cycle `cycle` is not closed: nothing of it is shared out."""

    code = "not_shared_out"
    sentence = N_("“%(cycle)s” is not closed yet: nothing is shared out.")


class HouseholdsOutOfRange(OrderError):
    """`number` households cannot be fed by one order; `most` can."""

    code = "households_out_of_range"
    sentence = N_(
        "Households fed: %(number)s is not possible. Write a number from 0 to %(most)s."
    )


class NotAPayment(OrderError):
    """`amount_cents` is nothing or less."""

    code = "not_a_payment"
    sentence = N_("A payment is more than zero.")


class PaidInFuture(OrderError):
    """The day of a payment, `on`, is still to come."""

    code = "paid_in_future"
    sentence = N_("%(on)s is still to come. Record a payment once it is made.")


class PaidAboveOwed(OrderError):
    """The farm is owed `owed_cents`, less than what would be paid."""

    code = "paid_above_owed"
    sentence = N_("This is more than this farm is owed. Look at its statement again.")
