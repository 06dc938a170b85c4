"""Which payment terms hold on a day, and from when new ones may be agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet
from django.utils import timezone

from orders.core.terms import BUYERS_USUAL, FARMS_USUAL, Rule, Terms
from orders.models import FarmSale, Invoice, PaymentTerms

if TYPE_CHECKING:
    from hub.models import Organization

USUAL = {"buyer": BUYERS_USUAL, "farm": FARMS_USUAL}
KINDS_OF_SIDE = {"buyer": ("buyer_group", "institution"), "farm": ("producer",)}


@dataclass(frozen=True, slots=True)
class TermsBook:
    """The terms of a hub on one day, by side and member; those of a side under None."""

    found: Mapping[tuple[str, int | None], Terms]

    def of(self, side: str, member_id: int | None) -> Terms:
        """A member's own terms, else those of its side, else the usual ones."""
        default = self.found.get((side, None), USUAL[side])
        return self.found.get((side, member_id), default)


def terms_book(hub_id: int, *, on: date) -> TermsBook:
    """What holds on a day; one query."""
    rows = PaymentTerms.objects.filter(hub=hub_id, starts_on__lte=on)
    return TermsBook(
        {
            (side, member_id): Terms(Rule(rule), days)
            for side, member_id, rule, days in rows.values_list(
                "side", "member_id", "rule", "days"
            )
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTerms:
    """The terms of a member today, those to come, and whether they are its own.

    `member` is None for what a side has by default.
    """

    side: str
    member: Organization | None
    terms: Terms
    is_own: bool
    next: PaymentTerms | None


def terms_of_members(hub: Organization, *, today: date) -> list[MemberTerms]:
    """The terms of every buyer and farm of a hub, the defaults before; three queries.

    Members that are put aside are left out.
    """
    book = terms_book(hub.pk, on=today)
    coming: dict[tuple[str, int | None], PaymentTerms] = {}
    for row in PaymentTerms.objects.filter(hub=hub, starts_on__gt=today):
        coming.setdefault((row.side, row.member_id), row)
    members: list[Organization] = list(members_with_terms(hub))
    found = []
    for side, kinds in KINDS_OF_SIDE.items():
        own = [member for member in members if member.kind in kinds]
        for member in (None, *own):
            key = (side, member.pk if member else None)
            found.append(
                MemberTerms(
                    side=side,
                    member=member,
                    terms=book.of(*key),
                    is_own=key in book.found,
                    next=coming.get(key),
                )
            )
    return found


def members_with_terms(hub: Organization) -> QuerySet[Organization]:
    """The farms and buyers that a hub may agree on terms with, by name."""
    kinds = [kind for kinds in KINDS_OF_SIDE.values() for kind in kinds]
    return hub.members.filter(kind__in=kinds, is_active=True).order_by("name", "pk")


def last_billed_on(
    hub: Organization, *, side: str, member: Organization | None
) -> date | None:
    """The day of the last paper that was issued under the terms of a side or member."""
    papers = Invoice.objects.filter(hub=hub)
    if member is not None and side == "buyer":
        papers = papers.filter(buyer=member)
    if member is not None and side == "farm":
        sales = FarmSale.objects.filter(farm=member)
        papers = papers.filter(pk__in=sales.values("invoice_line__invoice"))
    last_at = papers.aggregate(last=Max("issued_at"))["last"]
    return timezone.localdate(last_at) if last_at else None
