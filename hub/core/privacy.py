"""What a personal field must say about itself (Quebec Law 25)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Personal:
    """Why a personal field is kept and until when, in words a person can read.

    `retention_days` counts from the last use of the row; None keeps the field as long
    as the row stands for a contract in force.
    """

    purpose: str
    retention_days: int | None
