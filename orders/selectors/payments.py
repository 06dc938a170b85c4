"""Money received: what waits and since when, what is open, what a buyer has over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hub import selectors as hub_selectors
from hub.ledger import statements
from orders import accounts
from orders.core.payment_matching import Paid, Payer, Proposal, propose
from orders.core.payments import DOUBLE_WITHIN_DAYS, Known, Open, folded
from orders.models import (
    Invoice,
    InvoicePayment,
    PaymentFile,
    PaymentMatch,
    PaymentRefund,
    PaymentRule,
    ReceivedPayment,
)
from orders.selectors.accounts import KINDS
from orders.selectors.billing import balance_of

if TYPE_CHECKING:
    from hub.models import Organization, Person

LEARNT_FROM = 2_000
"""Confirmed matches, the latest, whose payers' words are remembered."""


def payments_run_by(person: Person) -> QuerySet[ReceivedPayment]:
    """Payments received by the hubs that a person coordinates."""
    return ReceivedPayment.objects.filter(
        hub__in=hub_selectors.hubs_coordinated_by(person)
    ).select_related("hub", "double_of", "recorded_by", "file")


def payments_waiting(hub: Organization) -> QuerySet[ReceivedPayment]:
    """Money of a hub that waits to be matched, the oldest first."""
    return (
        ReceivedPayment.objects.filter(hub=hub, left_cents__gt=0)
        .select_related("double_of")
        .order_by("received_on", "pk")
    )


def late_payments(hub: Organization, *, today: date) -> int:
    """How many payments have waited longer than the hub wants."""
    since = today - timedelta(days=payment_rule_of(hub).alarm_days)
    return payments_waiting(hub).filter(received_on__lt=since).count()


def matches_run_by(person: Person) -> QuerySet[PaymentMatch]:
    """Matches of the hubs that a person coordinates."""
    return PaymentMatch.objects.filter(
        payment__hub__in=hub_selectors.hubs_coordinated_by(person)
    ).select_related("payment__hub", "buyer")


def credit_uses_run_by(person: Person) -> QuerySet[InvoicePayment]:
    """What buyers' credit pays, in the hubs that a person coordinates."""
    return InvoicePayment.objects.filter(
        match=None, invoice__hub__in=hub_selectors.hubs_coordinated_by(person)
    ).select_related("invoice__buyer", "invoice__hub")


def payment_files_run_by(person: Person) -> QuerySet[PaymentFile]:
    """Files of banks of the hubs that a person coordinates."""
    return PaymentFile.objects.filter(
        hub__in=hub_selectors.hubs_coordinated_by(person)
    ).select_related("hub", "sent_by")


def suspense_cents(hub: Organization) -> int:
    """What the books hold for a hub of money that is not matched."""
    return statements.balance_cents(accounts.suspense(hub=hub.public_id).code)


def payment_rule_of(hub: Organization) -> PaymentRule:
    """What a hub lets happen by itself; nothing, until it says so."""
    return PaymentRule.objects.filter(hub=hub).first() or PaymentRule(hub=hub)


def in_force() -> QuerySet[Invoice]:
    """Invoices that no credit note took back."""
    credit = Invoice.objects.filter(
        corrects=OuterRef("pk"), kind=Invoice.Kind.CREDIT_NOTE
    )
    return Invoice.objects.filter(~Exists(credit), kind=Invoice.Kind.INVOICE)


def open_invoices(
    hub: Organization, *, buyer: Organization | None = None
) -> list[Open]:
    """What is to be paid yet of the invoices in force, the oldest first.

    What was paid of an invoice counts for the one that took its place. Five queries at
    most, however many invoices.
    """
    rows = in_force().filter(hub=hub)
    if buyer is not None:
        rows = rows.filter(buyer=buyer)
    standing = InvoicePayment.objects.filter(undone_at=None)
    paid = standing.filter(invoice=OuterRef("pk")).order_by().values("invoice")
    fields = ("pk", "number", "buyer_id", "effective_on", "to_pay")
    rows = rows.annotate(to_pay=F("buyer_cents") - F("envelope_cents"))
    first = rows.filter(corrects=None).annotate(
        left=F("to_pay")
        - Coalesce(
            Subquery(paid.annotate(cents=Sum("amount_cents")).values("cents")), 0
        )
    )
    found = [
        Open(pk=pk, number=number, buyer_id=owner, issued_on=on, open_cents=left)
        for pk, number, owner, on, _to_pay, left in first.filter(
            left__gt=0
        ).values_list(*fields, "left")
    ]
    later = list(rows.exclude(corrects=None).values_list(*fields))
    roots = roots_of(pk for pk, *_ in later)
    of_root: Counter[int] = Counter()
    for root, cents in standing.filter(invoice__in=set(roots.values())).values_list(
        "invoice", "amount_cents"
    ):
        of_root[root] += cents
    for pk, number, owner, on, to_pay in later:
        left = to_pay - of_root[roots[pk]]
        if left > 0:
            found.append(
                Open(
                    pk=pk, number=number, buyer_id=owner, issued_on=on, open_cents=left
                )
            )
    return sorted(found, key=lambda row: (row.issued_on, row.number))


def roots_of(pks: Iterable[int]) -> dict[int, int]:
    """The first of the invoices that corrections replaced by each of these."""
    roots = {pk: pk for pk in pks}
    moved = set(roots.values())
    while moved:
        rows = Invoice.objects.filter(pk__in=moved).exclude(corrects=None)
        above = dict(rows.values_list("pk", "corrects_id"))
        roots = {pk: above.get(root) or root for pk, root in roots.items()}
        moved = {root for root in above.values() if root is not None}
    return roots


def credit_cents(buyer: Organization) -> int:
    """What a buyer paid above its invoices; below zero, what else it owes.

    Always: what is open, less the credit, is what stands on its account.
    """
    hub = buyer.hub or buyer
    still_open = sum(row.open_cents for row in open_invoices(hub, buyer=buyer))
    return still_open + balance_of(buyer)


def known_near(
    hub: Organization, *, amounts: Iterable[int], since: date, until: date
) -> list[Known]:
    """Payments of these amounts that stand and may have been written twice."""
    reach = timedelta(days=DOUBLE_WITHIN_DAYS)
    rows = ReceivedPayment.objects.filter(
        hub=hub,
        amount_cents__in=set(amounts),
        received_on__gte=since - reach,
        received_on__lte=until + reach,
        undone_at=None,
    ).order_by("pk")
    names: dict[int, list[str]] = defaultdict(list)
    matched = PaymentMatch.objects.filter(payment__in=rows, undone_at=None)
    for pk, name in matched.values_list("payment", "buyer__name"):
        names[pk].append(name)
    return [
        Known(
            pk=row.pk,
            on=row.received_on,
            amount_cents=row.amount_cents,
            payer=row.payer,
            reference=row.reference,
            source=row.source,
            names=tuple(names[row.pk]),
        )
        for row in rows
    ]


def buyers_paying(hub: Organization) -> QuerySet[Organization]:
    """The buyers of a hub, of whom a payment may come, by name."""
    return hub.members.filter(kind__in=KINDS["buyer"]).order_by("name", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What proposals are made from: buyers with their learnt words, what is open."""

    buyers: dict[int, Organization]
    payers: tuple[Payer, ...]
    opened: tuple[Open, ...]

    def proposals(self, payment: ReceivedPayment) -> list[Proposal]:
        """Who may have paid, and why; none while it may be another's double."""
        if payment.is_undecided or payment.left_cents != payment.amount_cents:
            return []
        paid = Paid(
            amount_cents=payment.left_cents,
            payer=payment.payer,
            reference=payment.reference,
        )
        return propose(paid, self.payers, self.opened)


def books_of(hub: Organization) -> Books:
    """All that proposals of a hub are made from, in five queries."""
    buyers = {row.pk: row for row in buyers_paying(hub)}
    learnt: dict[int, set[str]] = defaultdict(set)
    confirmed = PaymentMatch.objects.filter(
        payment__hub=hub, undone_at=None, rule=""
    ).exclude(payment__payer="")
    for pk, payer in confirmed.order_by("-pk").values_list("buyer", "payment__payer")[
        :LEARNT_FROM
    ]:
        learnt[pk].add(folded(payer))
    # Words that were confirmed for two buyers tell nobody apart.
    told = Counter(words for found in learnt.values() for words in found)
    return Books(
        buyers=buyers,
        payers=tuple(
            Payer(
                pk=pk,
                name=row.name,
                learnt=frozenset(word for word in learnt[pk] if told[word] == 1),
            )
            for pk, row in buyers.items()
        ),
        opened=tuple(row for row in open_invoices(hub) if row.buyer_id in buyers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspenseFault:
    """A hub, or a payment, whose waiting money is not what its records say."""

    subject: str
    kept_cents: int
    counted_cents: int


def suspense_faults() -> list[SuspenseFault]:
    """Where the suspense account and the records disagree; nothing when all is right.

    The balance of each `suspense:<hub>` is the sum of what waits of its payments, and
    what waits of a payment is its amount less its matches and refunds.
    """
    rows = ReceivedPayment.objects.order_by().values_list("hub__public_id")
    waiting = dict(rows.annotate(cents=Sum("left_cents")))
    codes = {accounts.suspense(hub=hub).code: cents for hub, cents in waiting.items()}
    kept = statements.balances("suspense:")
    faults = [
        SuspenseFault(
            subject=code,
            kept_cents=kept.get(code, 0),
            counted_cents=codes.get(code, 0),
        )
        for code in sorted(kept.keys() | codes.keys())
        if kept.get(code, 0) != codes.get(code, 0)
    ]
    return faults + _payment_faults()


def _payment_faults() -> list[SuspenseFault]:
    matched = PaymentMatch.objects.filter(payment=OuterRef("pk"), undone_at=None)
    refunded = PaymentRefund.objects.filter(payment=OuterRef("pk"))
    rows = ReceivedPayment.objects.annotate(
        gone=_total(matched, "payment") + _total(refunded, "payment")
    )
    wrong = rows.filter(
        Q(undone_at=None) & ~Q(left_cents=F("amount_cents") - F("gone"))
        | Q(undone_at__isnull=False) & ~Q(gone=0, left_cents=0)
    )
    return [
        SuspenseFault(
            subject=row.public_id,
            kept_cents=row.left_cents,
            counted_cents=row.amount_cents - row.gone,
        )
        for row in wrong.order_by("pk")
    ]


def _total(rows: QuerySet[PaymentMatch] | QuerySet[PaymentRefund], by: str) -> Coalesce:
    """The amounts of these rows, nothing for none."""
    summed = rows.order_by().values(by).annotate(cents=Sum("amount_cents"))
    return Coalesce(Subquery(summed.values("cents")), 0)


def age_days(payment: ReceivedPayment, today: date) -> int:
    """How long the money has been in the bank."""
    return (today - payment.received_on).days


def invoices_by_pk(pks: Iterable[int]) -> dict[int, Invoice]:
    """Invoices with their buyers, by pk."""
    rows = Invoice.objects.filter(pk__in=list(pks)).select_related("buyer")
    return {row.pk: row for row in rows}
