"""Which buyer paid, and which invoices: proposals with their reasons, never acts.

A proposal is scored by what speaks for it: the number of an invoice in the payer's
words, an amount that is exactly what is open, the name of the organization, the same
words as in a match that somebody confirmed before. Nothing here is applied by itself.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from orders.core.payments import Open, folded, oldest_first, words_of

MOST_SHOWN = 3
MOST_TO_COMBINE = 12
"""Open invoices of one buyer among which a sum is looked for: 4 095 sums at most."""
NUMBER, AMOUNT, LEARNT, NAME, PART_OF_NAME = 50, 30, 30, 25, 10
KNOWN = ("learnt", "name")
"""Reasons that tell who paid."""
_NUMBER = re.compile(r"(?<![0-9])0*([1-9][0-9]{0,8})(?![0-9])")
_CALLED = re.compile(
    r"(?:factures?|fact|fac|inv|invoices?|f|no|n°|nº|numero|num|#)\s*[.:#-]*\s*"
    r"0*([1-9][0-9]{0,8})(?![0-9])"
)
_LONG_ENOUGH = 3
"""Digits from which a bare number may be an invoice; shorter ones have to be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A payment as it is compared with what is open."""

    amount_cents: int
    payer: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """A buyer: its name, and the folded words of payers that were matched with it."""

    pk: int
    name: str
    learnt: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a proposal is made: a code, and what it is about."""

    code: str
    data: Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A buyer, what of its invoices would be paid, and why.

    `pays` are (invoice, cents) that never sum to more than the payment; what is over
    would stay the buyer's credit. `is_exact` names its invoices and is their exact
    sum; `is_certain` is that, or a known payer of an exact and only sum.
    """

    buyer_id: int
    pays: tuple[tuple[Open, int], ...]
    score: int
    reasons: tuple[Reason, ...]
    is_exact: bool
    is_certain: bool

    @property
    def is_known(self) -> bool:
        """Whether the words say who paid."""
        return any(reason.code in KNOWN for reason in self.reasons)

    @property
    def paid_cents(self) -> int:
        """What the invoices would get of it."""
        return sum(cents for _, cents in self.pays)

    @property
    def fingerprint(self) -> str:
        """What was shown, for whoever confirms it."""
        return fingerprint_of(
            self.buyer_id, {row.pk: cents for row, cents in self.pays}
        )


def fingerprint_of(buyer_id: int, pays: Mapping[int, int]) -> str:
    """The same for a buyer and the cents by invoice, whatever their order."""
    parts = "-".join(f"{pk}.{cents}" for pk, cents in sorted(pays.items()))
    return hashlib.sha256(f"{buyer_id}:{parts}".encode()).hexdigest()[:32]


def propose(
    paid: Paid, payers: Sequence[Payer], invoices: Iterable[Open]
) -> list[Proposal]:
    """At most three proposals, the likeliest first; each buyer once.

    Two buyers that are equally likely are both shown and none of them is certain.
    """
    of_buyer: dict[int, list[Open]] = {}
    for invoice in invoices:
        of_buyer.setdefault(invoice.buyer_id, []).append(invoice)
    made = [_of(paid, payer, of_buyer.get(payer.pk, [])) for payer in payers]
    found = sorted(
        (proposal for proposal in made if proposal is not None),
        key=lambda proposal: (-proposal.score, proposal.buyer_id),
    )
    if _is_doubtful(found):
        found = [_doubted(proposal) for proposal in found]
    return found[:MOST_SHOWN]


def _is_doubtful(found: Sequence[Proposal]) -> bool:
    """Whether another buyer is as certain, or is the one that the words name."""
    certain = [proposal for proposal in found if proposal.is_certain]
    if len(certain) != 1:
        return bool(certain)
    others = [proposal for proposal in found if proposal is not certain[0]]
    return not certain[0].is_known and any(proposal.is_known for proposal in others)


@lru_cache(maxsize=4_096)
def numbers_in(text: str) -> frozenset[int]:
    """The numbers of invoices that a text may name.

    Short ones only behind a word that says so: “facture 12”, “#12”.
    """
    plain = text.casefold()
    bare = {
        int(found[1])
        for found in _NUMBER.finditer(plain)
        if len(found[1]) >= _LONG_ENOUGH
    }
    called = {int(found[1]) for found in _CALLED.finditer(plain)}
    return frozenset(bare | called)


def _of(paid: Paid, payer: Payer, invoices: list[Open]) -> Proposal | None:
    """What speaks for one buyer, or nothing."""
    said = f"{paid.reference} {paid.payer}"
    named = [row for row in invoices if row.number in numbers_in(said)]
    who = _who(paid, payer)
    # Sums are only looked for among what was named, or for somebody who was named.
    most = MOST_TO_COMBINE if named or who else 1
    sums = _sums(paid.amount_cents, named or invoices, most)
    if not named and not who and len(sums) != 1:
        return None
    is_exact = bool(named) and len(sums) == 1
    reasons = [
        *_reason(bool(named), NUMBER, "invoice_named", _numbers(named)),
        *_amount(sums, invoices),
        *who,
    ]
    chosen = sums[0] if sums else named or invoices
    is_known = any(reason.code in KNOWN for _, reason in who)
    return Proposal(
        buyer_id=payer.pk,
        pays=tuple(oldest_first(paid.amount_cents, chosen)),
        score=sum(points for points, _ in reasons),
        reasons=tuple(reason for _, reason in reasons),
        is_exact=is_exact,
        is_certain=is_exact or (is_known and len(sums) == 1),
    )


def _who(paid: Paid, payer: Payer) -> list[tuple[int, Reason]]:
    """What the words say about who paid."""
    found = []
    said = words_of(f"{paid.payer} {paid.reference}")
    own = words_of(payer.name)
    if folded(paid.payer) and folded(paid.payer) in payer.learnt:
        found += _reason(True, LEARNT, "learnt", {"payer": paid.payer})
    if own and own <= said:
        found += _reason(True, NAME, "name", {"buyer": payer.name})
    elif _is_half(own & said, own):
        found += _reason(True, PART_OF_NAME, "part_of_name", {"buyer": payer.name})
    return found


def _is_half(common: frozenset[str], whole: frozenset[str]) -> bool:
    """At least half of the words, one of them long enough to mean something."""
    return 2 * len(common) >= len(whole) and any(len(word) > 3 for word in common)


def _sums(amount_cents: int, invoices: list[Open], most: int) -> list[list[Open]]:
    """At most two ways in which up to `most` open invoices add up to the amount.

    Everything that is open counts as one way, and as the only one.
    """
    if invoices and _sum(invoices) == amount_cents:
        return [invoices]
    rows = sorted(invoices, key=lambda row: (row.issued_on, row.number))
    found: list[list[Open]] = []
    rows = rows if most == 1 else rows[:MOST_TO_COMBINE]
    for size in range(1, min(most, len(rows)) + 1):
        for chosen in combinations(rows, size):
            if _sum(chosen) == amount_cents:
                found.append(list(chosen))
                if len(found) == 2:
                    return found
    return found


def _amount(sums: list[list[Open]], invoices: list[Open]) -> list[tuple[int, Reason]]:
    if not sums:
        return []
    if len(sums) > 1:
        return _reason(True, AMOUNT // 2, "several_sums", {})
    if len(sums[0]) == 1:
        return _reason(True, AMOUNT, "exact_amount", _numbers(sums[0]))
    code = "all_open" if len(sums[0]) == len(invoices) else "exact_sum"
    return _reason(True, AMOUNT, code, _numbers(sums[0]))


def _reason(
    holds: bool, points: int, code: str, data: Mapping[str, str | int]
) -> list[tuple[int, Reason]]:
    return [(points, Reason(code=code, data=data))] if holds else []


def _numbers(invoices: Iterable[Open]) -> dict[str, str]:
    return {"invoices": ", ".join(str(n) for n in sorted(r.number for r in invoices))}


def _sum(invoices: Iterable[Open]) -> int:
    return sum(row.open_cents for row in invoices)


def _doubted(proposal: Proposal) -> Proposal:
    """The same, which somebody has to choose."""
    return Proposal(
        buyer_id=proposal.buyer_id,
        pays=proposal.pays,
        score=proposal.score,
        reasons=proposal.reasons,
        is_exact=False,
        is_certain=False,
    )
