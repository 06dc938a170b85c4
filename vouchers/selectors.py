"""Every read of vouchers: envelopes with what is left in them, who works with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, prefetch_related_objects

from hub import selectors as hub_selectors
from hub.ledger import statements
from hub.ledger.core.accounts import HOLD_PREFIX, hold_account
from hub.selectors import Blank, Prepared
from vouchers import accounts
from vouchers.core.eligibility import Terms, spending_order
from vouchers.core.errors import UnknownFamily
from vouchers.models import Envelope, ProgrammeHub

if TYPE_CHECKING:
    from hub.models import Organization, Person, ProductFamily

GRANT = "envelope-grant"
WITHDRAWAL = "envelope-withdrawal"
HOLD = "envelope-hold"
PAYMENT = "envelope-payment"
"""The ledger kinds of what happens to an envelope."""


def envelopes_of_programme(programme: Organization) -> QuerySet[Envelope]:
    """What a programme has granted, what ends first at the top."""
    return _with_names(Envelope.objects.filter(programme=programme))


def envelopes_of_group(group: Organization) -> QuerySet[Envelope]:
    """What was granted to a group, what ends first at the top."""
    return _with_names(Envelope.objects.filter(group=group))


def envelopes_managed_by(person: Person) -> QuerySet[Envelope]:
    """Envelopes of the programmes a person runs."""
    mine = hub_selectors.organizations_with_role(person, "programme_manager")
    return _with_names(Envelope.objects.filter(programme__in=mine))


def envelopes_seen_by(person: Person) -> QuerySet[Envelope]:
    """The same, and those of the groups that a person orders or hands out for."""
    run = hub_selectors.organizations_with_role(person, "programme_manager")
    fed = hub_selectors.organizations_with_role(person, "group_buyer", "distributor")
    return _with_names(Envelope.objects.filter(Q(programme__in=run) | Q(group__in=fed)))


def _with_names(envelopes: QuerySet[Envelope]) -> QuerySet[Envelope]:
    return (
        envelopes.select_related("programme", "group")
        .prefetch_related("families")
        .order_by("ends_on", "pk")
    )


def open_on(envelopes: QuerySet[Envelope], on: date) -> QuerySet[Envelope]:
    """Those that pay on a day, be they empty."""
    has_not_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return envelopes.filter(has_not_ended, starts_on__lte=on)


def families_named(codes: Collection[str]) -> list[ProductFamily]:
    """The product families of these codes. Raises UnknownFamily."""
    found = {row.code: row for row in hub_selectors.families().filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise UnknownFamily(family=code)
    return list(found.values())


def terms_of(envelope: Envelope) -> Terms:
    """When and for what an envelope pays, as the rules want it."""
    families = frozenset(family.pk for family in envelope.families.all())
    return Terms(
        starts_on=envelope.starts_on,
        ends_on=envelope.ends_on,
        family_ids=families or None,
    )


def account_code(envelope: Envelope) -> str:
    """The ledger account of an envelope."""
    return accounts.envelope(public_id=envelope.public_id).code


def left_cents(envelope: Envelope) -> int:
    """What an envelope can still promise."""
    return statements.balance_cents(account_code(envelope))


def left_in_each(envelopes: Iterable[Envelope]) -> dict[int, int]:
    """The same for many envelopes, by pk; one query."""
    codes = {envelope.pk: account_code(envelope) for envelope in envelopes}
    kept_cents = statements.balances_of(codes.values())
    return {pk: kept_cents[code] for pk, code in codes.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An envelope that a group may choose for an order, with what is left in it."""

    envelope: Envelope
    terms: Terms
    left_cents: int


def choices_for(
    *, group_id: int, on: date, also: Envelope | None = None
) -> list[Choice]:
    """The envelopes a group may order with on a day, what ends first before the rest.

    Those that are open and hold something, and `also`, which an order has already.
    One query when the group has none, three at most.
    """
    found: list[Envelope] = _granted().models(group=group_id)
    prefetch_related_objects(found, "families")
    known = {row: terms_of(row) for row in found}
    rows = {row: t for row, t in known.items() if t.is_open(on) or row == also}
    if not rows:
        return []
    left: Counter[str] = Counter()
    for moved in statements.moved_on([account_code(row) for row in rows]):
        left[moved.code] += moved.amount_cents
    choices = [
        Choice(envelope=row, terms=terms, left_cents=left[account_code(row)])
        for row, terms in rows.items()
    ]
    return sorted(
        (each for each in choices if each.left_cents > 0 or each.envelope == also),
        key=lambda each: spending_order(each.terms, each.envelope.public_id),
    )


@cache
def _granted() -> Prepared:
    granted = _with_names(Envelope.objects.filter(group=Blank("group")))
    return Prepared(granted.prefetch_related(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What an envelope does for one order: what it holds, and what it has paid."""

    held_cents: int
    paid_cents: int

    @property
    def total_cents(self) -> int:
        """What the envelope pays of the order, now or at delivery."""
        return self.held_cents + self.paid_cents


def parts_for(orders: Iterable[tuple[Envelope, str]]) -> dict[str, Part]:
    """What each order holds of its envelope and was paid by it; one query.

    Orders are named by their public ids, all versions of an order together.
    """
    under = [
        accounts.holds_prefix(envelope=envelope.public_id, order=order)
        for envelope, order in orders
    ]
    held: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    for moved in statements.moved_on([], under=under) if under else []:
        order = accounts.order_of(moved.code.removeprefix(HOLD_PREFIX))
        held[order] += moved.amount_cents
        if moved.verb not in ("hold", "release"):
            paid[order] -= moved.amount_cents
    return {
        order: Part(held_cents=held[order], paid_cents=paid[order]) for order in held
    }


def part_for(envelope: Envelope, order: str) -> Part:
    """The same for one order."""
    nothing = Part(held_cents=0, paid_cents=0)
    return parts_for([(envelope, order)]).get(order, nothing)


def held_cents(hold_key: str) -> int:
    """What is still held under a key; zero for no key."""
    return statements.balance_cents(hold_account(hold_key).code) if hold_key else 0


def programmes_behind(hold_keys: Iterable[str]) -> dict[str, Organization]:
    """Whose envelope each of these holds is of; one query."""
    names = {key: accounts.envelope_of(key) for key in set(hold_keys)}
    rows = Envelope.objects.filter(public_id__in=names.values())
    found = {row.public_id: row.programme for row in rows.select_related("programme")}
    return {key: found[name] for key, name in names.items()}


def programmes_of(hub: Organization) -> QuerySet[Organization]:
    """The programmes that may pay for groups of a hub: its own, and those welcomed."""
    welcomed = ProgrammeHub.objects.filter(hub=hub).values("programme")
    return hub_selectors.programmes().filter(Q(hub=hub) | Q(pk__in=welcomed))


def hubs_of(programme: Organization) -> set[int]:
    """The ids of the hubs whose groups a programme may pay for."""
    welcome = set(
        ProgrammeHub.objects.filter(programme=programme).values_list(
            "hub_id", flat=True
        )
    )
    return welcome | ({programme.hub_id} if programme.hub_id else set())


def groups_of(programme: Organization) -> QuerySet[Organization]:
    """The groups a programme may grant an envelope to, by name."""
    return (
        hub_selectors.members_of_hubs(hubs_of(programme))
        .filter(kind="buyer_group")
        .select_related("hub")
        .order_by("name", "pk")
    )
