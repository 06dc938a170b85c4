"""The sealed ledger as lines of JSON, for an outsider who proves it alone."""

import json
from collections.abc import Iterator
from datetime import UTC

from hub.ledger.models import Account, DayProof, Posting
from hub.ledger.records import content_of, moves_in, whole
from hub.ledger.verify import FORMAT


def lines() -> Iterator[str]:
    """A head, every sealed posting in its order, then the roots of the days.

    Codes and keys are random public ids and nobody's name; memos are as they were
    written. What is not sealed yet is left out.
    """
    floored = Account.objects.filter(floored=True).order_by("code")
    yield _line(
        {"format": FORMAT, "floored": list(floored.values_list("code", flat=True))}
    )
    sealed = Posting.objects.filter(seal__isnull=False).select_related("seal")
    for posting in whole(sealed.order_by("seal__sequence")):
        yield _line(_facts(posting))
    for proof in DayProof.objects.order_by("ended_on"):
        yield _line(
            {
                "day": proof.ended_on.isoformat(),
                "sequence": proof.sequence,
                "root": proof.chain_sha256,
            }
        )


def _facts(posting: Posting) -> dict[str, object]:
    content = content_of(posting)
    expires_at = posting.expires_at and posting.expires_at.astimezone(UTC).isoformat()
    return {
        "sequence": posting.seal.sequence,
        "verb": posting.verb,
        "key": posting.key,
        "kind": posting.kind,
        "effective_on": posting.effective_on.isoformat(),
        "meant_on": content.effective_on.isoformat(),
        "memo": posting.memo,
        "about_key": content.about_key,
        "amount_cents": posting.amount_cents,
        "expires_at": expires_at,
        "moves": [[m.account.code, m.amount_cents] for m in moves_in(posting)],
        "recorded_at": posting.recorded_at.astimezone(UTC).isoformat(),
        "content_sha256": posting.content_sha256,
        "chain_sha256": posting.seal.chain_sha256,
    }


def _line(facts: dict[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")) + "\n"
