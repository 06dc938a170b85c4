"""Papers of trucks and drivers: which are asked for, and when one counts no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

INSURANCE, REGISTRATION, LICENCE = "insurance", "registration", "licence"
OF_VEHICLES = (INSURANCE, REGISTRATION)
OF_DRIVERS = (LICENCE,)
MISSING, EXPIRED, ENDING, NO_DRIVER = "missing", "expired", "ending", "no_driver"
LARGEST_SCAN = 5 * 1024 * 1024
SIGNATURES = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
"""How a file of each kind begins; its name and what a browser says are not believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFault:
    """A paper that is missing or ends; `holder` is the truck or the person.

    `code` is missing, expired, ending (soon) or no_driver, which names the truck that
    nobody drives yet. `expires_on` is None for a paper that is not there.
    """

    code: str
    paper: str
    holder: str
    expires_on: date | None = None


def faults_of(
    holder: str,
    asked: tuple[str, ...],
    ends: Mapping[str, date],
    on: date,
    *,
    warn_until: date | None = None,
) -> list[PaperFault]:
    """What is wrong with the papers of one truck or person on a day.

    A paper holds until the end of its last day. With `warn_until`, those that end on
    that day or before are named as well.
    """
    found = []
    for paper in asked:
        expires_on = ends.get(paper)
        if expires_on is None:
            code = MISSING
        elif expires_on < on:
            code = EXPIRED
        elif warn_until is not None and expires_on <= warn_until:
            code = ENDING
        else:
            continue
        found.append(
            PaperFault(code=code, paper=paper, holder=holder, expires_on=expires_on)
        )
    return found


def by_urgency(faults: Iterable[PaperFault]) -> list[PaperFault]:
    """What is over first, the longest first; then what is missing, then what ends."""
    order = {EXPIRED: 0, MISSING: 1, NO_DRIVER: 2, ENDING: 3}
    return sorted(
        faults,
        key=lambda fault: (order[fault.code], fault.expires_on or date.min),
    )


def scan_kind(head: bytes) -> str:
    """What a file is by its first bytes: pdf, png or jpg; empty for anything else."""
    for kind, signature in SIGNATURES.items():
        if head.startswith(signature):
            return kind
    return ""
