"""The proof of each day: the books audited, sealed, and the head of the chain noted."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.ledger.audit import Report, audit
from hub.ledger.models import DayProof
from hub.ledger.sealing import seal


@dataclass(frozen=True, slots=True)
class Proof:
    """One day's proof; `sha256` is the root, to be written down elsewhere."""

    day: date
    sequence: int
    sha256: str
    faults: tuple[str, ...]
    num_postings: int
    proved_at: datetime

    @property
    def is_clean(self) -> bool:
        """Whether every check of the audit held."""
        return not self.faults


def prove_day(day: date) -> tuple[Proof, Report | None]:
    """Seal all that was posted, audit it, note the root; a day is proved once.

    The report is given by the call that wrote it, None by those that came later.
    """
    known = proof_of(day)
    if known is not None:
        return known, None
    while seal():
        pass
    report = audit()
    row, is_ours = DayProof.objects.get_or_create(
        ended_on=day,
        defaults={
            "sequence": report.seal_sequence,
            "chain_sha256": report.seal_sha256,
            "is_clean": report.is_clean,
            "report": report.as_json(),
        },
    )
    row.refresh_from_db()
    return _proof(row), report if is_ours else None


def proof_of(day: date) -> Proof | None:
    """The proof of a day, if it has one."""
    row = DayProof.objects.filter(ended_on=day).first()
    return _proof(row) if row else None


def latest_proof() -> Proof | None:
    """The proof of the last night; None before the first one."""
    return next(iter(latest_proofs(1)), None)


def latest_proofs(limit: int) -> list[Proof]:
    """The proofs of the last days, the latest first."""
    return [_proof(row) for row in DayProof.objects.order_by("-ended_on")[:limit]]


def _proof(row: DayProof) -> Proof:
    wrong = sorted(name for name, found in row.report["checks"].items() if found)
    return Proof(
        day=row.ended_on,
        sequence=row.sequence,
        sha256=row.chain_sha256,
        faults=tuple(wrong),
        num_postings=row.report["num_postings"],
        proved_at=row.proved_at,
    )
