"""Records: contents, reversals, keys and the chain of seals, read one by one."""

from hub.ledger.audit.report import Finding
from hub.ledger.core.accounts import opposite
from hub.ledger.core.content import Verb
from hub.ledger.core.seals import FIRST_LINK
from hub.ledger.models import Posting, Refusal, Seal
from hub.ledger.periods import closed_periods, sum_up
from hub.ledger.records import all_records, moves_in, sealed_records, whole


def changed_contents() -> list[Finding]:
    """Find postings that no longer are what was asked under their key."""
    return [
        Finding(record.key, "its content does not match its fingerprint")
        for record in all_records()
        if record.sha256() != record.content_sha256
    ]


def wrong_reversals() -> list[Finding]:
    """Find reversals without original, and those that are not its opposite."""
    reversals = Posting.objects.filter(verb=Verb.REVERSE).order_by("pk")
    findings = []
    originals = _originals()
    for reversal in whole(reversals):
        original = originals.get(reversal.pk)
        if original is None:
            findings.append(Finding(reversal.key, "reverses nothing"))
        elif original.verb not in (Verb.POST, Verb.CAPTURE):
            findings.append(Finding(reversal.key, f"reverses a {original.verb}"))
        elif moves_in(reversal) != opposite(moves_in(original)):
            findings.append(
                Finding(reversal.key, f"is not the opposite of {original.key}")
            )
    marked = Posting.objects.filter(reversal_of__isnull=False).exclude(
        verb=Verb.REVERSE
    )
    return findings + [
        Finding(posting.key, f"is a {posting.verb} marked as a reversal")
        for posting in marked
    ]


def _originals() -> dict[int, Posting]:
    reversed_ones = Posting.objects.filter(reversed_by__isnull=False)
    return {
        original.reversed_by.posting_id: original
        for original in whole(reversed_ones.select_related("reversed_by"))
    }


def keys_with_two_outcomes() -> list[Finding]:
    """Find keys that were refused and have an effect all the same."""
    refused = Refusal.objects.filter(key__in=Posting.objects.values("key"))
    return [
        Finding(key, "was refused, and has an effect")
        for key in refused.order_by("key").values_list("key", flat=True)
    ]


def broken_seals() -> list[Finding]:
    """Find the first place where the chain of seals does not hold.

    Every later link repeats the broken one, so only the first break says something.
    """
    previous_sha256 = FIRST_LINK
    sequence = 0
    for record in sealed_records():
        sequence += 1
        if record.sequence != sequence:
            return [Finding(f"seal {sequence}", "is missing from the chain")]
        chain_sha256 = record.link(sequence=sequence, previous_sha256=previous_sha256)
        if record.chain_sha256 != chain_sha256:
            return [Finding(record.key, f"seal {sequence} does not match")]
        previous_sha256 = chain_sha256
    if Seal.objects.count() != sequence:
        return [Finding(f"seal {sequence + 1}", "seals a posting that is gone")]
    return []


def changed_periods() -> list[Finding]:
    """Find closed periods that hold something else than when they were closed."""
    findings, after = [], None
    for period in reversed(closed_periods()):
        found = sum_up(after=after, until=period.ends_on)
        if found != (period.num_postings, period.postings_sha256):
            findings.append(
                Finding(
                    period.ends_on.isoformat(),
                    f"holds {found[0]} postings, not the {period.num_postings}"
                    " it was closed with",
                )
            )
        after = period.ends_on
    return findings
