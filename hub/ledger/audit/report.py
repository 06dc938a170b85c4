"""What an audit found."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: about which key or account, and what."""

    subject: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of each check, and the size of what was checked.

    `seal_sequence` and `seal_sha256` are the head of the chain: written down outside
    of the database, they also show that no later posting was taken away.
    """

    checks: dict[str, list[Finding]]
    num_accounts: int
    num_postings: int
    num_entries: int
    num_refusals: int
    ledger_sum_cents: int
    num_sealed: int
    seal_sequence: int
    seal_sha256: str

    @property
    def is_clean(self) -> bool:
        """Whether no check found anything."""
        return not any(self.checks.values())

    def as_json(self) -> dict[str, object]:
        """The report in plain values, `ok` first."""
        return {"ok": self.is_clean, **asdict(self)}
