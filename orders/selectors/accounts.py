"""Whose account a person may read, and what moved on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from django.db.models import Q, QuerySet

from hub import selectors as hub_selectors
from orders.models import Invoice, InvoiceLine

if TYPE_CHECKING:
    from hub.models import Organization, Person

KINDS = {"farm": ("producer",), "buyer": ("buyer_group", "institution")}
"""Who has an account with a hub, by what the hub calls them."""
OWN_ROLES = ("producer", "group_buyer", "institutional_buyer")


def members_with_account(person: Person) -> QuerySet[Organization]:
    """The person's own farms and buyers, and those of the hubs they coordinate."""
    own = hub_selectors.organizations_with_role(person, *OWN_ROLES)
    run = hub_selectors.organizations_run_by(person)
    members = hub_selectors.organizations_seen_by(person)
    return members.filter(
        Q(pk__in=own) | Q(pk__in=run), kind__in=[*KINDS["farm"], *KINDS["buyer"]]
    )


def members_paid_by(
    person: Person, *, whom: Literal["buyer", "farm"]
) -> QuerySet[Organization]:
    """The buyers, or the farms, whose payments this person may write down."""
    return hub_selectors.organizations_run_by(person).filter(kind__in=KINDS[whom])


def invoice_numbers(posting_keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the papers that were posted under these keys; one query."""
    rows = Invoice.objects.filter(posting_key__in=list(posting_keys))
    return dict(rows.values_list("posting_key", "number"))


def lines_billed(invoice: Invoice) -> QuerySet[InvoiceLine]:
    """The lines of an invoice or a credit note, in their order."""
    return invoice.lines.select_related(
        "order_line__offer", "order_line__pooled_offer"
    ).order_by("pk")
