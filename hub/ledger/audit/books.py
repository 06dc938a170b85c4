"""Sums: of each posting, of the whole ledger, of each account."""

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from hub.ledger.audit.report import Finding
from hub.ledger.models import Account, Balance, Entry, Part, Rollup


def lopsided_postings() -> list[Finding]:
    """Find postings whose entries do not sum to zero."""
    sums = (
        Entry.objects.order_by()
        .values("posting__key")
        .annotate(cents=Sum("amount_cents"))
        .exclude(cents=0)
    )
    return [
        Finding(row["posting__key"], f"sums to {row['cents']} cents")
        for row in sums.order_by("posting__key")
    ]


def lopsided_ledger() -> list[Finding]:
    """Find the cents by which all entries together miss zero."""
    total_cents = Entry.objects.aggregate(cents=Sum("amount_cents", default=0))["cents"]
    if total_cents == 0:
        return []
    return [Finding("all entries", f"sum to {total_cents} cents")]


def wrong_balances() -> list[Finding]:
    """Find floored accounts without a right balance, and others that have one.

    What a split account keeps is the sum of its parts, of which none may be missing.
    """
    parts = Part.objects.filter(account=OuterRef("pk")).order_by().values("account")
    in_parts = Subquery(parts.annotate(cents=Sum("balance_cents")).values("cents"))
    num_parts = Subquery(parts.annotate(num=Count("pk")).values("num"))
    accounts = Account.objects.annotate(
        cents=Sum("entries__amount_cents", default=0),
        kept=F("balance__balance_cents") + Coalesce(in_parts, 0),
        lost=F("balance__num_parts") - Coalesce(num_parts, 0),
    )
    missing = Q(floored=True, kept__isnull=True)
    extra = Q(floored=False, kept__isnull=False)
    wrong = Q(kept__isnull=False) & ~Q(kept=F("cents"))
    told = "code", "kept", "cents", "lost"
    rows = accounts.filter(missing | extra | wrong).order_by("code").values_list(*told)
    lost = accounts.filter(~Q(lost=0)).order_by("code").values_list(*told)
    return [
        Finding(code, f"keeps {kept} cents, its entries sum to {cents}")
        for code, kept, cents, _lost in rows
    ] + [Finding(code, f"lost {num} of its parts") for code, *_, num in lost]


def overdrawn_accounts() -> list[Finding]:
    """Find floored accounts below zero, by their balance or by their entries."""
    kept = Balance.objects.filter(balance_cents__lt=0)
    parts = Part.objects.filter(balance_cents__lt=0)
    summed = Account.objects.filter(floored=True).annotate(
        cents=Sum("entries__amount_cents", default=0)
    )
    below = dict(summed.filter(cents__lt=0).values_list("code", "cents"))
    for rows in (kept, parts):
        below |= dict(rows.values_list("account__code", "balance_cents"))
    return [
        Finding(code, f"stands at {cents} cents")
        for code, cents in sorted(below.items())
    ]


def wrong_rollups() -> list[Finding]:
    """Find sums that were rolled up and are not what the entries below them sum to."""
    before = Entry.objects.filter(
        account=OuterRef("account"), pk__lte=OuterRef("through_entry")
    )
    summed = before.order_by().values("account").annotate(cents=Sum("amount_cents"))
    rows = Rollup.objects.annotate(cents=Subquery(summed.values("cents")))
    wrong = rows.exclude(balance_cents=Coalesce("cents", 0)).order_by("pk")
    return [
        Finding(code, f"was rolled up to {kept} cents, its entries sum to {cents or 0}")
        for code, kept, cents in wrong.values_list(
            "account__code", "balance_cents", "cents"
        )
    ]
