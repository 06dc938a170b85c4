"""How many households an order feeds, as its group tells."""

from datetime import datetime

from django.db import transaction

from orders.core.basket import HOUSEHOLDS_MAX
from orders.core.errors import HouseholdsOutOfRange
from orders.models import Invoice, Order
from orders.services.figures import renew_figures
from orders.services.locks import lock_orders


@transaction.atomic
def tell_households(
    *, order: Order, num_households: int | None, now: datetime
) -> Order:
    """Note how many households an order feeds; None, nobody told.

    A number only, never who they are. Told or corrected after the day was settled, its
    figures follow. Raises HouseholdsOutOfRange.
    """
    if num_households is not None and not 0 <= num_households <= HOUSEHOLDS_MAX:
        raise HouseholdsOutOfRange(number=num_households, most=HOUSEHOLDS_MAX)
    (row,) = lock_orders([order.pk])
    row.num_households = num_households
    row.save(update_fields=["num_households"])
    days = Invoice.objects.filter(order=row).values_list("service_on", flat=True)
    for on in sorted(set(days)):
        renew_figures(hub=row.cycle.hub, on=on, now=now)
    return row
