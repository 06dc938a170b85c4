"""What came to a group of accounts and left it in some days, and from how many."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from hub.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Given:
    """What the postings of one verb and one kind moved on one account in some days.

    `num_postings` is how many they were.
    """

    code: str
    verb: str
    kind: str
    amount_cents: int
    num_postings: int


def moved_between(prefix: str, *, since: date, until: date) -> list[Given]:
    """What moved on the accounts under a prefix, both days included; one query."""
    rows = (
        Entry.objects.filter(
            account__code__startswith=prefix,
            posting__effective_on__range=(since, until),
        )
        .values_list("account__code", "posting__verb", "posting__kind")
        .annotate(cents=Sum("amount_cents"), num=Count("posting", distinct=True))
        .order_by("account__code", "posting__verb", "posting__kind")
    )
    return [Given(*row) for row in rows]


def total_on(prefix: str, *, on: date) -> int:
    """The money in the accounts under a prefix at the end of a day."""
    entries = Entry.objects.filter(
        account__code__startswith=prefix, posting__effective_on__lte=on
    )
    return int(entries.aggregate(cents=Sum("amount_cents", default=0))["cents"])


def num_beside(
    prefix: str, *, other: str, verbs: tuple[str, ...], since: date, until: date
) -> int:
    """How many accounts under `other` stand in the postings that moved those under a
    prefix, by one of these verbs, in these days."""
    postings = Entry.objects.filter(
        account__code__startswith=prefix,
        posting__verb__in=verbs,
        posting__effective_on__range=(since, until),
    ).values("posting")
    beside = Entry.objects.filter(account__code__startswith=other, posting__in=postings)
    return beside.values("account").distinct().count()
