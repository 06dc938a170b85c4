"""Agreeing when a buyer pays and when a farm is paid."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from orders import selectors
from orders.core.errors.cash import NotOfThisHub, TermsBackdated, TermsNotPossible
from orders.core.terms import Rule, Terms
from orders.models import PaymentTerms, Seller

if TYPE_CHECKING:
    from hub.models import Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Terms as somebody states them; without a member, for the whole side."""

    side: str
    member: "Organization | None"
    terms: Terms
    starts_on: date


@transaction.atomic
def agree_terms(
    *, hub: "Organization", agreement: Agreement, by: "Person | None"
) -> PaymentTerms:
    """Write terms that hold for what is billed from a day on.

    What was issued keeps the day that stands on it: terms begin after the last paper
    under them, never before. Whoever bills at the same moment waits, or is waited for.
    Raises NotOfThisHub, TermsNotPossible, TermsBackdated.
    """
    member, side = agreement.member, agreement.side
    _require_of_side(hub, agreement)
    Seller.objects.get_or_create(hub=hub)
    Seller.objects.select_for_update().get(hub=hub)
    last_on = selectors.last_billed_on(hub, side=side, member=member)
    if last_on is not None and agreement.starts_on <= last_on:
        first_on = last_on + timedelta(days=1)
        raise TermsBackdated(first_on=first_on.isoformat())
    member_id = member.pk if member else None
    before = selectors.terms_book(hub.pk, on=agreement.starts_on).of(side, member_id)
    row = PaymentTerms.objects.create(
        hub=hub,
        side=side,
        member=member,
        rule=agreement.terms.rule,
        days=agreement.terms.days,
        starts_on=agreement.starts_on,
        agreed_by=by,
    )
    whom = member or hub
    fact = Fact(
        kind=Kind.TERMS_AGREED,
        subject=(whom.public_id, whom.name),
        concerns=[hub.pk, whom.pk],
        before={"due": before.rule.value, "days": before.days},
        after={
            "due": row.rule,
            "days": row.days,
            "side": side,
            "starts_on": row.starts_on.isoformat(),
        },
    )
    record(fact, by=by)
    return row


def _require_of_side(hub: "Organization", agreement: Agreement) -> None:
    member, side = agreement.member, agreement.side
    if side == "buyer" and agreement.terms.rule == Rule.WHEN_PAID:
        raise TermsNotPossible(days=agreement.terms.days, most=0)
    if member is None:
        return
    if member.hub_id != hub.pk or member.kind not in selectors.KINDS_OF_SIDE[side]:
        raise NotOfThisHub
