"""Money received: what it may look like twice, and which invoices it pays first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hub.core.imports import normalised

DOUBLE_WITHIN_DAYS = 5
"""Less than a week: who pays the same every week pays anew."""
# fmt: off
_EMPTY_WORDS = frozenset((
    "virement", "interac", "transfert", "transfer", "depot", "deposit", "direct",
    "paiement", "payment", "de", "du", "la", "le", "les", "des", "a", "au", "aux",
    "the", "of", "from", "e", "et", "and", "inc", "ltee", "enr", "cie",
))
# fmt: on
"""Words of banks and of all names: they tell nobody apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a payment when it is compared with others.

    `names` are other names of whoever paid: the buyer that it was matched with.
    """

    pk: int
    on: date
    amount_cents: int
    payer: str
    reference: str
    source: str
    names: tuple[str, ...] = ()


@lru_cache(maxsize=4_096)
def words_of(text: str) -> frozenset[str]:
    """The words that tell one payer from another, without accents nor capitals."""
    return frozenset(normalised(text).split()) - _EMPTY_WORDS


def folded(text: str) -> str:
    """A payer's words as they are remembered: in order, without accents nor signs."""
    return normalised(text)


def is_like(new: Known, earlier: Known) -> bool:
    """Whether a payment may be another record of an earlier one.

    The amounts are equal and the days near. From one source, payer and reference
    agree, and something of them is known; from two, the same person writes otherwise
    than the bank, and one common word of the payer, or the same reference, is enough.
    """
    if new.amount_cents != earlier.amount_cents:
        return False
    if abs((new.on - earlier.on).days) > DOUBLE_WITHIN_DAYS:
        return False
    same_reference = _same(new.reference, earlier.reference)
    if new.source == earlier.source:
        same_payer = _same(new.payer, earlier.payer)
        return (
            (same_payer or same_reference)
            and _agree(new.payer, earlier.payer)
            and _agree(new.reference, earlier.reference)
        )
    if same_reference:
        return True
    theirs = frozenset[str]().union(
        *(words_of(name) for name in (earlier.payer, *earlier.names))
    )
    ours = frozenset[str]().union(*(words_of(name) for name in (new.payer, *new.names)))
    return bool(ours & theirs)


def like(new: Known, earlier: Iterable[Known]) -> Known | None:
    """The nearest earlier payment that this one may repeat; the first of equals."""
    alike = [known for known in earlier if is_like(new, known)]
    return min(alike, key=lambda k: (abs((new.on - k.on).days), k.pk), default=None)


def _same(one: str, other: str) -> bool:
    return bool(folded(one)) and folded(one) == folded(other)


def _agree(one: str, other: str) -> bool:
    """Equal, or one of them says nothing."""
    return not folded(one) or not folded(other) or folded(one) == folded(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An invoice in force of which something is to be paid yet."""

    pk: int
    number: int
    buyer_id: int
    open_cents: int
    issued_on: date


def oldest_first(amount_cents: int, invoices: Sequence[Open]) -> list[tuple[Open, int]]:
    """Pay the oldest invoices first; the last one in part, what is over stays credit.

    The parts never sum to more than the amount, and none is above what is open.
    """
    left_cents = amount_cents
    paid: list[tuple[Open, int]] = []
    for invoice in sorted(invoices, key=lambda row: (row.issued_on, row.number)):
        part_cents = min(left_cents, invoice.open_cents)
        if part_cents > 0:
            paid.append((invoice, part_cents))
            left_cents -= part_cents
    return paid
