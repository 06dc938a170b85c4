"""The orders floor through the API, one file per noun."""

from hub.api import Door
from orders.api import accounts, allocation, billing, invoices, ordering, payments

__all__ = ["router"]

router = Door()
for noun in (ordering, allocation, invoices, billing, accounts, payments):
    router.add_router("", noun.router)
